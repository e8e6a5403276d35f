//! What can be set up at a portal before anything is done.

use mock_portal::{CancelPlan, Fault, JobPlan, MockPortal, Record, SlotJob, Trouble};

/// Sets something up.
pub(super) type SetUp = Box<dyn Fn(&MockPortal) + Send + Sync>;

/// What can be set up at a portal.
pub(super) trait IntoSetUp {
    fn into_set_up(self) -> SetUp;
}

/// Nothing is wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fine;

impl IntoSetUp for Fine {
    fn into_set_up(self) -> SetUp {
        Box::new(|_| {})
    }
}

impl IntoSetUp for Fault {
    fn into_set_up(self) -> SetUp {
        Box::new(move |portal| portal.inject(self.clone()))
    }
}

impl IntoSetUp for JobPlan {
    fn into_set_up(self) -> SetUp {
        Box::new(move |portal| portal.plan_every_job(self.clone()))
    }
}

impl IntoSetUp for SlotJob {
    fn into_set_up(self) -> SetUp {
        Box::new(move |portal| drop(portal.put_in_slot(self.clone())))
    }
}

impl IntoSetUp for Record {
    fn into_set_up(self) -> SetUp {
        Box::new(move |portal| portal.add_record(self.clone()))
    }
}

impl IntoSetUp for CancelPlan {
    fn into_set_up(self) -> SetUp {
        Box::new(move |portal| portal.plan_cancels(self))
    }
}

impl IntoSetUp for Trouble {
    fn into_set_up(self) -> SetUp {
        Box::new(move |portal| portal.set_troubles([self]))
    }
}

impl<F: Fn(&MockPortal) + Send + Sync + 'static> IntoSetUp for F {
    fn into_set_up(self) -> SetUp {
        Box::new(self)
    }
}
