//! Following our job: how far it is, whether it still moves, whether it is still there.

use std::time::Duration;

use docspace_api::{JobState, Progress, Scope};

use super::{Belonging, Job, Phase, Run, Step, Turn, confirm::Absence};
use crate::{Event, Reason, followed::Followed};

/// While the copy is uploaded, nothing is told, for as long as it takes.
const UPLOADING: u8 = 90;

impl Job {
    pub(super) fn new(task: docspace_api::TaskId, belonging: Belonging, now: Duration) -> Self {
        Self { task, belonging, had_ended: false, course: Followed::since(now) }
    }

    /// Where nothing moves although everything is well (contract §3.1).
    fn is_resting(&self, scope: Scope) -> bool {
        self.course.last.as_ref().is_some_and(|progress| {
            let is_dumping_a_database = scope == Scope::Server && progress.percent == 0;
            progress.percent >= UPLOADING || (is_dumping_a_database && progress.state == JobState::Running)
        })
    }
}

impl Run {
    pub(super) fn job_seen(&mut self, slot: Option<Progress>, now: Duration) -> Turn {
        let Some(job) = &mut self.job else {
            return self.look(now);
        };
        match slot {
            Some(progress) if progress.task == job.task => {
                job.course.saw(progress.clone(), now);
                if progress.state.is_over() { self.confirm(progress.state) } else { self.follow(&progress, now) }
            }
            _ => self.not_there(now),
        }
    }

    fn follow(&mut self, progress: &Progress, now: Duration) -> Turn {
        self.phase = Phase::Watching;
        if self.has_stalled(now) {
            return self.give_up(Reason::Stalled { percent: progress.percent });
        }
        let (percent, state) = (progress.percent, progress.state.clone());
        let interval = self.interval(now);
        self.wait(interval, Some(Event::Progress { percent, state, elapsed: now }), now)
    }

    fn has_stalled(&self, now: Duration) -> bool {
        let scope = self.order.scope();
        self.job
            .as_ref()
            .is_some_and(|job| !job.is_resting(scope) && job.course.still_for(now) >= self.limits.stall_timeout)
    }

    fn confirm(&mut self, claim: JobState) -> Turn {
        self.phase = Phase::Confirming(claim);
        let event = self.job.as_ref().map(|job| Event::Confirming(job.task.clone()));
        Turn { event, step: Step::ReadHistory }
    }

    fn not_there(&mut self, now: Duration) -> Turn {
        match &self.phase {
            Phase::Missing(absence) => self.still_missing(absence.clone(), now),
            Phase::Probing
            | Phase::Queued(_)
            | Phase::Starting
            | Phase::Doubting(_)
            | Phase::Watching
            | Phase::Confirming(_) => self.miss(Absence::since(now)),
        }
    }
}
