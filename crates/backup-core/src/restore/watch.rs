//! Following a restore: how far it is, whether it still moves, and what an empty slot means.

use std::time::Duration;

use docspace_api::{JobState, Progress};

use super::{
    RestoreStep,
    aftermath::Aftermath,
    step::{Job, Phase, Restoration},
};
use crate::{Event, Failure, Outcome, Reason, Turn, Warning, verdict::Judgement};

/// Between looks while no job is known, or none is shown.
const WITHOUT_JOB: Duration = Duration::from_secs(2);

impl Restoration {
    pub(super) fn job_seen(&mut self, slot: Option<Progress>, now: Duration) -> Turn<RestoreStep> {
        let Some(job) = &mut self.job else {
            return self.look(now);
        };
        match slot {
            Some(progress) if progress.task == job.task => {
                job.course.saw(progress.clone(), now);
                if progress.state.is_over() { self.over(progress.state) } else { self.follow(&progress, now) }
            }
            Some(_) => self.not_there(self.limits.recheck_after, now),
            None => self.not_there(self.limits.stall_timeout, now),
        }
    }

    fn follow(&mut self, progress: &Progress, now: Duration) -> Turn<RestoreStep> {
        self.phase = Phase::Watching;
        let stall_timeout = self.limits.stall_timeout;
        if self.job.as_ref().is_some_and(|job| !job.is_fetching() && job.course.still_for(now) >= stall_timeout) {
            let reason = Reason::Stalled { percent: progress.percent };
            return self.ask_after(Aftermath::of(Judgement::because(Outcome::StillRunning, reason)));
        }
        let (percent, state) = (progress.percent, progress.state.clone());
        let event = Event::Progress { percent, state, elapsed: now };
        self.wait(self.interval(now), Some(event), now)
    }

    /// In mid-restore the portal may show nothing for a while: that is no worse than a look that fails. Another job in the
    /// slot is: ours does not come back after it.
    fn not_there(&mut self, patience: Duration, now: Duration) -> Turn<RestoreStep> {
        let (since, is_news) = match self.phase {
            Phase::Missing(since) => (since, false),
            Phase::Probing
            | Phase::Checking
            | Phase::ProbingBackups(_)
            | Phase::Starting
            | Phase::Doubting(_)
            | Phase::Watching
            | Phase::After(_) => (now, true),
        };
        if now.saturating_sub(since) >= patience {
            let reason = Reason::Vanished { history: None };
            return self.ask_after(Aftermath::of(Judgement::because(Outcome::Lost, reason)));
        }
        self.phase = Phase::Missing(since);
        let event = self.job.as_ref().filter(|_| is_news).map(|job| Event::Missing(job.task.clone()));
        self.wait(self.interval(now), event, now)
    }

    /// Refusals count no more than silence: in mid-restore the portal answers 403 and 404 in passing (contract §8).
    pub(super) fn look_failed(&mut self, failure: Failure, now: Duration) -> Turn<RestoreStep> {
        if matches!(self.phase, Phase::Probing) {
            return self.give_up(Reason::Portal(failure));
        }
        let interval = self.interval(now);
        let next_in = self.looks.failed(&failure, interval, now);
        if self.looks.failing_for(now) >= self.limits.stall_timeout {
            return self.give_up(Reason::Portal(failure));
        }
        self.wait(next_in, Some(Event::LookFailed { failure, next_in }), now)
    }

    fn interval(&self, now: Duration) -> Duration {
        self.job.as_ref().map_or(WITHOUT_JOB, |job| job.course.interval(now))
    }

    fn over(&mut self, state: JobState) -> Turn<RestoreStep> {
        let judgement = match state {
            JobState::Completed { warning } => Judgement::saved(warning.map(Warning::Incomplete).into_iter().collect()),
            JobState::Failed { reason } => Judgement::because(Outcome::Failed, Reason::BackupFailed(reason)),
            JobState::Cancelled => Judgement::because(Outcome::Cancelled, Reason::Cancelled),
            JobState::Created | JobState::Running => Judgement::unfinished(),
        };
        self.ask_after(Aftermath::of(judgement))
    }
}

impl Job {
    /// While the copy is fetched and hashed, nothing is told, for as long as it takes (contract §8).
    fn is_fetching(&self) -> bool {
        self.course.last.as_ref().is_some_and(|last| last.percent == 0 && last.state == JobState::Running)
    }
}
