//! A job that is followed: how far it was at each look, how fast it moves, and since when it does not.

use std::time::Duration;

use docspace_api::Progress;

use crate::Pace;

/// Times are counted from the beginning of the workflow.
#[derive(Debug, Clone)]
pub(crate) struct Followed {
    /// When it began, or when we joined it.
    pub(crate) since: Duration,
    /// The last look at it.
    pub(crate) last: Option<Progress>,
    pace: Pace,
    moved_at: Duration,
}

impl Followed {
    pub(crate) fn since(now: Duration) -> Self {
        Self { since: now, last: None, pace: Pace::default(), moved_at: now }
    }

    pub(crate) fn saw(&mut self, progress: Progress, now: Duration) {
        let place = |progress: &Progress| (progress.percent, progress.state.clone());
        if self.last.as_ref().map(place) != Some(place(&progress)) {
            self.moved_at = now;
        }
        self.pace.saw(now.saturating_sub(self.since), progress.percent);
        self.last = Some(progress);
    }

    /// The time from one look to the next.
    pub(crate) fn interval(&self, now: Duration) -> Duration {
        self.pace.interval(now.saturating_sub(self.since))
    }

    /// For how long nothing has moved.
    pub(crate) fn still_for(&self, now: Duration) -> Duration {
        now.saturating_sub(self.moved_at)
    }

    /// Takes back the time in which nobody looked.
    pub(crate) fn pass_over_sleep(&mut self, overslept: Duration) {
        self.moved_at += overslept;
    }
}
