//! `getbackupprogress` and `getrestoreprogress`, and the answers of `startbackup` and `startrestore`, which are the same
//! (contract §1.3, §3.1, §8).

use serde_json::Value;

use super::{
    Field, Misfit,
    names::{self, Status},
};
use crate::{Address, JobKind, JobState, Progress, transport::one_line};

/// Reads a look at the slot for backups; null is an empty slot.
pub(crate) fn progress(response: &Value, address: &Address) -> Result<Option<Progress>, Misfit> {
    read(response, address, JobKind::Backup)
}

/// The same for the slot for restores.
pub(crate) fn restore_progress(response: &Value, address: &Address) -> Result<Option<Progress>, Misfit> {
    read(response, address, JobKind::Restore)
}

fn read(response: &Value, address: &Address, endpoint: JobKind) -> Result<Option<Progress>, Misfit> {
    let job = Field::new("response", Some(response));
    if job.is_absent() {
        return Ok(None);
    }
    let task = job.get("taskId");
    let id = task.text()?.and_then(|text| text.parse().ok());
    Ok(Some(Progress {
        task: id.ok_or_else(|| task.misfit("a backup id"))?,
        kind: names::kind(&job.get("backupProgressEnum"), endpoint)?,
        percent: percent(&job.get("progress"))?,
        state: state(&job)?,
        link: job.get("link").text().ok().flatten().and_then(|link| address.resolve(&link)),
    }))
}

fn percent(field: &Field<'_>) -> Result<u8, Misfit> {
    let percent = field.integer()?.unwrap_or(0).clamp(0, 100);
    Ok(u8::try_from(percent).unwrap_or(100))
}

/// Failed before cancelled before completed: an error is never passed over, not even one without readable words.
fn state(job: &Field<'_>) -> Result<JobState, Misfit> {
    let status = names::status(&job.get("status"))?;
    let error = job.get("error").text()?;
    let completed = job.get("isCompleted").flag()?.unwrap_or(false);
    // A portal that sends no status shows a job that died early by its error alone.
    let died = status == Status::Failed || (status == Status::Absent && error.is_some());
    if !completed && !died {
        return Ok(alive(status));
    }
    if error.is_some() || died {
        let reason = error.and_then(|text| one_line(&text)).unwrap_or_default();
        return Ok(JobState::Failed { reason });
    }
    if status == Status::Cancelled {
        return Ok(JobState::Cancelled);
    }
    let warning = job.get("warning").text()?;
    Ok(JobState::Completed { warning: warning.map(|text| one_line(&text).unwrap_or_default()) })
}

fn alive(status: Status) -> JobState {
    match status {
        Status::Created => JobState::Created,
        Status::Absent | Status::Running | Status::Completed | Status::Cancelled | Status::Failed | Status::Unknown => {
            JobState::Running
        }
    }
}
