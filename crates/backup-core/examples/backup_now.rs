//! Makes a backup and says how it ended: `cargo run -p backup-core --example backup_now -- [FOLDER]`.
//!
//! Without a folder the copy is temporary. Ctrl-C ends the waiting, not the backup. The address comes from
//! `DOCSPACE_API_HOST`, the key from the file `DOCSPACE_API_KEY_FILE`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod connect;

use std::{env, process::ExitCode};

use backup_core::{Event, EventSender, IfRunning, Limits, Order, Outcome, Report, Until, drive};
use connect::Failure;
use docspace_api::{BackupTarget, Scope, StartBackup};
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    connect::exit_code(back_up().await)
}

async fn back_up() -> Result<(), Failure> {
    let portal = connect::portal()?;
    let backup = StartBackup { target: target(env::args().nth(1).as_deref())?, scope: Scope::Portal };
    let order = Order::Start { backup, if_running: IfRunning::Fail, until: Until::Ended, earlier: None };

    let report = drive(&portal, order, Limits::default(), EventSender::new(tell), stop_on_ctrl_c()).await;
    judge(&report)
}

fn target(folder: Option<&str>) -> Result<BackupTarget, Failure> {
    Ok(match folder {
        Some(folder) => BackupTarget::Documents { folder: folder.parse()? },
        None => BackupTarget::DataStore,
    })
}

fn stop_on_ctrl_c() -> CancellationToken {
    let stop = CancellationToken::new();
    let stopper = stop.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stopper.cancel();
        }
    });
    stop
}

/// Called for each event before its step is taken, so it must be quick.
fn tell(event: Event) {
    if let Event::Bound { task, .. } = &event {
        println!("started: {task}");
    }
    if let Event::Progress { percent, .. } = &event {
        println!("{percent} %");
    }
    if let Event::StartInDoubt(failure) | Event::LookFailed { failure, .. } = &event {
        println!("{}", failure.message);
    }
}

/// Whatever is not completed is an error, however it came.
fn judge(report: &Report) -> Result<(), Failure> {
    let verdict = &report.verdict;
    for warning in &verdict.warnings {
        println!("warning: {warning}");
    }
    match verdict.outcome {
        Outcome::Completed | Outcome::CompletedWithWarnings => {
            let name = verdict.record.as_ref().map_or("?", |record| &record.file_name);
            println!("completed: {name}");
            Ok(())
        }
        Outcome::Failed
        | Outcome::Cancelled
        | Outcome::StillRunning
        | Outcome::Lost
        | Outcome::Busy
        | Outcome::NotStarted => Err(format!("{:?} because {:?}", verdict.outcome, verdict.reason).into()),
    }
}
