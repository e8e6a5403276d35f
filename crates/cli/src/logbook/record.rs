//! The record of one run, step by step.

use std::sync::atomic::{AtomicBool, Ordering};

use backup_core::Event;
use journal::{Ending, Journal, JournalError, JournalErrorKind, RunId, RunLock, Told};
use notify::{Delivery, Notice};

use super::{Logbook, describe};
use crate::{answer::Answer, words};

/// The record of one run. It is this process's as long as it lives.
#[derive(Debug)]
pub(crate) struct Record {
    logbook: Logbook,
    run: RunId,
    /// Without it the run is not in the journal, and no step is kept.
    lock: Option<RunLock>,
    has_warned: AtomicBool,
}

impl Record {
    pub(super) fn new(logbook: Logbook, run: RunId, lock: Option<RunLock>) -> Self {
        Self { logbook, run, lock, has_warned: AtomicBool::new(false) }
    }

    /// The id of the run, which is also the id of its notice.
    pub(crate) fn id(&self) -> &str {
        self.run.as_str()
    }

    /// Keeps what matters of an event.
    pub(crate) fn note(&self, event: &Event) {
        match event {
            Event::Starting { previous } => {
                let previous = previous.as_ref().map(|task| task.as_str());
                self.keep(|journal, run| journal.about_to_start(run, previous));
            }
            Event::Bound { task, joined } => self.keep(|journal, run| journal.bound(run, task.as_str(), *joined)),
            Event::Progress { percent, .. } => self.keep(|journal, run| journal.alive(run, *percent)),
            Event::SlotTaken { .. } => self.keep(|journal, run| journal.alive(run, 0)),
            Event::PerhapsStarted
            | Event::StartInDoubt(_)
            | Event::LookFailed { .. }
            | Event::Missing(_)
            | Event::Confirming(_) => {}
        }
    }

    /// Keeps the verdict, with the answer that goes with it.
    pub(crate) fn ended(&self, outcome: backup_core::Outcome, answer: &Answer) {
        let ending = Ending {
            outcome: words::outcome(outcome).to_owned(),
            exit_code: answer.exit.number(),
            report: answer.document.as_ref().map(ToString::to_string).unwrap_or_default(),
        };
        self.keep(|journal, run| journal.ended(run, &ending));
    }

    /// Keeps who is to be told what, before it is tried.
    pub(crate) fn owe(&self, notice: &Notice, channels: &[String]) {
        if let Ok(notice) = serde_json::to_string(notice) {
            self.keep(|journal, run| journal.owe(run, &notice, channels));
        }
    }

    /// Keeps how one channel fared.
    pub(crate) fn told(&self, delivery: &Delivery) {
        let told = Told {
            delivered: delivery.result.is_ok(),
            attempts: delivery.attempts,
            error: delivery.result.as_ref().err().map(words::why_not_told),
        };
        self.keep(|journal, run| journal.told(run, &delivery.name, &told));
    }

    /// Nothing is left to do.
    pub(crate) fn close(&self) {
        self.keep(Journal::closed);
    }

    /// Takes one step. That a step was taken already, by the process that this one continues, is no failure.
    fn keep(&self, step: impl FnOnce(&Journal, &RunId) -> Result<(), JournalError>) {
        let (Some(journal), Some(_)) = (&self.logbook.journal, &self.lock) else { return };
        match step(journal, &self.run) {
            Err(error) if error.kind() != JournalErrorKind::OutOfOrder => self.warn_once(&error),
            Ok(()) | Err(_) => {}
        }
    }

    fn warn_once(&self, error: &JournalError) {
        if !self.has_warned.swap(true, Ordering::Relaxed) {
            self.logbook.warn(&describe(error));
        }
    }
}
