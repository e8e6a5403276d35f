//! Events as lines, for a log: a line per tenth or minute, and one for everything out of the ordinary.

use std::time::Duration;

use backup_core::{Event, Failure};
use docspace_api::JobState;
use notify::one_line;

use super::{View, Work};
use crate::{
    console::{Console, Progress},
    words,
};

const AT_LEAST_EVERY: Duration = Duration::from_secs(60);

pub(super) struct Lines {
    work: Work,
    console: Console,
    tenth: Option<u8>,
    said_at: Duration,
    slot_tenth: Option<u8>,
    failures: u32,
}

impl Lines {
    pub(super) fn new(work: Work, console: &Console) -> Self {
        Self { work, console: console.clone(), tenth: None, said_at: Duration::ZERO, slot_tenth: None, failures: 0 }
    }

    fn progress(&mut self, percent: u8, state: &JobState, elapsed: Duration) {
        if self.console.progress == Progress::Hidden {
            return;
        }
        let is_due = self.tenth != Some(percent / 10) || elapsed.saturating_sub(self.said_at) >= AT_LEAST_EVERY;
        if is_due && !state.is_over() {
            (self.tenth, self.said_at) = (Some(percent / 10), elapsed);
            self.console.talk(&format!("{percent:>3} % after {}", words::duration(elapsed)));
        }
    }

    fn slot_taken(&mut self, task: &docspace_api::TaskId, percent: u8) {
        if self.slot_tenth != Some(percent / 10) {
            self.slot_tenth = Some(percent / 10);
            self.console.talk(&format!("waiting for another job to end: {task}, {percent} %"));
        }
    }

    /// The first of a row of failures, and then every tenth.
    fn look_failed(&mut self, failure: &Failure, next_in: Duration) {
        if self.failures.is_multiple_of(10) {
            self.console.talk(&look_failed(failure, next_in));
        }
        self.failures += 1;
    }
}

impl View for Lines {
    fn show(&mut self, event: &Event) {
        match event {
            Event::Progress { percent, state, elapsed } => {
                self.failures = 0;
                self.progress(*percent, state, *elapsed);
            }
            Event::SlotTaken { task, percent } => self.slot_taken(task, *percent),
            Event::LookFailed { failure, next_in } => self.look_failed(failure, *next_in),
            Event::Starting { .. }
            | Event::PerhapsStarted
            | Event::StartInDoubt(_)
            | Event::Bound { .. }
            | Event::Missing(_)
            | Event::Confirming(_) => self.console.talk(&sentence(self.work, event)),
        }
    }
}

pub(super) fn look_failed(failure: &Failure, next_in: Duration) -> String {
    format!("{}; the next look is in {}", one_line(&failure.message), words::duration(next_in))
}

/// An event that happens once, in words.
pub(super) fn sentence(work: Work, event: &Event) -> String {
    let noun = work.noun();
    match event {
        Event::Starting { .. } => format!("starting the {noun}"),
        Event::PerhapsStarted => format!("an earlier run was cut off at the start: looking whether its {noun} began"),
        Event::StartInDoubt(failure) => {
            format!("{}: looking whether the {noun} began all the same", one_line(&failure.message))
        }
        Event::Bound { task, .. } if work == Work::Cancel => format!("cancelling backup {task}"),
        Event::Bound { task, joined: false } => format!("{noun} {task} started"),
        Event::Bound { task, joined: true } => format!("following {noun} {task}"),
        Event::Missing(task) if work == Work::Cancel => {
            format!("backup {task} has left the portal's slot: looking whether it comes back")
        }
        Event::Missing(task) if work == Work::Restore => format!("restore {task} is not in the portal's slot"),
        Event::Missing(task) => format!("backup {task} is not in the portal's slot: looking for it in the history"),
        Event::Confirming(task) => format!("backup {task} is over: looking for its copy in the history"),
        Event::SlotTaken { task, .. } => format!("waiting for another job to end: {task}"),
        Event::LookFailed { failure, next_in } => look_failed(failure, *next_in),
        Event::Progress { percent, .. } => format!("{percent} %"),
    }
}
