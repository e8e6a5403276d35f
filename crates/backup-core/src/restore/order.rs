//! What is asked of a restore, and how it ended.

use docspace_api::{BackupRecord, Progress, RestoreSource, Scope, StartRestore, TaskId, TenantStatus};

use crate::{Outcome, Reason, Report, Warning};

/// The job of one restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreOrder {
    /// Start it, once, and follow it. A [`RestorePlan`](crate::RestorePlan) makes a sound order.
    Start(StartRestore),
    /// Start nothing; follow a restore that runs, or tell how one ended.
    Attach {
        /// The job; `None` is whichever is in the slot, running or finished.
        task: Option<TaskId>,
        /// Which of the two slots.
        scope: Scope,
    },
}

impl RestoreOrder {
    /// Which of the portal's two slots the order is about.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Start(order) => order.scope,
            Self::Attach { scope, .. } => *scope,
        }
    }

    /// The record that is to be put back, where it is one.
    pub(super) fn record(&self) -> Option<&TaskId> {
        match self {
            Self::Start(StartRestore { source: RestoreSource::Backup { id, .. }, .. }) => Some(id),
            Self::Start(_) | Self::Attach { .. } => None,
        }
    }
}

/// What has become of the key that started the restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyFate {
    /// The portal still takes it.
    Alive,
    /// The portal does not know it any more, as is to be expected: make a new one.
    Dead,
    /// It was not asked, or gave no plain answer.
    #[default]
    Unknown,
}

/// The whole result of a restore, without clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreVerdict {
    /// How it ended, in the words of a run.
    pub outcome: Outcome,
    /// Why it did not end well.
    pub reason: Option<Reason>,
    /// What else to know.
    pub warnings: Vec<Warning>,
    /// The job, as far as it is known.
    pub task: Option<TaskId>,
    /// The last look at it.
    pub progress: Option<Progress>,
    /// The record that was put back, as the history listed it before; its id is stale after the restore.
    pub record: Option<BackupRecord>,
    /// Whether it ran before we came.
    pub joined: bool,
    /// What has become of the key, asked after the end.
    pub key: KeyFate,
    /// What the portal says of itself after the end, if the key may still ask. [`TenantStatus::Restoring`] after the end of a
    /// restore is a portal that nobody can use until its operator sets it right.
    pub status: Option<TenantStatus>,
}

/// The account of a restore.
pub type RestoreReport = Report<RestoreVerdict>;
