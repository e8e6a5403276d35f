//! Why a cancel came to nothing, as people and programs are told.

use backup_core::{CancelOutcome, CancelVerdict, Failure};
use docspace_api::{Progress, TaskId};

use crate::{exit_code::ExitCode, problem::Problem, signal::Signal, words};

/// The slot holds something that no portal can cancel.
pub(super) fn restore_runs(job: &Progress) -> Problem {
    let kind = words::job_kind(job.kind);
    let message = format!("a {kind} runs, {}, and portals cancel backups alone; nothing was sent", job.task);
    Problem::new("not_a_backup", ExitCode::Busy, message).with_hint("wait for its end: `docspace-backup status`")
}

/// Another backup runs than the one that was named.
pub(super) fn other_backup_runs(running: &TaskId, wanted: &TaskId) -> Problem {
    let message = format!("backup {wanted} does not run, but {running} does; nothing was sent");
    Problem::new("not_running", ExitCode::NotFound, message)
        .with_hint(format!("if that is the one you mean: `docspace-backup cancel {running}`"))
}

/// Nothing runs, although a backup was named.
pub(super) fn not_running(wanted: &TaskId) -> Problem {
    Problem::new("not_running", ExitCode::NotFound, format!("backup {wanted} does not run; nothing was sent"))
        .with_hint("`docspace-backup history` lists the backups that exist; `docspace-backup delete ID` removes one")
}

/// Why the backup that was to be cancelled is not known to be gone; `None` where it is over, in whatever way.
pub(super) fn of_verdict(verdict: &CancelVerdict, interrupted_by: Option<Signal>) -> Option<Problem> {
    match &verdict.outcome {
        CancelOutcome::NothingToCancel
        | CancelOutcome::Cancelled
        | CancelOutcome::CompletedAnyway
        | CancelOutcome::FailedAnyway(_) => None,
        CancelOutcome::OtherJob(task) => Some(other_job(task)),
        CancelOutcome::Refused(failure) => Some(Problem::from(failure)),
        CancelOutcome::Stopped => Some(stopped("nothing was cancelled", interrupted_by)),
        CancelOutcome::StillRunning => Some(still_running(verdict)),
        CancelOutcome::Unknown(Some(failure)) => Some(unknown(failure)),
        CancelOutcome::Unknown(None) => {
            let problem = stopped("the cancel was sent, and its end not waited for", interrupted_by);
            Some(problem.with_hint("look with `docspace-backup status` whether the backup is gone"))
        }
    }
}

/// Another one than the job that somebody agreed to.
fn other_job(task: &TaskId) -> Problem {
    let message = format!("another job runs, {task}, and a cancel would hit it too; nothing was sent");
    Problem::new("busy", ExitCode::Busy, message).with_hint(
        "portals cancel backups and dumps together: look at both with `docspace-backup status` and `status --dump`",
    )
}

fn still_running(verdict: &CancelVerdict) -> Problem {
    let percent = verdict.progress.as_ref().map(|job| format!(", at {} %", job.percent)).unwrap_or_default();
    Problem::new(
        "still_running",
        ExitCode::StillRunning,
        format!("the cancel was sent, and the backup runs on{percent}"),
    )
    .with_hint(
        "portals lose the cancel of a backup that no worker has begun: cancel it again, or wait longer with --timeout",
    )
}

fn unknown(failure: &Failure) -> Problem {
    let problem = Problem::from(failure);
    let message = format!("the cancel was sent, and what became of the backup is not known: {}", problem.message);
    Problem { code: "cancel_unknown", exit: ExitCode::Unknown, message, ..problem }
        .with_hint("look with `docspace-backup status` and `docspace-backup history`")
}

fn stopped(message: &str, interrupted_by: Option<Signal>) -> Problem {
    let exit = interrupted_by.map_or(ExitCode::Interrupted, Signal::exit_code);
    Problem::new("interrupted", exit, message)
}
