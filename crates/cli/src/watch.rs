//! What is shown while a run goes on: a bar on a terminal, lines elsewhere, JSON lines where they were asked for.

mod bar;
mod jsonl;
mod lines;

use backup_core::Event;
use tokio::{sync::mpsc::UnboundedReceiver, task::JoinHandle};

use crate::{
    arguments::OutputFormat,
    console::{Console, Progress},
};

/// Shows events until the run ends; the handle is done when the last one is shown.
pub(crate) fn watch(work: Work, mut events: UnboundedReceiver<Event>, console: Console) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut views = views(work, &console);
        while let Some(event) = events.recv().await {
            for view in &mut views {
                view.show(&event);
            }
        }
    })
}

/// What goes on, for the words in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// A backup is made.
    Backup,
    /// A copy is put back.
    Restore,
    /// A backup is ended on purpose.
    Cancel,
}

impl Work {
    fn noun(self) -> &'static str {
        match self {
            Self::Backup | Self::Cancel => "backup",
            Self::Restore => "restore",
        }
    }
}

/// One way of showing events.
trait View: Send {
    fn show(&mut self, event: &Event);
}

fn views(work: Work, console: &Console) -> Vec<Box<dyn View>> {
    let talk: Box<dyn View> = match console.progress {
        Progress::Bar => Box::new(bar::Bar::new(work, console)),
        Progress::Lines | Progress::Hidden => Box::new(lines::Lines::new(work, console)),
    };
    match console.format {
        OutputFormat::Jsonl => vec![talk, Box::new(jsonl::JsonLines::new(console))],
        OutputFormat::Human | OutputFormat::Json | OutputFormat::Markdown => vec![talk],
    }
}
