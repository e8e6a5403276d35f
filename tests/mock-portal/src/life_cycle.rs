//! A job's state as a pure function of the time since it was accepted (contract §3.1).

use std::time::Duration;

use crate::curve::Curve;
use crate::plan::{Ending, JobPlan, Returns, Vanish};

mod cancelled;
mod restoring;

/// How long the portal remembers an item after its last publication (contract §3.2).
const RETENTION: Duration = Duration::from_secs(24 * 60 * 60);

/// `DistributedTaskStatus` of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskStatus {
    Created = 0,
    Running = 1,
    Completed = 2,
    Canceled = 3,
    Failed = 4,
}

/// What the progress endpoint would say of the job at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) status: TaskStatus,
    pub(crate) completed: bool,
    pub(crate) progress: u8,
    pub(crate) error: String,
    pub(crate) warning: Option<String>,
}

impl Moment {
    fn running(status: TaskStatus, progress: u8) -> Self {
        Self { status, completed: false, progress, error: String::new(), warning: None }
    }

    fn over(status: TaskStatus, progress: u8) -> Self {
        Self { completed: true, ..Self::running(status, progress) }
    }
}

/// A plan with all its times fixed; every time counts from the moment the portal accepted the start.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LifeCycle {
    ending: Ending,
    warning: Option<String>,
    curve: Curve,
    duration: Duration,
    taken: Duration,
    stops: Duration,
    settled: Duration,
    last: u8,
    hidden: Option<(Duration, Duration)>,
}

impl LifeCycle {
    pub(crate) fn new(plan: JobPlan, usual: Duration, default_curve: Curve) -> Self {
        let duration = plan.duration.unwrap_or(usual);
        let taken = plan.taken_after.unwrap_or(duration / 100).min(duration);
        let curve = plan.curve.unwrap_or(default_curve);
        let worked = plan.stop_at.map_or(1.0, |percent| curve.time_of(percent));
        let stops = match &plan.ending {
            Ending::Succeed | Ending::LateError { .. } => duration,
            Ending::Fail { .. } | Ending::Freeze | Ending::Vanish(_) | Ending::Cancel { .. } => {
                taken + (duration - taken).mul_f64(worked)
            }
            Ending::DieEarly => taken,
            Ending::NeverTaken => Duration::MAX,
        };
        let settling = plan.settling.unwrap_or((duration / 50).min(Duration::from_millis(500)));
        let settled = stops.saturating_add(settling);
        let last = plan.stop_at.unwrap_or(100).min(curve.at(1.0));
        let hidden = absence(&plan.ending, stops, duration);
        Self { ending: plan.ending, warning: plan.warning, curve, duration, taken, stops, settled, last, hidden }
    }

    /// The item as the progress endpoint shows it; `None` while it is gone or forgotten.
    pub(crate) fn at(&self, elapsed: Duration) -> Option<Moment> {
        let gone = self.hidden.is_some_and(|(from, until)| from <= elapsed && elapsed < until);
        let forgotten = elapsed >= self.last_published().saturating_add(RETENTION);
        (!gone && !forgotten).then(|| self.moment(elapsed))
    }

    /// Whether the history has the job's record.
    pub(crate) fn recorded(&self, elapsed: Duration) -> bool {
        self.leaves_record() && elapsed >= self.record_time()
    }

    /// Whether the artifact has its place, so that the item carries its link.
    pub(crate) fn linked(&self, elapsed: Duration) -> bool {
        self.leaves_record() && elapsed >= self.link_time()
    }

    /// When the artifact has its place.
    pub(crate) fn link_time(&self) -> Duration {
        self.duration.mul_f64(0.95)
    }

    /// When the artifact is written; the creation time of its record.
    pub(crate) fn record_time(&self) -> Duration {
        self.duration.mul_f64(0.98)
    }

    /// When the job is over; `None` when it never is.
    pub(crate) fn end(&self) -> Option<Duration> {
        match self.ending {
            Ending::Freeze | Ending::NeverTaken => None,
            Ending::Vanish(Vanish::WithRecord) => Some(self.duration),
            Ending::Vanish(Vanish::WithoutRecord)
            | Ending::Succeed
            | Ending::Fail { .. }
            | Ending::LateError { .. }
            | Ending::Cancel { .. }
            | Ending::DieEarly => Some(self.stops),
        }
    }

    /// Whether files were skipped.
    pub(crate) fn warned(&self) -> bool {
        self.warning.is_some()
    }

    pub(crate) fn is_lost_event(&self) -> bool {
        self.ending == Ending::NeverTaken
    }

    /// The life of a job whose lost start event is sent again: it runs as an ordinary one.
    pub(crate) fn repaired(&self) -> Self {
        let plan = JobPlan { warning: self.warning.clone(), ..JobPlan::succeed() };
        Self::new(plan, self.duration, self.curve.clone())
    }

    fn leaves_record(&self) -> bool {
        match self.ending {
            Ending::Succeed | Ending::LateError { .. } | Ending::Vanish(Vanish::WithRecord) => true,
            Ending::Vanish(Vanish::WithoutRecord)
            | Ending::Fail { .. }
            | Ending::Freeze
            | Ending::Cancel { .. }
            | Ending::DieEarly
            | Ending::NeverTaken => false,
        }
    }

    fn last_published(&self) -> Duration {
        if self.is_lost_event() { Duration::ZERO } else { self.settled }
    }

    fn moment(&self, elapsed: Duration) -> Moment {
        if elapsed < self.taken || self.is_lost_event() {
            return Moment::running(TaskStatus::Created, 0);
        }
        if elapsed < self.stops {
            return Moment::running(TaskStatus::Running, self.progress(elapsed));
        }
        self.ended(elapsed)
    }

    fn ended(&self, elapsed: Duration) -> Moment {
        let settled = elapsed >= self.settled;
        let status = if settled { TaskStatus::Completed } else { TaskStatus::Running };
        let last = self.last;
        match &self.ending {
            Ending::Succeed => Moment { warning: self.warning.clone(), ..Moment::over(status, 100) },
            Ending::LateError { reason } => {
                let error = if settled { reason.clone() } else { String::new() };
                Moment { error, warning: self.warning.clone(), ..Moment::over(status, 100) }
            }
            Ending::Fail { reason } => Moment { error: reason.clone(), ..Moment::over(status, last) },
            Ending::Cancel { .. } => {
                Moment { warning: Some("Backup cancelled".into()), ..Moment::over(TaskStatus::Canceled, last) }
            }
            Ending::DieEarly => {
                let error = "One or more errors occurred. (The tenant could not be resolved.)".into();
                Moment { error, ..Moment::running(TaskStatus::Failed, 0) }
            }
            Ending::Freeze | Ending::Vanish(_) | Ending::NeverTaken => Moment::running(TaskStatus::Running, last),
        }
    }

    /// The last published percentage: one update per tick, and nothing between.
    fn progress(&self, elapsed: Duration) -> u8 {
        let worked = elapsed.saturating_sub(self.taken);
        let span = self.duration.saturating_sub(self.taken);
        if span.is_zero() {
            return self.last;
        }
        let tick = (self.duration / 60).min(Duration::from_secs(1)).max(Duration::from_nanos(1));
        let published = (worked.as_nanos() / tick.as_nanos()) as f64 * tick.as_secs_f64();
        self.curve.at(published / span.as_secs_f64())
    }
}

fn absence(ending: &Ending, stops: Duration, duration: Duration) -> Option<(Duration, Duration)> {
    match ending {
        Ending::Vanish(_) | Ending::Cancel { returns: Returns::Never } => Some((stops, Duration::MAX)),
        Ending::Cancel { returns: Returns::Soon } => Some((stops, stops + cleaner_tick(duration))),
        Ending::Succeed
        | Ending::Fail { .. }
        | Ending::LateError { .. }
        | Ending::Freeze
        | Ending::DieEarly
        | Ending::NeverTaken => None,
    }
}

/// How long an item that is published again stays away: the cleaner's tick is ten seconds, and less for short jobs.
fn cleaner_tick(duration: Duration) -> Duration {
    (duration / 20).min(Duration::from_secs(10))
}

#[cfg(test)]
mod tests;
