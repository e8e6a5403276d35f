//! `cancel`: the backup that runs, ended on purpose, and seen through until it is gone.

mod account;
mod problem;

use backup_core::{CancelLimits, CancelOrder, CancelOutcome, CancelReport, CancelVerdict, cancel as drive, events};
use docspace_api::{JobKind, Portal, Progress, TaskId};

use self::account::Account;
use super::{consent::ask, portal::connect};
use crate::{
    answer::Answer,
    arguments::{CancelArguments, LimitArguments},
    console::Console,
    problem::Problem,
    settings::Settings,
    signal::Signals,
    watch::{Work, watch},
};

/// Looks what runs, asks, cancels it once, and waits for its end.
pub(crate) async fn cancel(
    arguments: &CancelArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let scope = settings.resolve_scope(arguments.dump);
    let limits = limits(arguments, &settings);
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let slot = client.backup_progress(scope).await.map_err(|error| Problem::from(&error))?;
    let Some(job) = running(slot, arguments.id.as_ref())? else {
        return Ok(Account::of_idle(portal, scope).answer());
    };
    let planned = Account::planned(portal, scope, job.clone());
    if arguments.consent.dry_run {
        return Ok(planned.answer());
    }
    ask(&planned.question(), arguments.consent.yes, console)?;
    let signals = Signals::listen(console);
    let order = CancelOrder { scope, task: Some(job.task) };
    let report = follow(&client, order, limits, &signals, console).await;
    let done = planned.carried_out(report, signals.received());
    done.say_what_went_wrong(console);
    Ok(done.answer())
}

/// The job that is meant; `None` where nothing runs and nothing was named.
fn running(slot: Option<Progress>, wanted: Option<&TaskId>) -> Result<Option<Progress>, Problem> {
    let job = slot.filter(|job| !job.state.is_over());
    match (job, wanted) {
        (Some(job), _) if job.kind != JobKind::Backup => Err(problem::restore_runs(&job)),
        (Some(job), Some(wanted)) if job.task != *wanted => Err(problem::other_backup_runs(&job.task, wanted)),
        (None, Some(wanted)) => Err(problem::not_running(wanted)),
        (job, _) => Ok(job),
    }
}

/// A job that has left the slot is believed to be gone when a doubt about it has been looked into for as long as any other.
fn limits(arguments: &CancelArguments, settings: &Settings<'_>) -> CancelLimits {
    let usual = CancelLimits::default();
    let recheck_after = settings.resolve_limits(&LimitArguments::default()).recheck_after;
    CancelLimits { grace: arguments.timeout.unwrap_or(usual.grace), settle: usual.settle.min(recheck_after) }
}

async fn follow(
    client: &Portal,
    order: CancelOrder,
    limits: CancelLimits,
    signals: &Signals,
    console: &Console,
) -> CancelReport {
    let (sender, receiver) = events();
    let view = watch(Work::Cancel, receiver, console.clone());
    let report = drive(client, order, limits, sender, signals.stop.clone()).await;
    if let Err(error) = view.await {
        tracing::error!(%error, "the view of the progress broke");
    }
    report
}

/// What is known where nothing has been sent.
fn unsent(outcome: CancelOutcome, progress: Option<Progress>) -> CancelVerdict {
    let task = progress.as_ref().map(|job| job.task.clone());
    CancelVerdict { outcome, task, progress, record: None, is_confirmed: false, doubt: None, history: None }
}

#[cfg(test)]
mod tests;
