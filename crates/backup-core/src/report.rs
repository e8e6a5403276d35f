//! The account of one workflow: the verdict, with its times.

use std::time::Duration;

use docspace_api::Scope;
use jiff::Timestamp;

use crate::{
    Verdict,
    clock::{Clock, later},
};

/// What a workflow leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<V = Verdict> {
    /// How it ended, and all that is known of the job and its copy.
    pub verdict: V,
    /// What is copied, or put back.
    pub scope: Scope,
    /// When the job was started or joined, by this machine's clock; the beginning of the workflow where there was no job.
    pub started_at: Timestamp,
    /// When its end was known here: the start and the duration, so that a clock that is set meanwhile cannot part them.
    pub finished_at: Timestamp,
    /// From start to end by the monotonic clock, which no correction of the time disturbs.
    pub duration: Duration,
    /// How often the slot was looked at.
    pub looks: u32,
}

impl<V> Report<V> {
    /// The account of a job that began `since` after the workflow did, and ends now.
    pub(crate) fn new(verdict: V, scope: Scope, clock: &Clock, since: Duration, looks: u32) -> Self {
        let duration = clock.elapsed().saturating_sub(since);
        let started_at = clock.at(since);
        Self { verdict, scope, started_at, finished_at: later(started_at, duration), duration, looks }
    }
}
