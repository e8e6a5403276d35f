//! Cancels the backup that runs, and waits until it is gone: `cargo run -p backup-core --example cancel_running -- [ID]`.
//!
//! With an id nothing happens if another backup runs. The address comes from `DOCSPACE_API_HOST`, the key from the file
//! `DOCSPACE_API_KEY_FILE`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod connect;

use std::{env, process::ExitCode};

use backup_core::{CancelLimits, CancelOrder, CancelOutcome, CancelVerdict, EventSender, cancel};
use connect::Failure;
use docspace_api::Scope;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    connect::exit_code(cancel_running().await)
}

async fn cancel_running() -> Result<(), Failure> {
    let portal = connect::portal()?;
    let task = env::args().nth(1).map(|id| id.parse()).transpose()?;
    let order = CancelOrder { scope: Scope::Portal, task };

    let report = cancel(&portal, order, CancelLimits::default(), EventSender::none(), CancellationToken::new()).await;
    judge(&report.verdict)
}

fn judge(verdict: &CancelVerdict) -> Result<(), Failure> {
    match &verdict.outcome {
        CancelOutcome::Cancelled if verdict.is_confirmed => println!("cancelled, and the portal confirms it"),
        CancelOutcome::Cancelled => {
            println!("gone from the portal; one that had not begun may still turn up in the history")
        }
        CancelOutcome::NothingToCancel => println!("no backup is running"),
        CancelOutcome::CompletedAnyway => println!("too late: it has completed"),
        CancelOutcome::FailedAnyway(reason) => println!("too late: it had failed already: {reason}"),
        CancelOutcome::OtherJob(task) => return Err(format!("another job is in the way: {task}").into()),
        CancelOutcome::Refused(failure) => return Err(failure.message.clone().into()),
        CancelOutcome::Stopped | CancelOutcome::StillRunning | CancelOutcome::Unknown(_) => {
            return Err(format!("{:?}", verdict.outcome).into());
        }
    }
    Ok(())
}
