//! The account of one run: the verdict, with its times.

use std::time::Duration;

use docspace_api::Scope;
use jiff::Timestamp;

use crate::Verdict;

/// What a run leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// How it ended, and all that is known of the job and its copy.
    pub verdict: Verdict,
    /// What was copied.
    pub scope: Scope,
    /// When the job was started or joined, by this machine's clock; the beginning of the run where there was no job.
    pub started_at: Timestamp,
    /// When its end was known here: the start and the duration, so that a clock that is set meanwhile cannot part them.
    pub finished_at: Timestamp,
    /// From start to end by the monotonic clock, which no correction of the time disturbs.
    pub duration: Duration,
    /// How often the slot was looked at.
    pub looks: u32,
}
