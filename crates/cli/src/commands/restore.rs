//! `restore`: a copy put back, after everybody knows what that means.

mod account;
mod plan;
mod problem;

use backup_core::{
    Event, EventSender, Limits, Outcome, RestoreOrder, RestorePlan, RestoreReport, events, plan_restore,
    restore as drive,
};
use docspace_api::{Portal, StorageType};
use jiff::Timestamp;
use serde_json::Value;

use super::{
    backup::starting,
    consent,
    portal::connect,
    tools::{Need, Tools},
};
use crate::{
    answer::Answer,
    arguments::RestoreArguments,
    console::Console,
    exit_code::ExitCode,
    problem::Problem,
    report::PortalFacts,
    settings::{RunSettings, Settings},
    watch::{Work, watch},
};
use account::RestoreAccount;

/// Plans, asks, backs up, restores, and says what is left to do.
pub(crate) async fn restore(
    arguments: &RestoreArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let limits = settings.resolve_limits(&arguments.limits);
    if arguments.follow {
        let scope = settings.resolve_scope(arguments.storage.dump);
        let connected = connect(&mut settings).await?;
        let order = RestoreOrder::Attach { task: arguments.id.clone(), scope };
        return carry_out(Job { order, limits, backup: None }, connected, settings, console).await;
    }
    let backup = fresh_backup(arguments, &settings)?;
    let wish = plan::wish(arguments, &settings)?;
    let (portal, facts) = connect(&mut settings).await?;
    let plan = plan_restore(&portal, &wish, Timestamp::now()).await.map_err(|error| problem::of_plan(&error))?;
    if arguments.consent.dry_run {
        return Ok(plan::answer(&plan, &facts, backup.as_ref()));
    }
    ask(arguments, &plan, &facts, backup.as_ref(), console)?;
    let order = RestoreOrder::Start(plan.order);
    carry_out(Job { order, limits, backup }, (portal, facts), settings, console).await
}

/// What is to be done once everybody has agreed.
struct Job {
    order: RestoreOrder,
    limits: Limits,
    backup: Option<RunSettings>,
}

/// The backup to make first; `None` where that was declined.
fn fresh_backup(arguments: &RestoreArguments, settings: &Settings<'_>) -> Result<Option<RunSettings>, Problem> {
    if arguments.no_backup {
        return Ok(None);
    }
    let wanted = settings.resolve_fresh_backup(arguments)?;
    match wanted.backup.target.storage() {
        StorageType::DataStore => Err(problem::fresh_backup_would_be_lost()),
        StorageType::Documents | StorageType::ThirdpartyDocuments | StorageType::CustomCloud => Ok(Some(wanted)),
        StorageType::Local | StorageType::ThirdPartyConsumer | StorageType::Other(_) => Ok(Some(wanted)),
    }
}

fn ask(
    arguments: &RestoreArguments,
    plan: &RestorePlan,
    facts: &PortalFacts,
    backup: Option<&RunSettings>,
    console: &Console,
) -> Result<(), Problem> {
    let name = plan::portal_name(plan, facts);
    let given = arguments.portal_name.as_deref();
    if given.is_none() {
        console.talk(&plan::text(plan, facts, backup));
    }
    let question = "Type the portal's name to go on: ";
    consent::ask_for_name(question, &name, given, "--yes --portal-name NAME", console)
}

async fn carry_out(
    job: Job,
    connected: (Portal, PortalFacts),
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let need =
        Need { scope: job.order.scope(), is_told: false, is_recorded: matches!(job.order, RestoreOrder::Start(_)) };
    let tools = Tools::around(connected, need, &mut settings, console).await?;
    let made = match job.backup {
        Some(wanted) => Some(back_up(wanted, &tools).await?),
        None => None,
    };
    let report = follow(job.order, job.limits, &tools).await;
    let account = RestoreAccount::new(tools.facts.clone(), report, made, tools.signals.received());
    account.say_what_went_wrong(console);
    Ok(account.answer())
}

/// Makes the fresh backup; its document. Without a good one nothing is restored.
async fn back_up(wanted: RunSettings, tools: &Tools<'_>) -> Result<Value, Problem> {
    let answer = tools.carry_out(starting(wanted)).await;
    if answer.exit == ExitCode::Done {
        Ok(answer.document.map(|document| document["backup"].clone()).unwrap_or_default())
    } else {
        Err(problem::no_fresh_backup(answer.exit))
    }
}

/// Two restores of one user at the same moment would both be told the same job: they look and start one after the other.
async fn follow(order: RestoreOrder, limits: Limits, tools: &Tools<'_>) -> RestoreReport {
    let (sender, receiver) = events();
    let view = watch(Work::Restore, receiver, tools.console.clone());
    let gate = tools.signals.unless_stopped(tools.logbook.gate(&tools.facts.host, "restore")).await.unwrap_or_default();
    let events = EventSender::new(move |event| {
        if matches!(event, Event::Bound { .. }) {
            gate.open();
        }
        sender.send(event);
    });
    let report = drive(&tools.portal, order, limits, events, tools.signals.stop.clone()).await;
    if let Err(error) = view.await {
        tracing::error!(%error, "the view of the progress broke");
    }
    report
}

/// Whether the portal is now what the copy holds.
fn is_done(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Completed | Outcome::CompletedWithWarnings => true,
        Outcome::Failed | Outcome::Cancelled | Outcome::StillRunning => false,
        Outcome::Lost | Outcome::Busy | Outcome::NotStarted => false,
    }
}
