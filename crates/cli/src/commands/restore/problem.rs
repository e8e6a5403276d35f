//! What keeps a restore from being done, in words for people and programs.

use backup_core::{Outcome, Reason, RestorePlanError, RestoreVerdict};
use notify::one_line;

use crate::{exit_code::ExitCode, problem::Problem};

const FOLLOW: &str = "the restore goes on at the portal; take it up again with `docspace-backup restore --follow`";

pub(super) fn of_plan(error: &RestorePlanError) -> Problem {
    let problem = |code, message: String| Problem::new(code, ExitCode::NotFound, message);
    match error {
        RestorePlanError::Portal(failure) => Problem::from(failure),
        RestorePlanError::NotListed(_) => problem("no_such_backup", error.to_string())
            .with_hint("`docspace-backup history` lists what there is; every restore gives all backups new ids"),
        RestorePlanError::OtherKind { .. } => {
            problem("other_kind", error.to_string()).with_hint("--dump says whether it is a copy of the whole server")
        }
        RestorePlanError::Expired { .. } => {
            problem("expired", error.to_string()).with_hint("`docspace-backup history` lists what there is")
        }
    }
}

pub(super) fn fresh_backup_would_be_lost() -> Problem {
    let message = "the fresh backup that comes first would be temporary, and would not outlive the restore";
    Problem::new("settings", ExitCode::Usage, message)
        .with_hint("say where it goes with --folder ID, or decline it with --no-backup")
}

/// `exit` is that of the backup; "done", with or without a remark, would be about the wrong thing.
pub(super) fn no_fresh_backup(exit: ExitCode) -> Problem {
    let message = "the fresh backup did not end well, so nothing was restored";
    let is_done = [ExitCode::Done, ExitCode::DoneWithWarnings, ExitCode::NotTold].contains(&exit);
    Problem::new("no_fresh_backup", if is_done { ExitCode::Failed } else { exit }, message)
        .with_hint("mend what stands in its way, or decline it with --no-backup")
}

/// Why a restore did not end well; `None` where it did.
pub(super) fn of_verdict(verdict: &RestoreVerdict) -> Option<Problem> {
    verdict.reason.as_ref().map(|reason| of_reason(reason, verdict.outcome))
}

fn of_reason(reason: &Reason, outcome: Outcome) -> Problem {
    match reason {
        Reason::Portal(failure) if outcome == Outcome::StillRunning => Problem::from(failure).with_hint(FOLLOW),
        Reason::Portal(failure) => Problem::from(failure),
        Reason::BackupFailed(words) => failed(&one_line(words)),
        Reason::Cancelled => Problem::new("cancelled", ExitCode::Failed, "the restore was cancelled at the portal"),
        Reason::Busy(task) => Problem::new("busy", ExitCode::Busy, format!("another job holds the portal: {task}"))
            .with_hint("try again when it is over; nothing was restored"),
        Reason::Stalled { percent } => {
            let message = format!("nothing moves any more: the restore stopped at {percent} %");
            Problem::new("stalled", ExitCode::StillRunning, message).with_hint(
                "its worker is perhaps dead, and then the portal stays out of service: an administrator of the server \
                 has to look",
            )
        }
        Reason::TimedOut => timed_out(outcome),
        Reason::Interrupted => interrupted(outcome),
        Reason::Vanished { .. } => {
            let message = "the restore vanished from the portal before its end was seen";
            Problem::new("vanished", ExitCode::Unknown, message)
                .with_hint("look at the portal: is it what it was, or what the copy holds?")
        }
        Reason::StartRefusedInDoubt(failure) => {
            let problem = Problem::from(failure);
            Problem { message: format!("{}, and no restore began", problem.message), ..problem }
        }
        Reason::StartUnknown(failure) => {
            let problem = Problem::from(failure);
            let message = format!("{}, and the portal did not say since whether a restore began", problem.message);
            Problem { code: "start_unknown", message, exit: ExitCode::Unknown, ..problem }
                .with_hint("look with `docspace-backup restore --follow` before you start another one")
        }
        Reason::NoSuchTask(Some(task)) => {
            Problem::new("no_such_task", ExitCode::NotFound, format!("the portal knows no restore {task}"))
        }
        Reason::NoSuchTask(None) => {
            let message = "no restore is running, and none ended within the last 24 hours";
            Problem::new("no_such_task", ExitCode::NotFound, message)
        }
    }
}

fn failed(words: &str) -> Problem {
    let message = match words {
        "" => "the restore failed, and the portal gives no reason".to_owned(),
        words => format!("the portal reports: {words}"),
    };
    Problem::new("restore_failed", ExitCode::Failed, message)
        .with_hint("see whether the portal is in service; an administrator of the server finds more in its logs")
}

fn timed_out(outcome: Outcome) -> Problem {
    match outcome {
        Outcome::NotStarted | Outcome::Busy => {
            let message = "the portal gave no answer until the time to wait was over";
            Problem::new("no_answer", ExitCode::Unreachable, message).with_hint("nothing was restored")
        }
        Outcome::Completed | Outcome::CompletedWithWarnings | Outcome::Failed | Outcome::Cancelled => {
            Problem::new("timed_out", ExitCode::StillRunning, "the time to wait is over")
        }
        Outcome::StillRunning | Outcome::Lost => {
            Problem::new("timed_out", ExitCode::StillRunning, "the time to wait is over").with_hint(FOLLOW)
        }
    }
}

fn interrupted(outcome: Outcome) -> Problem {
    let problem = Problem::new("interrupted", ExitCode::Interrupted, "the waiting was stopped");
    match outcome {
        Outcome::StillRunning | Outcome::Lost => problem.with_hint(FOLLOW),
        Outcome::NotStarted | Outcome::Busy => problem.with_hint("nothing was restored"),
        Outcome::Completed | Outcome::CompletedWithWarnings | Outcome::Failed | Outcome::Cancelled => problem,
    }
}
