//! The time of one workflow: when it began, and how long it has lasted.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

/// Durations come from the monotonic clock, so that a wall clock set back or forth disturbs no wait.
pub(crate) struct Clock {
    began_at: Timestamp,
    instant: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { began_at: Timestamp::now(), instant: Instant::now() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.instant.elapsed()
    }

    /// The moment that lies so long after the beginning.
    pub(crate) fn at(&self, since: Duration) -> Timestamp {
        later(self.began_at, since)
    }
}

/// A moment and a duration; the moment itself where no calendar reaches that far.
pub(crate) fn later(moment: Timestamp, duration: Duration) -> Timestamp {
    moment.checked_add(duration).unwrap_or(moment)
}
