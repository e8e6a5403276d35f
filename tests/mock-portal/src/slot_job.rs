//! A job that a test puts into a slot: somebody else's, or yesterday's.

use std::time::Duration;

use tokio::time::Instant;

use crate::job::Origin;
use crate::payment::Payment;
use crate::plan::JobPlan;
use crate::state::{Purpose, State};
use crate::storage_type::StorageType;

/// A job that no call of the test started, somewhere in its life.
#[derive(Debug, Clone)]
pub struct SlotJob {
    plan: JobPlan,
    age: Duration,
    dump: bool,
    storage: StorageType,
    folder: Option<String>,
    task_id: Option<String>,
}

impl SlotJob {
    /// A job that follows the plan and was accepted so long ago.
    pub fn new(plan: JobPlan, age: Duration) -> Self {
        Self { plan, age, dump: false, storage: StorageType::Documents, folder: None, task_id: None }
    }

    /// A job that has run for as long as it still will, and then succeeds.
    pub fn running_for(left: Duration) -> Self {
        Self::new(JobPlan::succeed().lasting(left * 2), left)
    }

    /// A job that took an hour and succeeded so long ago; after 24 hours the portal forgets it.
    pub fn finished(ago: Duration) -> Self {
        let hour = Duration::from_secs(60 * 60);
        Self::new(JobPlan::succeed().lasting(hour), hour.saturating_add(ago))
    }

    /// Puts it into the slot for dumps.
    pub fn dump(mut self) -> Self {
        self.dump = true;
        self
    }

    /// Where it stores its backup; by default documents.
    pub fn storage(mut self, storage: StorageType) -> Self {
        self.storage = storage;
        self
    }

    /// The folder that its copy goes into; by default the first open one of the right kind.
    pub fn folder(mut self, id: impl Into<String>) -> Self {
        self.folder = Some(id.into());
        self
    }

    /// Its task id; by default a new one.
    pub fn task_id(mut self, id: impl Into<String>) -> Self {
        self.task_id = Some(id.into());
        self
    }

    pub(crate) fn put(self, state: &mut State) -> String {
        let purpose = Purpose {
            dump: self.dump,
            storage: self.storage,
            folder: self.folder,
            origin: Origin::Test,
            payment: Payment::Free,
        };
        let mut job = state.job(self.plan, purpose, self.age, Instant::now());
        if let Some(id) = self.task_id {
            job.id = id;
        }
        let id = job.id.clone();
        state.queue.place(job);
        id
    }
}
