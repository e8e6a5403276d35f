//! Short names for what the tables speak of all the time.

use std::time::Duration;

use mock_portal::{Fault, JobPlan, Operation};

pub(super) use mock_portal::Operation::{History, Progress, Start, Version};

/// A backup into a folder of the portal.
pub(super) const RUN: &str = "run --folder 123";

/// The next call of the operation.
pub(super) fn on(operation: Operation) -> Fault {
    Fault::on(operation)
}

/// The first two looks after the start; the one before it is left alone.
pub(super) fn watching() -> Fault {
    Fault::on(Progress).nth(2).times(2)
}

/// A backup that is looked at several times.
pub(super) fn slow() -> JobPlan {
    lasting(1500)
}

/// A backup of so many milliseconds.
pub(super) fn lasting(milliseconds: u64) -> JobPlan {
    JobPlan::succeed().lasting(ms(milliseconds))
}

pub(super) fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

pub(super) fn hours(hours: u64) -> Duration {
    Duration::from_secs(hours * 3600)
}
