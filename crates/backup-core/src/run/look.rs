//! When to look at the slot again, and what a failed look means.

use std::time::Duration;

use super::{Phase, Run, Step, Turn};
use crate::{Event, Failure, Reason};

/// Between looks while no job is known.
const WITHOUT_JOB: Duration = Duration::from_secs(2);

impl Run {
    pub(super) fn look(&mut self, now: Duration) -> Turn {
        self.looks.begin(now);
        if matches!(self.phase, Phase::Probing) { Step::Probe.into() } else { Step::Look.into() }
    }

    /// Waits until `interval` after the last look began, or until the time is up.
    pub(super) fn wait(&mut self, interval: Duration, event: Option<Event>, now: Duration) -> Turn {
        let left = self.limits.timeout.saturating_sub(now);
        match self.looks.wait(interval, left, now) {
            Some(wait) => Turn { event, step: Step::Wait(wait) },
            None => self.give_up(Reason::TimedOut),
        }
    }

    /// The time that the machine slept is no stall of the job.
    pub(super) fn pass_over_sleep(&mut self, now: Duration) {
        if let (Some(overslept), Some(job)) = (self.looks.pass_over_sleep(now), &mut self.job) {
            job.course.pass_over_sleep(overslept);
        }
    }

    pub(super) fn look_failed(&mut self, failure: Failure, now: Duration) -> Turn {
        if matches!(self.phase, Phase::Probing) {
            return self.give_up(Reason::Portal(failure));
        }
        let interval = self.interval(now);
        let next_in = self.looks.failed(&failure, interval, now);
        if self.looks.are_refused(&failure) || self.looks.failing_for(now) >= self.limits.stall_timeout {
            return self.give_up(Reason::Portal(failure));
        }
        self.wait(next_in, Some(Event::LookFailed { failure, next_in }), now)
    }

    pub(super) fn interval(&self, now: Duration) -> Duration {
        self.job.as_ref().map_or(WITHOUT_JOB, |job| job.course.interval(now))
    }
}
