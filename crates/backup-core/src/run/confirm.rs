//! Asking the history: for the copy of a job that is over, and for a job that has left the slot.

use std::time::Duration;

use docspace_api::{BackupRecord, StorageType};

use super::{Phase, Run, Step, Turn};
use crate::{
    Event, Failure, Order, Outcome, Reason, Warning,
    verdict::{Judgement, Testimony, judge},
};

/// Between looks for a job that may come back, as a cancelled one does within 10 s (contract §4).
const WHILE_MISSING: Duration = Duration::from_secs(3);

/// A job that is not in the slot.
#[derive(Debug, Clone)]
pub(super) struct Absence {
    since: Duration,
    /// Whether it was ever seen; a job that never was is not expected back.
    was_seen: bool,
    /// Whether the time to come back is over, so that the next word of the history is the last.
    is_last_word: bool,
}

impl Absence {
    pub(super) fn since(now: Duration) -> Self {
        Self { since: now, was_seen: true, is_last_word: false }
    }

    pub(super) fn never_seen(now: Duration) -> Self {
        Self { since: now, was_seen: false, is_last_word: true }
    }
}

impl Run {
    /// Turns to the history, which may list the copy already.
    pub(super) fn miss(&mut self, absence: Absence) -> Turn {
        self.phase = Phase::Missing(absence);
        let event = self.job.as_ref().map(|job| Event::Missing(job.task.clone()));
        Turn { event, step: Step::ReadHistory }
    }

    pub(super) fn still_missing(&mut self, absence: Absence, now: Duration) -> Turn {
        if now.saturating_sub(absence.since) < self.limits.recheck_after {
            return self.wait(WHILE_MISSING, None, now);
        }
        self.phase = Phase::Missing(Absence { is_last_word: true, ..absence });
        Step::ReadHistory.into()
    }

    pub(super) fn history_read(&mut self, history: Result<Vec<BackupRecord>, Failure>, now: Duration) -> Turn {
        let testimony = history.map(|records| self.find_ours(records));
        match self.phase.clone() {
            Phase::Confirming(claim) => {
                let judgement = judge(claim, &testimony);
                self.conclude(judgement, testimony.ok().flatten())
            }
            Phase::Missing(absence) => self.judge_missing(absence, testimony, now),
            Phase::Probing | Phase::Queued(_) | Phase::Starting | Phase::Doubting(_) | Phase::Watching => {
                self.look(now)
            }
        }
    }

    fn find_ours(&self, records: Vec<BackupRecord>) -> Option<BackupRecord> {
        let ours = &self.job.as_ref()?.task;
        records.into_iter().find(|record| record.id == *ours)
    }

    fn judge_missing(&mut self, absence: Absence, testimony: Testimony, now: Duration) -> Turn {
        match testimony {
            Ok(Some(record)) => {
                let warnings = if absence.was_seen { vec![Warning::EndNotSeen] } else { Vec::new() };
                self.conclude(Judgement::saved(warnings), Some(record))
            }
            Ok(None) | Err(_) if !absence.is_last_word => self.wait(WHILE_MISSING, None, now),
            Ok(None) if !absence.was_seen => {
                let task = self.job.take().map(|job| job.task);
                self.finish(Judgement::because(Outcome::NotStarted, Reason::NoSuchTask(task)), None)
            }
            unknown => {
                let reason = Reason::Vanished { history: unknown.err() };
                self.finish(Judgement::because(Outcome::Lost, reason), None)
            }
        }
    }

    /// Ends with a judgement over the copy, and says where the copy lies if that is a surprise.
    fn conclude(&mut self, judgement: Judgement, record: Option<BackupRecord>) -> Turn {
        let is_saved = matches!(judgement.outcome, Outcome::Completed | Outcome::CompletedWithWarnings);
        let judgement = match &record {
            Some(record) if is_saved => {
                Judgement::saved(judgement.warnings.into_iter().chain(self.surprises(record)).collect())
            }
            _ => judgement,
        };
        self.finish(judgement, record)
    }

    fn surprises(&self, record: &BackupRecord) -> impl Iterator<Item = Warning> + use<> {
        let is_temporary = record.storage == StorageType::DataStore;
        self.went_elsewhere(record).into_iter().chain(is_temporary.then_some(Warning::Temporary))
    }

    fn went_elsewhere(&self, record: &BackupRecord) -> Option<Warning> {
        let Order::Start { backup, .. } = &self.order else {
            return None;
        };
        let (ordered, actual) = (backup.target.storage(), record.storage);
        let is_ours = self.job.as_ref().is_some_and(|job| !job.is_joined());
        (is_ours && ordered != actual).then_some(Warning::OtherStorage { ordered, actual })
    }
}
