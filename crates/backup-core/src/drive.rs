//! The dull loop: does what [`Run`] says, and tells it what came of it. Nothing is decided here.

use std::{ops::ControlFlow, time::Duration};

use docspace_api::{Portal, Scope};
use tokio_util::sync::CancellationToken;

use crate::{
    EventSender, Limits, Order, Report, Run, Seen, Step, Verdict,
    calls::{Calls, Cut, finish},
    clock::Clock,
};

/// Carries an order out, from the first look to the report.
///
/// Cancelling `stop` ends the waiting, not the backup; a start that is under way is let finish, so that its answer is not lost.
/// Dropping the future instead leaves it unknown whether a backup was started.
pub async fn drive(
    portal: &Portal,
    order: Order,
    limits: Limits,
    events: EventSender,
    stop: CancellationToken,
) -> Report {
    let clock = Clock::start();
    let scope = order.scope();
    let calls = Calls::new(portal, stop);
    let mut run = Run::new(order, limits);
    let mut seen = Seen::Nothing;
    loop {
        let turn = run.step(seen, clock.elapsed());
        if let Some(event) = turn.event {
            events.send(event);
        }
        let left = limits.timeout.saturating_sub(clock.elapsed());
        seen = match perform(&calls, turn.step, scope, left).await {
            ControlFlow::Continue(seen) => seen,
            ControlFlow::Break(verdict) => {
                return Report::new(verdict, scope, &clock, run.job_since().unwrap_or_default(), run.looks());
            }
        };
    }
}

/// A look ends when the time to wait does. The history is read to the end: it is the last thing that is asked.
async fn perform(calls: &Calls<'_>, step: Step, scope: Scope, left: Duration) -> ControlFlow<Verdict, Seen> {
    let seen = match step {
        Step::Probe => look(calls, calls.patient, scope, left).await,
        Step::Look => look(calls, &calls.quick, scope, left).await,
        Step::ReadHistory => {
            calls.ask(calls.patient.backup_history(scope)).await.map_or_else(Seen::from, Seen::History)
        }
        Step::Start(backup) => Seen::Started(finish(calls.patient.start_backup(&backup)).await),
        Step::Wait(time) => calls.wait(time).await.map_or_else(Seen::from, |()| Seen::Nothing),
        Step::Finish(verdict) => return ControlFlow::Break(*verdict),
    };
    ControlFlow::Continue(seen)
}

async fn look(calls: &Calls<'_>, portal: &Portal, scope: Scope, left: Duration) -> Seen {
    calls.ask_within(left, portal.backup_progress(scope)).await.map_or_else(Seen::from, Seen::Slot)
}

impl From<Cut> for Seen {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::TimeUp => Self::TimeUp,
            Cut::StopAsked => Self::StopAsked,
        }
    }
}

#[cfg(test)]
mod tests;
