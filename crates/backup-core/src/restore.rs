//! Putting a copy back: started once, followed without the key, and told with what it leaves behind.

mod aftermath;
mod bind;
mod order;
mod plan;
mod step;
#[cfg(test)]
mod tests;
mod watch;

use std::{ops::ControlFlow, time::Duration};

use docspace_api::{Portal, Scope};
use tokio_util::sync::CancellationToken;

use crate::{
    EventSender, Limits,
    calls::{Calls, Cut, finish},
    clock::Clock,
};

pub use order::{KeyFate, RestoreOrder, RestoreReport, RestoreVerdict};
pub use plan::{Consequence, RestoreCopy, RestorePlan, RestorePlanError, RestoreWish, plan_restore};
pub use step::{Restoration, RestoreSeen, RestoreStep};

/// Puts a copy back, from the first look to the report.
///
/// It tells the same events as [`drive`](crate::drive). Cancelling `stop` ends the waiting, not the restore, which nothing can
/// stop once it has begun; a start that is under way is let finish.
///
/// The restore is looked at without the key, since it makes an end of it; the restored portal is another tenant. So
/// [`RestoreVerdict::key`] says what has become of the key of `portal`.
pub async fn restore(
    portal: &Portal,
    order: RestoreOrder,
    limits: Limits,
    events: EventSender,
    stop: CancellationToken,
) -> RestoreReport {
    let clock = Clock::start();
    let scope = order.scope();
    let calls = Calls::new(portal, stop);
    let mut restoration = Restoration::new(order, limits);
    let mut seen = RestoreSeen::Nothing;
    loop {
        let turn = restoration.step(seen, clock.elapsed());
        if let Some(event) = turn.event {
            events.send(event);
        }
        let left = limits.timeout.saturating_sub(clock.elapsed());
        seen = match perform(&calls, turn.step, scope, left).await {
            ControlFlow::Continue(seen) => seen,
            ControlFlow::Break(verdict) => {
                let since = restoration.job_since().unwrap_or_default();
                return RestoreReport::new(verdict, scope, &clock, since, restoration.looks());
            }
        };
    }
}

async fn perform(
    calls: &Calls<'_>,
    step: RestoreStep,
    scope: Scope,
    left: Duration,
) -> ControlFlow<RestoreVerdict, RestoreSeen> {
    let portal = calls.patient;
    let seen = match step {
        RestoreStep::Probe => look(calls, portal, scope, left).await,
        RestoreStep::Look => look(calls, &calls.quick, scope, left).await,
        RestoreStep::ReadHistory => {
            calls.ask_within(left, portal.backup_history(scope)).await.map_or_else(Into::into, RestoreSeen::History)
        }
        RestoreStep::ProbeBackups(scope) => {
            calls.ask_within(left, portal.backup_progress(scope)).await.map_or_else(Into::into, RestoreSeen::Backups)
        }
        RestoreStep::Start(order) => RestoreSeen::Started(finish(portal.start_restore(&order)).await),
        RestoreStep::AskKey => {
            calls.ask(portal.key()).await.map_or_else(Into::into, |key| RestoreSeen::Key(key.map(drop)))
        }
        RestoreStep::AskStatus => {
            let status = |tenant: Result<docspace_api::Tenant, _>| RestoreSeen::Status(tenant.map(|it| it.status));
            calls.ask(portal.tenant()).await.map_or_else(Into::into, status)
        }
        RestoreStep::Wait(time) => calls.wait(time).await.map_or_else(Into::into, |()| RestoreSeen::Nothing),
        RestoreStep::Finish(verdict) => return ControlFlow::Break(*verdict),
    };
    ControlFlow::Continue(seen)
}

async fn look(calls: &Calls<'_>, portal: &Portal, scope: Scope, left: Duration) -> RestoreSeen {
    calls.ask_within(left, portal.restore_progress(scope)).await.map_or_else(Into::into, RestoreSeen::Slot)
}

impl From<Cut> for RestoreSeen {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::TimeUp => Self::TimeUp,
            Cut::StopAsked => Self::StopAsked,
        }
    }
}
