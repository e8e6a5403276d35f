//! Looks at the job that a portal runs until it is over: `cargo run -p docspace-api --example watch_backup -- [SECONDS]`.
//!
//! It looks every so many seconds, 5 unless told otherwise, and starts nothing. The address comes from
//! `DOCSPACE_API_HOST`, the key from `DOCSPACE_API_KEY_FILE` or `DOCSPACE_API_KEY`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod connect;

use std::{env, process::ExitCode, time::Duration};

use connect::Failure;
use docspace_api::{Effect, JobState, Progress, Scope};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    connect::exit_code(watch().await)
}

async fn watch() -> Result<(), Failure> {
    let pause = pause(env::args().nth(1).as_deref())?;
    let portal = connect::portal()?;
    let Some(mut job) = portal.backup_progress(Scope::Portal).await? else {
        println!("nothing runs, and nothing ended within the last 24 hours");
        return Ok(());
    };
    println!("{} is at {} %", job.task, job.percent);
    while !job.state.is_over() {
        tokio::time::sleep(pause).await;
        job = match portal.backup_progress(Scope::Portal).await {
            Ok(Some(next)) if next.task == job.task => moved(&job, next),
            // The portal has one slot for all: whoever starts a job next takes it, and a cancel empties it.
            Ok(Some(other)) => {
                return Err(format!("{} took its place; the history knows how it ended", other.task).into());
            }
            Ok(None) => return Err("it vanished from the portal; the history knows whether it completed".into()),
            // A look that failed is just another look; the backup knows nothing of it.
            Err(error) if error.kind().is_retryable(Effect::Reads) => {
                println!("{error}");
                job
            }
            Err(error) => return Err(error.into()),
        };
    }
    ended(&job)
}

fn pause(argument: Option<&str>) -> Result<Duration, Failure> {
    let seconds = argument.map_or(Ok(5.0), str::parse)?;
    Ok(Duration::try_from_secs_f64(seconds)?)
}

fn moved(before: &Progress, now: Progress) -> Progress {
    if now.percent != before.percent {
        println!("{} %", now.percent);
    }
    now
}

fn ended(job: &Progress) -> Result<(), Failure> {
    match &job.state {
        JobState::Completed { warning: None } => println!("completed"),
        JobState::Completed { warning: Some(words) } => println!("completed, but some files are missing: {words}"),
        JobState::Failed { reason } => return Err(format!("it failed: {reason}").into()),
        JobState::Cancelled => return Err("somebody cancelled it".into()),
        JobState::Created | JobState::Running => {}
    }
    if let Some(link) = &job.link {
        println!("the copy can be fetched for 24 hours: {link}");
    }
    Ok(())
}
