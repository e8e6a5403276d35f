//! Looking again and again: when the next look is due, and what looks that fail in a row mean.

use std::time::Duration;

use docspace_api::ApiErrorKind;

use crate::{
    Failure,
    pace::{back_off, back_off_when_throttled},
};

/// A refusal may come from a portal that is just being restarted; after so many in a row it is meant.
const REFUSALS_TO_BELIEVE: u32 = 3;
/// A portal that takes long to answer is not asked again at once.
const LEAST_PART_OF_INTERVAL: u32 = 4;
/// Later than this after its time, no wait ends on a machine that is awake.
const LONG_SLEEP: Duration = Duration::from_secs(60);

/// The looks so far; all times are counted from the beginning of the workflow.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looks {
    count: u32,
    looked_at: Duration,
    /// When the wait that was asked for is over.
    wakes_at: Option<Duration>,
    failures: Failures,
}

/// Looks that failed in a row.
#[derive(Debug, Clone, Copy, Default)]
struct Failures {
    count: u32,
    /// How many of the last ones were requests to slow down.
    throttled: u32,
    since: Option<Duration>,
}

impl Looks {
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// A look begins.
    pub(crate) fn begin(&mut self, now: Duration) {
        self.count += 1;
        self.looked_at = now;
    }

    /// A look was answered.
    pub(crate) fn succeeded(&mut self) {
        self.failures = Failures::default();
    }

    /// How long to wait so that the next look begins `interval` after the last one did; `None` when `left` is nothing.
    pub(crate) fn wait(&mut self, interval: Duration, left: Duration, now: Duration) -> Option<Duration> {
        let spent = now.saturating_sub(self.looked_at);
        let rest = interval.saturating_sub(spent).max(interval / LEAST_PART_OF_INTERVAL);
        let wait = rest.min(left);
        self.wakes_at = Some(now + wait);
        (!left.is_zero()).then_some(wait)
    }

    /// A wait that took far longer than asked for is a machine that slept; gives for how long. Nobody looked meanwhile, so
    /// the time is nobody's fault: it counts neither as a stall nor as a portal that does not answer.
    pub(crate) fn pass_over_sleep(&mut self, now: Duration) -> Option<Duration> {
        let overslept = self.wakes_at.take().and_then(|wakes_at| now.checked_sub(wakes_at))?;
        if overslept < LONG_SLEEP {
            return None;
        }
        self.failures = Failures::default();
        Some(overslept)
    }

    /// A look failed; gives the interval to the next one, where `interval` would be the one after a success.
    pub(crate) fn failed(&mut self, failure: &Failure, interval: Duration, now: Duration) -> Duration {
        let failures = &mut self.failures;
        failures.count += 1;
        failures.since.get_or_insert(now);
        if let ApiErrorKind::Throttled { retry_after } = failure.kind {
            failures.throttled += 1;
            back_off_when_throttled(interval, failures.throttled, retry_after)
        } else {
            failures.throttled = 0;
            back_off(interval, failures.count)
        }
    }

    /// Whether the last looks were refused often enough that it is meant.
    pub(crate) fn are_refused(&self, failure: &Failure) -> bool {
        failure.is_refusal() && self.failures.count >= REFUSALS_TO_BELIEVE
    }

    /// For how long every look has failed.
    pub(crate) fn failing_for(&self, now: Duration) -> Duration {
        self.failures.since.map_or(Duration::ZERO, |since| now.saturating_sub(since))
    }
}
