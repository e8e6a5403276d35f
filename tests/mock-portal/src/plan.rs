//! What will become of a backup or a restore, decided before it starts.

use std::time::Duration;

use crate::curve::Curve;

/// The fate of one job; without [`lasting`](Self::lasting) it takes the portal's usual time.
#[derive(Debug, Clone, PartialEq)]
pub struct JobPlan {
    pub(crate) ending: Ending,
    pub(crate) stop_at: Option<u8>,
    pub(crate) duration: Option<Duration>,
    pub(crate) taken_after: Option<Duration>,
    pub(crate) settling: Option<Duration>,
    pub(crate) warning: Option<String>,
    pub(crate) curve: Option<Curve>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    Succeed,
    Fail { reason: String },
    LateError { reason: String },
    Freeze,
    Vanish(Vanish),
    Cancel { returns: Returns },
    DieEarly,
    NeverTaken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Returns {
    Soon,
    Never,
}

/// Whether a job that disappears from the progress endpoint is found in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vanish {
    /// The job goes on unseen, and its record appears when it would have appeared anyway.
    WithRecord,
    /// The job is lost, and no record is ever written.
    WithoutRecord,
}

impl JobPlan {
    /// The job completes and leaves a history record.
    pub fn succeed() -> Self {
        Self::ending(Ending::Succeed)
    }

    /// The job ends with the reason as its `error`, at its full time unless [`at_percent`](Self::at_percent) says earlier.
    pub fn fail(reason: impl Into<String>) -> Self {
        Self::ending(Ending::Fail { reason: reason.into() })
    }

    /// The job completes, with file and record, and then turns into an error while it settles (contract §3.1).
    pub fn late_error(reason: impl Into<String>) -> Self {
        Self::ending(Ending::LateError { reason: reason.into() })
    }

    /// The worker dies: the item stands still at the percentage and blocks further starts.
    pub fn freeze(percent: u8) -> Self {
        Self::ending(Ending::Freeze).at_percent(percent)
    }

    /// The item disappears from the progress endpoint at the percentage.
    pub fn vanish(kind: Vanish, percent: u8) -> Self {
        Self::ending(Ending::Vanish(kind)).at_percent(percent)
    }

    /// Somebody else cancels the job at the percentage: it is gone for a moment and comes back with status 3.
    pub fn cancelled(percent: u8) -> Self {
        Self::ending(Ending::Cancel { returns: Returns::Soon }).at_percent(percent)
    }

    /// As [`cancelled`](Self::cancelled), but the item never comes back.
    pub fn cancelled_for_good(percent: u8) -> Self {
        Self::ending(Ending::Cancel { returns: Returns::Never }).at_percent(percent)
    }

    /// The job dies before its own error handling: status 4 with an error and `isCompleted` false.
    pub fn die_early() -> Self {
        Self::ending(Ending::DieEarly)
    }

    /// The start event gets lost: the item stays `Created` until somebody starts again, which repairs it.
    pub fn never_taken() -> Self {
        Self::ending(Ending::NeverTaken)
    }

    /// The time from the accepted start to the end of the job.
    pub fn lasting(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// The time that the item stays `Created`, within its duration; by default a hundredth of it.
    pub fn taken_after(mut self, wait: Duration) -> Self {
        self.taken_after = Some(wait);
        self
    }

    /// The time between the first and the last publication of the end (status 1, then 2); by default a fiftieth of
    /// the duration and at most half a second.
    pub fn settling(mut self, time: Duration) -> Self {
        self.settling = Some(time);
        self
    }

    /// The `warning` that a completed job carries.
    pub fn warning(mut self, text: impl Into<String>) -> Self {
        self.warning = Some(text.into());
        self
    }

    /// Fails, freezes, vanishes or is cancelled when the progress first reaches the percentage; nothing else changes.
    pub fn at_percent(mut self, percent: u8) -> Self {
        self.stop_at = Some(percent);
        self
    }

    /// The progress as points of (fraction of the time, percent) in the order of time, joined by straight lines; two
    /// points at one time make a jump.
    pub fn curve(mut self, points: &[(f64, u8)]) -> Self {
        self.curve = Some(Curve::through(points));
        self
    }

    fn ending(ending: Ending) -> Self {
        Self { ending, stop_at: None, duration: None, taken_after: None, settling: None, warning: None, curve: None }
    }
}
