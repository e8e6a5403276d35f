//! The main job: settings checked, the backup driven, people told, the account given.

use std::time::Duration;

use backup_core::{Limits, Order, Reason, Report, Until, drive, events};
use docspace_api::{Portal, RetryPolicy, StorageType};

use super::{audience::Audience, plan::plan, portal::connect};
use crate::{
    answer::Answer,
    arguments::{LimitArguments, RunArguments, StartArguments, WaitArguments},
    console::Console,
    problem::Problem,
    report::{Account, PortalFacts, Purpose},
    settings::{RunSettings, Settings},
    signal::Signals,
    watch::watch,
};

/// The longest that the portal may take to tell its version.
const FOR_VERSION: Duration = Duration::from_secs(10);

/// What one command is to carry out.
struct Job {
    purpose: Purpose,
    order: Order,
    limits: Limits,
    ordered: Option<StorageType>,
    is_told: bool,
}

/// `run`: the whole job.
pub(crate) async fn run(
    arguments: &RunArguments,
    settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let wanted = settings.resolve_run(arguments)?;
    if arguments.dry_run {
        return plan(&wanted, settings, console).await;
    }
    let job = Job::starting(Purpose::Run, wanted, Until::Ended, !arguments.no_notify);
    carry_out(job, settings, console).await
}

/// `start`: the first half of it.
pub(crate) async fn start(
    arguments: &StartArguments,
    settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let wanted = settings.resolve_start(arguments)?;
    if arguments.dry_run {
        return plan(&wanted, settings, console).await;
    }
    let job = Job::starting(Purpose::Start, wanted, Until::Started, !arguments.no_notify);
    carry_out(job, settings, console).await
}

/// `wait`: the second half of it.
pub(crate) async fn wait(
    arguments: &WaitArguments,
    settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let order = Order::Attach { task: arguments.id.clone(), scope: settings.resolve_scope(arguments.dump) };
    let limits = settings.resolve_limits(&arguments.limits);
    carry_out(Job { is_told: !arguments.no_notify, ..Job::attaching(order, limits) }, settings, console).await
}

/// `status --watch`: the same, and nobody is told.
pub(crate) async fn follow(order: Order, settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let limits = settings.resolve_limits(&LimitArguments::default());
    carry_out(Job::attaching(order, limits), settings, console).await
}

impl Job {
    fn starting(purpose: Purpose, wanted: RunSettings, until: Until, is_told: bool) -> Self {
        let RunSettings { backup, if_running, limits } = wanted;
        let ordered = Some(backup.target.storage());
        Self { purpose, order: Order::Start { backup, if_running, until, earlier: None }, limits, ordered, is_told }
    }

    fn attaching(order: Order, limits: Limits) -> Self {
        Self { purpose: Purpose::Wait, order, limits, ordered: None, is_told: false }
    }
}

async fn carry_out(job: Job, mut settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let signals = Signals::listen(console);
    let (portal, facts) = connect(&mut settings).await?;
    let audience = if job.is_told { Audience::ready(&mut settings, console).await? } else { Audience::default() };
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let (version, checked) = tokio::join!(version(&portal), audience.check(console));
    checked?;
    let report = drive_and_watch(&portal, &job, &signals, console).await;
    let facts = PortalFacts { version, ..facts };
    let account = audience.tell(account(job, facts, report, &signals)).await;
    account.say_what_went_wrong(console);
    Ok(account.answer())
}

/// For the report alone: a portal that does not tell it is none the worse.
async fn version(portal: &Portal) -> Option<String> {
    let portal = portal.with_retry(RetryPolicy::NEVER);
    let version = tokio::time::timeout(FOR_VERSION, portal.version()).await;
    version.ok()?.ok().map(|version| version.to_string())
}

async fn drive_and_watch(portal: &Portal, job: &Job, signals: &Signals, console: &Console) -> Report {
    let (sender, receiver) = events();
    let view = watch(receiver, console.clone());
    let report = drive(portal, job.order.clone(), job.limits, sender, signals.stop.clone()).await;
    if let Err(error) = view.await {
        tracing::error!(%error, "the view of the progress broke");
    }
    report
}

fn account(job: Job, portal: PortalFacts, report: Report, signals: &Signals) -> Account {
    let was_stopped = matches!(report.verdict.reason, Some(Reason::Interrupted | Reason::StartUnknown(_)));
    Account {
        purpose: job.purpose,
        portal,
        problem: Problem::of_verdict(&report.verdict),
        interrupted_by: signals.received().filter(|_| was_stopped),
        report: Some(report),
        ordered: job.ordered,
        deliveries: Vec::new(),
        is_told_here: false,
    }
}
