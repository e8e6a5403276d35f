//! Events as a bar, for somebody who watches.

use std::time::Duration;

use backup_core::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{View, Work, lines};
use crate::console::Console;

const WITH_ESTIMATE: &str =
    "{spinner} {percent:>3} % [{bar:30}] {elapsed_precise} elapsed, about {eta_precise} left  {wide_msg}";
const WITHOUT_ESTIMATE: &str = "{spinner} {percent:>3} % [{bar:30}] {elapsed_precise} elapsed  {wide_msg}";

/// From here on the copy is uploaded, and how long that takes nobody tells.
const UPLOADING: u8 = 90;

pub(super) struct Bar {
    work: Work,
    bar: ProgressBar,
    /// Whether the next position is where we came in: nothing can be estimated from it.
    has_just_begun: bool,
    console: Console,
}

impl Bar {
    pub(super) fn new(work: Work, console: &Console) -> Self {
        let bar = ProgressBar::with_draw_target(Some(100), ProgressDrawTarget::stderr());
        bar.set_style(style(WITHOUT_ESTIMATE));
        Self { work, bar, has_just_begun: true, console: console.clone() }
    }

    fn say(&self, text: &str) {
        self.bar.suspend(|| self.console.talk(text));
    }

    fn progress(&mut self, percent: u8) {
        let (template, message) = match (self.work, percent) {
            (Work::Cancel, _) => (WITHOUT_ESTIMATE, "waiting for the backup to stop"),
            (_, 0) => (WITHOUT_ESTIMATE, "waiting for the portal to begin"),
            (Work::Backup, 1..UPLOADING) => (WITH_ESTIMATE, "backing up"),
            (Work::Backup, UPLOADING..) => (WITHOUT_ESTIMATE, "saving the copy"),
            (Work::Restore, 1..) => (WITH_ESTIMATE, "putting the copy back"),
        };
        self.bar.set_style(style(template));
        self.bar.set_message(message);
        self.bar.set_position(percent.into());
        if std::mem::take(&mut self.has_just_begun) {
            self.bar.reset_eta();
        }
    }

    fn bound(&self, event: &Event) {
        self.say(&lines::sentence(self.work, event));
        self.bar.reset();
        self.bar.enable_steady_tick(Duration::from_millis(120));
    }
}

impl View for Bar {
    fn show(&mut self, event: &Event) {
        match event {
            Event::Progress { percent, .. } => self.progress(*percent),
            Event::SlotTaken { percent, .. } => {
                self.bar.set_message("waiting for another job to end");
                self.bar.set_position((*percent).into());
            }
            Event::LookFailed { failure, next_in } => self.bar.set_message(lines::look_failed(failure, *next_in)),
            Event::Bound { .. } => self.bound(event),
            Event::Starting { .. } | Event::PerhapsStarted | Event::StartInDoubt(_) | Event::Missing(_) => {
                self.say(&lines::sentence(self.work, event))
            }
            Event::Confirming(_) => self.bar.set_message("asking the history"),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ")
}
