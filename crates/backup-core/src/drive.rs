//! The dull loop: does what [`Run`] says, and tells it what came of it. Nothing is decided here.

use std::{future::Future, ops::ControlFlow, time::Duration};

use docspace_api::{ApiError, Portal, RetryPolicy, Scope, StartBackup};
use jiff::Timestamp;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{EventSender, Failure, Limits, Order, Report, Run, Seen, Step, Verdict};

const LEAST_FOR_A_LOOK: Duration = Duration::from_secs(5);

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
    let calls = Calls { patient: portal, quick: portal.with_retry(RetryPolicy::NEVER), order: &order, stop };
    let mut run = Run::new(order.clone(), limits);
    let mut seen = Seen::Nothing;
    loop {
        let turn = run.step(seen, clock.elapsed());
        if let Some(event) = turn.event {
            events.send(event);
        }
        let left = limits.timeout.saturating_sub(clock.elapsed());
        seen = match calls.perform(turn.step, left).await {
            ControlFlow::Continue(seen) => seen,
            ControlFlow::Break(verdict) => return report(verdict, &run, &clock, scope),
        };
    }
}

fn report(verdict: Verdict, run: &Run, clock: &Clock, scope: Scope) -> Report {
    let since = run.job_since().unwrap_or_default();
    let duration = clock.elapsed().saturating_sub(since);
    let started_at = clock.began_at.checked_add(since).unwrap_or(clock.began_at);
    let finished_at = started_at.checked_add(duration).unwrap_or(started_at);
    Report { verdict, scope, started_at, finished_at, duration, looks: run.looks() }
}

/// Durations come from the monotonic clock, so that a wall clock set back or forth disturbs no wait.
struct Clock {
    began_at: Timestamp,
    instant: Instant,
}

impl Clock {
    fn start() -> Self {
        Self { began_at: Timestamp::now(), instant: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        self.instant.elapsed()
    }
}

/// The portal, asked patiently where trying again is worth while, and once where the next look comes anyway.
struct Calls<'a> {
    patient: &'a Portal,
    quick: Portal,
    order: &'a Order,
    stop: CancellationToken,
}

impl Calls<'_> {
    /// A look ends when the time to wait does. The history is read to the end: it is the last thing that is asked.
    async fn perform(&self, step: Step, left: Duration) -> ControlFlow<Verdict, Seen> {
        let scope = self.order.scope();
        let seen = match step {
            Step::Probe => self.look(self.patient, left).await,
            Step::Look => self.look(&self.quick, left).await,
            Step::ReadHistory => self.unless_stopped(self.patient.backup_history(scope), Seen::History).await,
            Step::Start(backup) => self.start(&backup).await,
            Step::Wait(time) => self.wait(time).await,
            Step::Finish(verdict) => return ControlFlow::Break(*verdict),
        };
        ControlFlow::Continue(seen)
    }

    async fn look(&self, portal: &Portal, left: Duration) -> Seen {
        // With no time at all there is still one look, so that "no waiting" has an answer.
        let limit = left.max(LEAST_FOR_A_LOOK);
        let look = self.unless_stopped(portal.backup_progress(self.order.scope()), Seen::Slot);
        tokio::time::timeout(limit, look).await.unwrap_or(Seen::TimeUp)
    }

    /// A start is never cut short: whoever drops the request cannot know what became of it.
    async fn start(&self, backup: &StartBackup) -> Seen {
        Seen::Started(self.patient.start_backup(backup).await.map_err(|error| Failure::from(&error)))
    }

    async fn wait(&self, time: Duration) -> Seen {
        tokio::select! {
            () = self.stop.cancelled() => Seen::StopAsked,
            () = tokio::time::sleep(time) => Seen::Nothing,
        }
    }

    async fn unless_stopped<T>(
        &self,
        call: impl Future<Output = Result<T, ApiError>>,
        seen: impl FnOnce(Result<T, Failure>) -> Seen,
    ) -> Seen {
        tokio::select! {
            () = self.stop.cancelled() => Seen::StopAsked,
            answer = call => seen(answer.map_err(|error| Failure::from(&error))),
        }
    }
}

#[cfg(test)]
mod tests;
