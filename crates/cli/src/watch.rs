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
pub(crate) fn watch(mut events: UnboundedReceiver<Event>, console: Console) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut views = views(&console);
        while let Some(event) = events.recv().await {
            for view in &mut views {
                view.show(&event);
            }
        }
    })
}

/// One way of showing events.
trait View: Send {
    fn show(&mut self, event: &Event);
}

fn views(console: &Console) -> Vec<Box<dyn View>> {
    let talk: Box<dyn View> = match console.progress {
        Progress::Bar => Box::new(bar::Bar::new(console)),
        Progress::Lines | Progress::Hidden => Box::new(lines::Lines::new(console)),
    };
    match console.format {
        OutputFormat::Jsonl => vec![talk, Box::new(jsonl::JsonLines::new(console))],
        OutputFormat::Human | OutputFormat::Json | OutputFormat::Markdown => vec![talk],
    }
}
