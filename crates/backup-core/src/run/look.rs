//! When to look at the slot again, and what a failed look means.

use std::time::Duration;

use docspace_api::ApiErrorKind;

use super::{Failures, Phase, Run, Step, Turn};
use crate::{
    Event, Failure, Reason,
    pace::{back_off, back_off_when_throttled},
};

/// A refusal may come from a portal that is just being restarted; after so many in a row it is meant.
const REFUSALS_TO_BELIEVE: u32 = 3;
/// A portal that takes long to answer is not asked again at once.
const LEAST_PART_OF_INTERVAL: u32 = 4;
/// Later than this after its time, no wait ends on a machine that is awake.
const LONG_SLEEP: Duration = Duration::from_secs(60);
/// Between looks while no job is known.
const WITHOUT_JOB: Duration = Duration::from_secs(2);

impl Run {
    pub(super) fn look(&mut self, now: Duration) -> Turn {
        self.looks += 1;
        self.looked_at = now;
        if matches!(self.phase, Phase::Probing) { Step::Probe.into() } else { Step::Look.into() }
    }

    /// Waits until `interval` after the last look began, or until the time is up.
    pub(super) fn wait(&mut self, interval: Duration, event: Option<Event>, now: Duration) -> Turn {
        let left = self.limits.timeout.saturating_sub(now);
        if left.is_zero() {
            return self.give_up(Reason::TimedOut);
        }
        let spent = now.saturating_sub(self.looked_at);
        let rest = interval.saturating_sub(spent).max(interval / LEAST_PART_OF_INTERVAL);
        let wait = rest.min(left);
        self.wakes_at = Some(now + wait);
        Turn { event, step: Step::Wait(wait) }
    }

    /// A wait that took far longer than asked for is a machine that slept. Nobody looked meanwhile, so the time is nobody's
    /// fault: it counts neither as a stall nor as a portal that does not answer.
    pub(super) fn pass_over_sleep(&mut self, now: Duration) {
        let Some(overslept) = self.wakes_at.take().and_then(|wakes_at| now.checked_sub(wakes_at)) else { return };
        if overslept < LONG_SLEEP {
            return;
        }
        if let Some(job) = &mut self.job {
            job.moved_at += overslept;
        }
        self.failures = Failures::default();
    }

    pub(super) fn look_failed(&mut self, failure: Failure, now: Duration) -> Turn {
        if matches!(self.phase, Phase::Probing) {
            return self.give_up(Reason::Portal(failure));
        }
        self.failures.note(&failure, now);
        if self.has_lost_the_portal(&failure, now) {
            return self.give_up(Reason::Portal(failure));
        }
        let next_in = self.interval_after(&failure, now);
        self.wait(next_in, Some(Event::LookFailed { failure, next_in }), now)
    }

    fn has_lost_the_portal(&self, failure: &Failure, now: Duration) -> bool {
        let is_refused = failure.is_refusal() && self.failures.count >= REFUSALS_TO_BELIEVE;
        is_refused || self.failures.lasting(now) >= self.limits.stall_timeout
    }

    fn interval_after(&self, failure: &Failure, now: Duration) -> Duration {
        let interval = self.interval(now);
        if let ApiErrorKind::Throttled { retry_after } = failure.kind {
            back_off_when_throttled(interval, self.failures.throttled, retry_after)
        } else {
            back_off(interval, self.failures.count)
        }
    }

    pub(super) fn interval(&self, now: Duration) -> Duration {
        self.job.as_ref().map_or(WITHOUT_JOB, |job| job.pace.interval(now.saturating_sub(job.since)))
    }
}

impl Failures {
    fn note(&mut self, failure: &Failure, now: Duration) {
        let is_throttled = matches!(failure.kind, ApiErrorKind::Throttled { .. });
        self.throttled = if is_throttled { self.throttled + 1 } else { 0 };
        self.count += 1;
        self.since.get_or_insert(now);
    }

    fn lasting(self, now: Duration) -> Duration {
        self.since.map_or(Duration::ZERO, |since| now.saturating_sub(since))
    }
}
