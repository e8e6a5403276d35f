//! Waiting for a state of the portal, with the log of calls in hand when it does not come.

use std::fmt::Write;
use std::time::Duration;

use crate::call::Call;
use crate::operation::Operation;
use crate::portal::{JobTimes, MockPortal};

/// How long a wait lasts before it is a failure.
const LIMIT: Duration = Duration::from_secs(20);
/// How soon a change is seen that only the clock makes.
const LOOK: Duration = Duration::from_millis(5);

/// The portal at one moment, for a condition to judge.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Every call so far.
    pub calls: Vec<Call>,
    /// How many jobs came into being by calls.
    pub starts: usize,
    /// Every job so far.
    pub jobs: Vec<JobTimes>,
    /// How many restores began.
    pub restores: usize,
}

impl Snapshot {
    /// How many calls of the operation have come.
    pub fn count(&self, operation: Operation) -> usize {
        self.calls.iter().filter(|call| call.operation == operation).count()
    }
}

impl MockPortal {
    /// The portal as it is now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { calls: self.calls(), starts: self.starts(), jobs: self.jobs(), restores: self.restores() }
    }

    /// Waits until the condition holds, and gives the state in which it did.
    ///
    /// # Panics
    ///
    /// When it has not come true within 20 seconds; the message is the log of calls.
    pub async fn wait_for(&self, mut condition: impl FnMut(&Snapshot) -> bool) -> Snapshot {
        let held = async {
            loop {
                let snapshot = self.snapshot();
                if condition(&snapshot) {
                    return snapshot;
                }
                let _ = tokio::time::timeout(LOOK, self.shared.changed()).await;
            }
        };
        match tokio::time::timeout(LIMIT, held).await {
            Ok(snapshot) => snapshot,
            Err(_) => panic!("the mock portal did not come to the awaited state within {LIMIT:?}{}", self.log()),
        }
    }

    /// Waits until so many calls of the operation have come; they may still be in the making.
    ///
    /// # Panics
    ///
    /// As [`wait_for`](Self::wait_for).
    pub async fn wait_for_calls(&self, operation: Operation, count: usize) -> Snapshot {
        self.wait_for(|snapshot| snapshot.count(operation) >= count).await
    }

    /// The calls so far, one line each, for the message of a failed assertion.
    pub fn log(&self) -> String {
        self.calls().iter().fold(String::from("\ncalls so far:"), |mut log, call| {
            let _ = write!(log, "\n  {:>8.3}s {call}", call.at.as_secs_f64());
            log
        })
    }
}
