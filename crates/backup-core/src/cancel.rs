//! Cancelling the backup that runs: once, the right one, and seen through until it is gone.

mod step;
#[cfg(test)]
mod tests;

use std::{ops::ControlFlow, time::Duration};

use docspace_api::{BackupRecord, Portal, Progress, Scope, TaskId};
use tokio_util::sync::CancellationToken;

use crate::{
    EventSender, Failure, Report,
    calls::{Calls, Cut, finish},
    clock::Clock,
};

pub use step::{CancelSeen, CancelStep, Cancellation};

/// Which backup to cancel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOrder {
    /// Which of the two slots.
    pub scope: Scope,
    /// The job; `None` is whichever runs. If another one runs, nothing is sent.
    pub task: Option<TaskId>,
}

impl From<Scope> for CancelOrder {
    /// Whichever backup runs.
    fn from(scope: Scope) -> Self {
        Self { scope, task: None }
    }
}

/// How long to look after a job that was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelLimits {
    /// How long a job may run on after the cancel before it is told as [`StillRunning`](CancelOutcome::StillRunning).
    /// Default 60 s.
    pub grace: Duration,
    /// How long a job must be out of the slot before it is believed to be gone. Default 15 s: longer than the 10 s within
    /// which one that was cancelled may show up again (contract §4).
    pub settle: Duration,
}

impl Default for CancelLimits {
    fn default() -> Self {
        Self { grace: Duration::from_secs(60), settle: Duration::from_secs(15) }
    }
}

/// What became of the job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CancelOutcome {
    /// No backup runs. Nothing was sent: a cancel would have wiped the result of the last one, and the link to its copy.
    NothingToCancel,
    /// Another job runs than the one that was meant, or a restore, or a second one in the other slot, which a cancel would hit
    /// too. Nothing was sent.
    OtherJob(TaskId),
    /// The portal could not be asked, or refused the cancel. Nothing was cancelled.
    Refused(Failure),
    /// The caller asked to stop before the cancel was sent. Nothing was cancelled.
    Stopped,
    /// The job is gone, and the history lists no copy of it.
    Cancelled,
    /// The cancel came too late: the copy exists, or at least the portal says that the job has completed.
    CompletedAnyway,
    /// The cancel came too late: the job had failed already. In the portal's words.
    FailedAnyway(String),
    /// The cancel was sent, and the job runs on. The portal loses cancels of jobs that no worker has begun (contract §4).
    StillRunning,
    /// The cancel was sent, and what became of the job could not be found out; `None` where the caller asked to stop.
    Unknown(Option<Failure>),
}

/// The whole result, without clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelVerdict {
    /// What became of the job.
    pub outcome: CancelOutcome,
    /// The job that was to be cancelled, if one ran.
    pub task: Option<TaskId>,
    /// The last look at it.
    pub progress: Option<Progress>,
    /// Its copy, if the history lists one.
    pub record: Option<BackupRecord>,
    /// Whether the portal itself showed the job as cancelled. Most often it merely leaves the slot; a job that no worker had
    /// begun may then still run, unseen, and turn up in the history.
    pub is_confirmed: bool,
    /// Why it is not known whether the portal took the cancel; the looks afterwards decided.
    pub doubt: Option<Failure>,
    /// Why the history could not be read.
    pub history: Option<Failure>,
}

/// The account of a cancel.
pub type CancelReport = Report<CancelVerdict>;

/// Cancels the running backup, and looks until it is gone.
///
/// The cancel is sent at most once, since a second one would hit whatever runs by then. It is let finish once it is sent;
/// cancelling `stop` ends the looking afterwards.
pub async fn cancel(
    portal: &Portal,
    order: impl Into<CancelOrder>,
    limits: CancelLimits,
    events: EventSender,
    stop: CancellationToken,
) -> CancelReport {
    let order = order.into();
    let scope = order.scope;
    let clock = Clock::start();
    let calls = Calls::new(portal, stop);
    let mut cancellation = Cancellation::new(order, limits);
    let mut seen = CancelSeen::Nothing;
    loop {
        let turn = cancellation.step(seen, clock.elapsed());
        if let Some(event) = turn.event {
            events.send(event);
        }
        seen = match perform(&calls, turn.step, scope, limits.grace).await {
            ControlFlow::Continue(seen) => seen,
            ControlFlow::Break(verdict) => {
                return Report::new(verdict, scope, &clock, Duration::ZERO, cancellation.looks());
            }
        };
    }
}

async fn perform(
    calls: &Calls<'_>,
    step: CancelStep,
    scope: Scope,
    grace: Duration,
) -> ControlFlow<CancelVerdict, CancelSeen> {
    let seen = match step {
        CancelStep::Probe(scope) => {
            calls.ask(calls.patient.backup_progress(scope)).await.map_or_else(CancelSeen::from, CancelSeen::Slot)
        }
        CancelStep::Look => {
            let look = calls.quick.backup_progress(scope);
            calls.ask_within(grace, look).await.map_or_else(CancelSeen::from, CancelSeen::Slot)
        }
        CancelStep::Cancel => CancelSeen::Answered(finish(calls.patient.cancel_backup()).await),
        CancelStep::ReadHistory => {
            calls.ask(calls.patient.backup_history(scope)).await.map_or_else(CancelSeen::from, CancelSeen::History)
        }
        CancelStep::Wait(time) => calls.wait(time).await.map_or_else(CancelSeen::from, |()| CancelSeen::Nothing),
        CancelStep::Finish(verdict) => return ControlFlow::Break(*verdict),
    };
    ControlFlow::Continue(seen)
}

impl From<Cut> for CancelSeen {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::TimeUp => Self::TimeUp,
            Cut::StopAsked => Self::StopAsked,
        }
    }
}
