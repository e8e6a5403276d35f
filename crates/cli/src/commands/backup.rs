//! The main job: settings checked, the backup driven, people told, the account given.

use backup_core::{Limits, Order, Spending, Until};

use super::{
    carry_out::{Job, carry_out},
    plan::{PlannedJob, plan},
};
use crate::{
    answer::Answer,
    arguments::{LimitArguments, RunArguments, StartArguments, WaitArguments},
    console::Console,
    problem::Problem,
    report::Purpose,
    settings::{RunSettings, Settings},
};

/// `run`: the whole job.
pub(crate) async fn run(
    arguments: &RunArguments,
    settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let wanted = settings.resolve_run(arguments)?;
    if arguments.dry_run {
        let job = PlannedJob { wanted, until: Until::Ended, is_told: !arguments.no_notify };
        return plan(job, settings, console).await;
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
        let job = PlannedJob { wanted, until: Until::Started, is_told: !arguments.no_notify };
        return plan(job, settings, console).await;
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
    carry_out(
        Job { is_told: !arguments.no_notify, is_recorded: true, ..Job::attaching(order, limits) },
        settings,
        console,
    )
    .await
}

/// `status --watch`: the same, and nobody is told.
pub(crate) async fn follow(order: Order, settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let limits = settings.resolve_limits(&LimitArguments::default());
    carry_out(Job::attaching(order, limits), settings, console).await
}

/// A run of which nobody is told: the backup before something else.
pub(super) fn starting(wanted: RunSettings) -> Job {
    Job::starting(Purpose::Run, wanted, Until::Ended, false)
}

impl Job {
    fn starting(purpose: Purpose, wanted: RunSettings, until: Until, is_told: bool) -> Self {
        let RunSettings { backup, if_running, spending, limits } = wanted;
        let ordered = Some(backup.target.clone());
        Self {
            purpose,
            order: Order::Start { backup, if_running, until, earlier: None },
            spending,
            limits,
            ordered,
            is_told,
            is_recorded: true,
        }
    }

    fn attaching(order: Order, limits: Limits) -> Self {
        Self {
            purpose: Purpose::Wait,
            order,
            spending: Spending::Never,
            limits,
            ordered: None,
            is_told: false,
            is_recorded: false,
        }
    }
}
