//! The record of one run, step by step.

use std::sync::atomic::{AtomicBool, Ordering};

use backup_core::Event;
use journal::{Ending, Journal, JournalError, JournalErrorKind, RunId, RunLock};

use super::{Letters, Logbook, describe};

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

    /// The run, whose id is also the id of its notices.
    pub(crate) fn run(&self) -> &RunId {
        &self.run
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

    /// Keeps the verdict, what is to be told of it and what becomes of the trouble, all of it or nothing; whether it did.
    pub(crate) fn conclude(&self, ending: &Ending, letters: &Letters) -> bool {
        let (Some(journal), Some(_)) = (&self.logbook.journal, &self.lock) else { return false };
        let kept = journal.conclude(&self.run, ending, &letters.messages, letters.incident.as_ref());
        if let Err(error) = &kept {
            tracing::debug!(why = describe(error), "the verdict was not kept at once");
        }
        kept.is_ok()
    }

    /// Keeps the verdict alone.
    pub(crate) fn ended(&self, ending: &Ending) {
        self.keep(|journal, run| journal.ended(run, ending));
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
