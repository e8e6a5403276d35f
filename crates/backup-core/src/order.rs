//! What the caller wants: which backup, what to do when the portal is busy, how long to wait.

use std::time::Duration;

use docspace_api::{Scope, StartBackup, TaskId};

/// The job of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Start a backup, once.
    Start {
        /// The backup.
        backup: StartBackup,
        /// What to do when the slot is taken.
        if_running: IfRunning,
        /// How far to follow it.
        until: Until,
        /// What an earlier process that carried out the same order has left behind.
        earlier: Option<Earlier>,
    },
    /// Start nothing; wait for a job that runs, or tell how one ended.
    Attach {
        /// The job; `None` is whichever is in the slot, running or finished.
        task: Option<TaskId>,
        /// Which of the two slots.
        scope: Scope,
    },
}

impl Order {
    /// Which of the portal's two slots the order is about.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Start { backup, .. } => backup.scope,
            Self::Attach { scope, .. } => *scope,
        }
    }
}

/// What is known of an order that an earlier process did not see through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earlier {
    /// The start was about to be sent, and perhaps was. It is sent (again) only when the portal has shown no new job for
    /// [`recheck_after`](Limits::recheck_after) since.
    PerhapsStarted {
        /// The finished job that was in the slot before.
        previous: Option<TaskId>,
        /// How long ago the earlier process was last known to live.
        ago: Duration,
    },
    /// This job was started, or joined. It is followed, and no other one is started, even if it is gone.
    Started(TaskId),
    /// These jobs were ours, and somebody stopped waiting for them. If one of them still runs it is joined, whatever
    /// `if_running` says; otherwise a new one is started.
    StillRunning(Vec<TaskId>),
}

/// What to do when a job that is not ours holds the slot.
///
/// The portal itself never says "busy": it answers a start with the running job, and ignores what was asked (contract §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IfRunning {
    /// Start nothing, and say who is in the way.
    #[default]
    Fail,
    /// Take the running backup for ours, wherever its copy goes. A restore is never joined.
    Join,
    /// Start when it is over.
    Wait,
}

/// How far a started backup is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Until {
    /// Until its job is known by id.
    Started,
    /// Until its end is known.
    #[default]
    Ended,
}

/// How long to wait, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Ends the waiting, not the backup; counted from the beginning of the run. Default 6 h.
    pub timeout: Duration,
    /// How long nothing may move, or no poll succeed, before the waiting ends. Default 30 min.
    /// Resting at 90 % (upload), or at 0 % of a dump (database), is normal and does not count.
    pub stall_timeout: Duration,
    /// How long a doubt is looked into: whether a start that got no proper answer took effect, whether a job that left the
    /// slot comes back. Default 40 s, longer than the 30 s for which the portal's own locks may hold a request up.
    pub recheck_after: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(6 * 60 * 60),
            stall_timeout: Duration::from_secs(30 * 60),
            recheck_after: Duration::from_secs(40),
        }
    }
}
