//! How a run ended, why, and what else somebody should know.

use docspace_api::{BackupRecord, Progress, StorageType, TaskId};

use crate::Failure;

/// Every ending of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The backup is there: the history lists it.
    Completed,
    /// The backup is there, but it is incomplete, or nothing but the progress speaks for it.
    CompletedWithWarnings,
    /// The portal gave the backup up.
    Failed,
    /// Somebody cancelled it.
    Cancelled,
    /// The waiting ended before the job did, or the job was started and not to be waited for.
    StillRunning,
    /// Nobody knows: the job is gone, and the history does not list it.
    Lost,
    /// Another job holds the portal; nothing was started.
    Busy,
    /// Nothing was started.
    NotStarted,
}

/// Why a run did not simply end well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A portal call failed for good.
    Portal(Failure),
    /// The portal's words for its failure, in the portal's language.
    BackupFailed(String),
    /// Cancelled at the portal.
    Cancelled,
    /// This job holds the slot.
    Busy(TaskId),
    /// Nothing moved for [`stall_timeout`](crate::Limits::stall_timeout).
    Stalled {
        /// Where it stopped, 0 to 100.
        percent: u8,
    },
    /// [`timeout`](crate::Limits::timeout) ended the waiting.
    TimedOut,
    /// The caller asked to stop.
    Interrupted,
    /// The job left the slot and is not in the history.
    Vanished {
        /// Why the history could not be read, if that is so.
        history: Option<Failure>,
    },
    /// The start got no proper answer, and the portal shows no new job.
    StartRefusedInDoubt(Failure),
    /// The start got no proper answer, and the portal could not be asked since.
    StartUnknown(Failure),
    /// Neither slot nor history knows the job that was to be waited for; `None` where the slot is empty.
    NoSuchTask(Option<TaskId>),
}

/// What somebody should know besides the outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// The portal could not read some files; they are listed in the archive.
    #[error("the portal left files out: {0}")]
    Incomplete(String),
    /// The job ended with an error after its copy was saved (contract §3.1).
    #[error("the copy exists, but the portal reported an error after saving it: {0}")]
    ErrorAfterSaving(String),
    /// The job was cancelled after its copy was saved.
    #[error("the backup was cancelled, but too late: the copy exists")]
    CancelledTooLate,
    /// Progress says completed, and the history does not list the copy.
    #[error("the portal says completed, but its history does not list this backup: the copy may be missing")]
    NotInHistory,
    /// The history could not be read.
    #[error("the result could not be confirmed, because the history could not be read: {}", .0.message)]
    HistoryUnreadable(Failure),
    /// The end itself was not seen, and so neither was a warning that the portal may have given.
    #[error("the portal dropped the job before its end was seen; the history lists the copy")]
    EndNotSeen,
    /// The start was never confirmed, and the job was recognised by being new.
    #[error("the start got no proper answer ({}); the job that then appeared is taken for ours", .0.message)]
    StartNotConfirmed(Failure),
    /// The copy lies elsewhere than asked.
    #[error("the copy went to {actual:?}, not to {ordered:?}: perhaps another backup was running already")]
    OtherStorage {
        /// What was asked for.
        ordered: StorageType,
        /// What the history says.
        actual: StorageType,
    },
    /// The copy is temporary.
    #[error("the copy is temporary: the portal deletes it 24 hours after it was made")]
    Temporary,
}

impl Warning {
    /// Whether the copy is less than was asked for, so that the outcome is
    /// [`CompletedWithWarnings`](Outcome::CompletedWithWarnings).
    pub fn casts_doubt(&self) -> bool {
        match self {
            Self::Incomplete(_) | Self::NotInHistory | Self::HistoryUnreadable(_) => true,
            Self::ErrorAfterSaving(_) | Self::OtherStorage { .. } => true,
            Self::CancelledTooLate | Self::EndNotSeen | Self::StartNotConfirmed(_) | Self::Temporary => false,
        }
    }
}

/// The whole result of the workflow, without clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How it ended.
    pub outcome: Outcome,
    /// Why it did not end well.
    pub reason: Option<Reason>,
    /// What else to know.
    pub warnings: Vec<Warning>,
    /// The job, as far as it is known.
    pub task: Option<TaskId>,
    /// The last look at it.
    pub progress: Option<Progress>,
    /// Its record in the history.
    pub record: Option<BackupRecord>,
    /// Whether it ran before we came.
    pub joined: bool,
    /// Whether it had ended before we came, so that our clock says nothing of it.
    pub had_ended: bool,
}
