//! The doubt after a start that got no proper answer: how long to look before an empty slot is believed.

use std::time::Duration;

use crate::Failure;

/// After an error that the portal's application itself answered, nothing of the request is under way any more.
const RECHECK_WHEN_ANSWERED: Duration = Duration::from_secs(2);

/// A start that was perhaps acted upon.
#[derive(Debug, Clone)]
pub(crate) struct Doubt {
    pub(crate) failure: Failure,
    /// From then on an empty slot is believed.
    until: Duration,
    looks: u32,
    /// Whether an earlier process had the doubt, so that this one may still send the start.
    pub(crate) is_ours_to_send: bool,
}

impl Doubt {
    /// The doubt that this failure leaves, looked into for `recheck_after` at most.
    pub(crate) fn of(failure: Failure, recheck_after: Duration, now: Duration) -> Self {
        let lasts = if failure.is_answered() { recheck_after.min(RECHECK_WHEN_ANSWERED) } else { recheck_after };
        Self { failure, until: now + lasts, looks: 0, is_ours_to_send: false }
    }

    /// The doubt of an earlier process that did not live to look, with what is left of the time for it.
    pub(crate) fn inherited(left: Duration, now: Duration) -> Self {
        Self { failure: Failure::cut_off(), until: now + left, looks: 0, is_ours_to_send: true }
    }

    pub(crate) fn is_over(&self, now: Duration) -> bool {
        now >= self.until
    }

    /// The time to the next look: 1 s after the first one, growing to 5 s.
    pub(crate) fn next_interval(&mut self) -> Duration {
        self.looks += 1;
        Duration::from_secs(u64::from(self.looks.clamp(1, 5)))
    }
}
