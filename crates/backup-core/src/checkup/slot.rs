//! Whether a job holds the slot.

use docspace_api::{JobState, Progress};

use super::{Check, Evidence, Finding};

pub(super) fn findings(evidence: &Evidence) -> Option<Finding> {
    Some(match evidence.progress.as_ref()? {
        Err(failure) => Finding::skipped(Check::Slot, failure),
        Ok(Some(job)) if !job.state.is_over() => running(job),
        Ok(Some(Progress { state: JobState::Failed { reason }, .. })) => failed(reason),
        Ok(_) => Finding::ok(Check::Slot, "no job is running"),
    })
}

fn running(job: &Progress) -> Finding {
    let found = format!("job {} is running, at {} %: another one cannot start meanwhile", job.task, job.percent);
    Finding::warning(Check::Slot, found).mend(
        "wait for it; if its progress has not moved for hours, its worker is dead, and cancelling it clears the slot",
    )
}

fn failed(reason: &str) -> Finding {
    let why = if reason.is_empty() { "without a word" } else { reason };
    Finding::warning(Check::Slot, format!("the last job failed: {why}"))
}
