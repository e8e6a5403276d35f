//! The judgement over an ended job, from two witnesses: its progress, and the history.

use docspace_api::{BackupRecord, JobState};

use crate::{Failure, Outcome, Reason, Warning};

/// What the history says of one job: its record, no record, or nothing at all.
pub(crate) type Testimony = Result<Option<BackupRecord>, Failure>;

/// An outcome with its reason and what else to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) outcome: Outcome,
    pub(crate) reason: Option<Reason>,
    pub(crate) warnings: Vec<Warning>,
}

impl Judgement {
    fn new(outcome: Outcome, reason: Option<Reason>, warnings: Vec<Warning>) -> Self {
        Self { outcome, reason, warnings }
    }

    pub(crate) fn because(outcome: Outcome, reason: Reason) -> Self {
        Self::new(outcome, Some(reason), Vec::new())
    }

    /// The job goes on.
    pub(crate) fn unfinished() -> Self {
        Self::new(Outcome::StillRunning, None, Vec::new())
    }

    /// The copy is there; how good it is depends on the warnings.
    pub(crate) fn saved(warnings: Vec<Warning>) -> Self {
        let is_doubtful = warnings.iter().any(Warning::casts_doubt);
        let outcome = if is_doubtful { Outcome::CompletedWithWarnings } else { Outcome::Completed };
        Self::new(outcome, None, warnings)
    }
}

/// Judges a job that its progress calls over (contract §3.1: success can turn into an error, an error does not mean no copy).
pub(crate) fn judge(claim: JobState, history: &Testimony) -> Judgement {
    match claim {
        JobState::Completed { warning } => judge_completed(warning, history),
        JobState::Failed { reason } => judge_failed(reason, history),
        JobState::Cancelled => judge_cancelled(history),
        // Not over: whoever asks is early, and nothing is known.
        JobState::Created | JobState::Running => Judgement::unfinished(),
    }
}

fn judge_completed(warning: Option<String>, history: &Testimony) -> Judgement {
    let unconfirmed = match history {
        Ok(Some(_)) => None,
        Ok(None) => Some(Warning::NotInHistory),
        Err(failure) => Some(Warning::HistoryUnreadable(failure.clone())),
    };
    Judgement::saved(warning.map(Warning::Incomplete).into_iter().chain(unconfirmed).collect())
}

fn judge_failed(reason: String, history: &Testimony) -> Judgement {
    match history {
        Ok(Some(_)) => Judgement::saved(vec![Warning::ErrorAfterSaving(reason)]),
        Ok(None) => Judgement::because(Outcome::Failed, Reason::BackupFailed(reason)),
        Err(failure) => {
            let warnings = vec![Warning::HistoryUnreadable(failure.clone())];
            Judgement::new(Outcome::Failed, Some(Reason::BackupFailed(reason)), warnings)
        }
    }
}

fn judge_cancelled(history: &Testimony) -> Judgement {
    match history {
        Ok(Some(_)) => Judgement::saved(vec![Warning::CancelledTooLate]),
        Ok(None) => Judgement::because(Outcome::Cancelled, Reason::Cancelled),
        Err(failure) => {
            let warnings = vec![Warning::HistoryUnreadable(failure.clone())];
            Judgement::new(Outcome::Cancelled, Some(Reason::Cancelled), warnings)
        }
    }
}
