//! Events as a bar, for somebody who watches.

use std::time::Duration;

use backup_core::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{View, lines};
use crate::console::Console;

pub(super) struct Bar {
    bar: ProgressBar,
    console: Console,
}

impl Bar {
    pub(super) fn new(console: &Console) -> Self {
        let bar = ProgressBar::with_draw_target(Some(100), ProgressDrawTarget::stderr()).with_style(style());
        Self { bar, console: console.clone() }
    }

    fn say(&self, text: &str) {
        self.bar.suspend(|| self.console.talk(text));
    }
}

impl View for Bar {
    fn show(&mut self, event: &Event) {
        match event {
            Event::Progress { percent, .. } => {
                self.bar.set_message("backing up");
                self.bar.set_position((*percent).into());
            }
            Event::SlotTaken { percent, .. } => {
                self.bar.set_message("waiting for another job");
                self.bar.set_position((*percent).into());
            }
            Event::LookFailed { failure, next_in } => self.bar.set_message(lines::look_failed(failure, *next_in)),
            Event::Bound { .. } => {
                self.bar.reset();
                self.bar.enable_steady_tick(Duration::from_millis(120));
                self.say(&lines::sentence(event));
            }
            Event::Starting | Event::StartInDoubt(_) | Event::Missing(_) => self.say(&lines::sentence(event)),
            Event::Confirming(_) => self.bar.set_message("asking the history"),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template(
        "{spinner} [{bar:30}] {percent:>3} %  {elapsed_precise} elapsed, {eta_precise} left  {wide_msg}",
    )
    .unwrap_or_else(|_| ProgressStyle::default_bar())
    .progress_chars("=> ")
}
