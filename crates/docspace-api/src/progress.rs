//! The portal's one slot for a running job, as `getbackupprogress` shows it.

use std::{fmt, str::FromStr};

use url::Url;

/// The id of a job, which is also the id of its record in the history (contract §2.3).
///
/// A GUID in lower case with hyphens, as the portal writes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct TaskId(String);

impl TaskId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for TaskId {
    type Err = TaskIdError;

    /// Takes a GUID in any case, with hyphens, and with or without white space around it.
    fn from_str(text: &str) -> Result<Self, TaskIdError> {
        let id = text.trim().to_ascii_lowercase();
        if is_guid(&id) { Ok(Self(id)) } else { Err(TaskIdError) }
    }
}

/// The text is not a GUID of the form `7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a backup id: 32 hexadecimal digits in groups of 8-4-4-4-12 are expected")]
pub struct TaskIdError;

fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// One look at the slot.
///
/// The portal keeps one slot per tenant (and one for dumps): compare [`Progress::task`] with yours before you believe anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Whose progress this is.
    pub task: TaskId,
    /// What kind of job it is.
    pub kind: JobKind,
    /// How far it is, 0 to 100. It counts entries, not bytes, and rests at 90 while the copy is uploaded.
    pub percent: u8,
    /// Where the job stands.
    pub state: JobState,
    /// Where a temporary copy can be fetched, made absolute with the portal's address; it needs the key and dies after 24 h.
    pub link: Option<Url>,
}

/// The kind of a job; `BackupProgressEnum` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// 0.
    Backup,
    /// 1.
    Restore,
    /// 2.
    Transfer,
    /// A number that this version does not know, or a text (then `-1`).
    Other(i64),
}

/// Where a job stands, worked out from `isCompleted`, `error`, `warning` and `status` (contract §3.1).
///
/// `status` alone is never believed: a failed job ends as 2 ("completed"), a fresh success shows 1, and older portals send none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// Accepted, and no worker has taken it yet.
    Created,
    /// Taken by a worker, which may still be busy with another job.
    Running,
    /// Over, and no error is told.
    Completed {
        /// Some files could not be read: the copy is incomplete.
        warning: Option<String>,
    },
    /// Over with an error, or dead before its own error handling. The copy may exist all the same: the history knows.
    Failed {
        /// The portal's words, in the portal's language, on one line of at most 500 characters; empty where it gives none.
        reason: String,
    },
    /// Over because somebody cancelled it.
    Cancelled,
}

/// What a cancel found, see [`Portal::cancel_backup`](crate::Portal::cancel_backup).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelReply {
    /// The slot was emptied. Perhaps a job ran, perhaps only the result of an earlier one was forgotten.
    Emptied,
    /// There was nothing in the slot.
    WasEmpty,
}

impl JobState {
    /// Whether the job has ended, well or badly.
    pub fn is_over(&self) -> bool {
        match self {
            Self::Created | Self::Running => false,
            Self::Completed { .. } | Self::Failed { .. } | Self::Cancelled => true,
        }
    }
}
