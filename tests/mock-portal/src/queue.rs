//! The portal's jobs: one slot for backups and one for dumps (contract §2.2, §4).

use tokio::time::Instant;

use crate::cancel_plan::CancelPlan;
use crate::job::{Job, Origin};
use crate::life_cycle::{Moment, TaskStatus};
use crate::record::Record;

/// All jobs there ever were, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Queue(Vec<Job>);

/// What became of a start.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Started {
    New {
        id: String,
    },
    Repaired {
        id: String,
    },
    /// Another job holds the slot, and the request is ignored.
    Busy {
        id: String,
    },
    /// The slot's item failed without completing, which the portal trips over.
    Stuck {
        error: String,
    },
}

impl Queue {
    /// The item that the slot shows: the first whose key is there.
    pub(crate) fn current(&self, dump: bool, now: Instant) -> Option<(&Job, Moment)> {
        let of_slot = self.0.iter().filter(|job| job.dump == dump);
        of_slot.into_iter().find_map(|job| job.moment(now).map(|moment| (job, moment)))
    }

    /// Starts the job unless another one holds the slot; a completed item gives way.
    pub(crate) fn start(&mut self, job: Job, now: Instant) -> Started {
        let Some((index, moment)) = self.holder(job.dump, now) else {
            return self.push(job);
        };
        let held = &mut self.0[index];
        let id = held.id.clone();
        if moment.status == TaskStatus::Failed {
            return Started::Stuck { error: moment.error };
        }
        if moment.completed {
            held.queued = false;
            return self.push(job);
        }
        if held.life.is_lost_event() {
            held.repair(now);
            return Started::Repaired { id };
        }
        Started::Busy { id }
    }

    /// Puts a job into its slot, whatever is there.
    pub(crate) fn place(&mut self, job: Job) {
        for other in self.0.iter_mut().filter(|other| other.dump == job.dump) {
            other.queued = false;
        }
        self.0.push(job);
    }

    /// Removes every item of both slots and tells their jobs to stop; `false` when there was none.
    pub(crate) fn cancel(&mut self, plan: CancelPlan, now: Instant) -> bool {
        let mut any = false;
        for job in self.0.iter_mut().filter(|job| job.moment(now).is_some()) {
            job.cancel(plan, now);
            any = true;
        }
        any
    }

    /// The records that were written since the last asking.
    pub(crate) fn take_records(&mut self, now: Instant) -> Vec<Record> {
        self.0.iter_mut().filter_map(|job| job.take_record(now)).collect()
    }

    /// Whether a start would be taken, because the slot is empty or its item is completed.
    pub(crate) fn is_free(&self, dump: bool, now: Instant) -> bool {
        self.current(dump, now).is_none_or(|(_, moment)| moment.completed)
    }

    /// Empties the slot of portal backups, whose tenant is gone.
    pub(crate) fn forget_portal(&mut self) {
        for job in self.0.iter_mut().filter(|job| !job.dump) {
            job.queued = false;
        }
    }

    pub(crate) fn jobs(&self) -> &[Job] {
        &self.0
    }

    /// The jobs that calls brought into being.
    pub(crate) fn starts(&self) -> usize {
        self.0.iter().filter(|job| job.origin == Origin::Call).count()
    }

    fn holder(&self, dump: bool, now: Instant) -> Option<(usize, Moment)> {
        let numbered = self.0.iter().enumerate().filter(|(_, job)| job.dump == dump);
        numbered.into_iter().find_map(|(index, job)| job.moment(now).map(|moment| (index, moment)))
    }

    fn push(&mut self, job: Job) -> Started {
        let id = job.id.clone();
        self.0.push(job);
        Started::New { id }
    }
}
