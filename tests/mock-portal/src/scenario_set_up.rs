//! What each scenario sets up at a portal.

use std::time::Duration;

use crate::answer::Answer;
use crate::caller::{Caller, Role, Scope, Trouble};
use crate::cancel_plan::CancelPlan;
use crate::config::Wallet;
use crate::cron::Period;
use crate::fault::Fault;
use crate::operation::Operation;
use crate::plan::{JobPlan, Vanish};
use crate::portal::MockPortal;
use crate::scenario::Scenario;
use crate::schedule::Schedule;
use crate::slot_job::SlotJob;

const TWENTY_HOURS: Duration = Duration::from_secs(20 * 60 * 60);
/// Text that every medium has to escape in its own way.
const FOREIGN_REASON: &str = "Disk full: <!channel> could not write <b>core</b> & *rooms*";

impl Scenario {
    pub(crate) fn set_up(self, portal: &MockPortal) {
        let plan = |plan| portal.plan_every_job(plan);
        let start = |fault: fn(Fault) -> Fault| portal.inject(fault(Fault::on(Operation::Start)));
        match self {
            Self::Success => {}
            Self::Fail => plan(JobPlan::fail(FOREIGN_REASON).at_percent(64)),
            Self::Warn => plan(JobPlan::succeed().warning("Some files could not be read and were skipped: 3 files")),
            Self::LateError => plan(JobPlan::late_error("The audit event could not be saved")),
            Self::Vanish => plan(JobPlan::vanish(Vanish::WithRecord, 60)),
            Self::Lost => plan(JobPlan::vanish(Vanish::WithoutRecord, 60)),
            Self::Freeze => plan(JobPlan::freeze(37)),
            Self::Cancelled => plan(JobPlan::cancelled(50)),
            Self::DieEarly => plan(JobPlan::die_early()),
            Self::SlowStart => plan(JobPlan::succeed().taken_after(portal.usual_duration() / 2)),
            Self::LostStart => plan(JobPlan::never_taken()),
            Self::Busy => drop(portal.put_in_slot(SlotJob::running_for(Duration::from_secs(60)))),
            Self::Yesterday => drop(portal.put_in_slot(SlotJob::finished(TWENTY_HOURS))),
            Self::Flaky => flaky_progress().for_each(|fault| portal.inject(fault)),
            Self::StartDoubt => start(|fault| fault.answer(Answer::gateway(502)).after_effect()),
            Self::StartCut => start(|fault| fault.reset().after_effect()),
            Self::StartRefused => start(|fault| fault.answer(Answer::gateway(502))),
            Self::Throttled => throttled().for_each(|fault| portal.inject(fault)),
            Self::LoginPage => portal.inject(Fault::on_any().always().answer(Answer::login_page())),
            Self::Hanging => portal.inject(Fault::on_any().always().hang()),
            Self::KeyRefused => portal.set_troubles([Trouble::KeyRefused]),
            Self::ReadOnlyKey => portal.set_caller(Caller { scope: Scope::ReadOnly, ..Caller::default() }),
            Self::RoomAdmin => portal.set_caller(Caller { role: Role::RoomAdmin, ..Caller::default() }),
            Self::Restoring => portal.set_troubles([Trouble::Restoring]),
            Self::Unpaid => portal.set_troubles([Trouble::Unpaid]),
            Self::StorageFull => portal.set_troubles([Trouble::StorageFull]),
            Self::Scheduled => scheduled(portal),
            Self::Paid => portal.change(|config| {
                config.standalone = false;
                config.free_backups = 0;
                config.wallet = Wallet::On;
            }),
            Self::CancelLost => portal.plan_cancels(CancelPlan::LostUnseen),
            Self::RestoreCrash => portal.plan_next_restore(JobPlan::freeze(40)),
        }
    }
}

/// Midnight is past, so the schedule is due from the first.
fn scheduled(portal: &MockPortal) {
    portal.change(|config| config.scheduler_tick = Duration::from_secs(5));
    portal.put_schedule(Schedule { backups_stored: 3, ..Schedule::new(Period::EveryDay, 0) });
}

/// From the third look on every second one goes wrong, for some six hundred looks.
fn flaky_progress() -> impl Iterator<Item = Fault> {
    let look = |nth| Fault::on(Operation::Progress).nth(nth);
    (3..600).step_by(10).flat_map(move |nth| {
        [
            look(nth).answer(Answer::gateway(502)),
            look(nth + 2).reset(),
            look(nth + 4).cut_body_after(30),
            look(nth + 6).delay(Duration::from_millis(700)),
            look(nth + 8).answer(Answer::throttled(None)),
        ]
    })
}

fn throttled() -> impl Iterator<Item = Fault> {
    let operations = [Operation::Start, Operation::Progress, Operation::History];
    operations.into_iter().map(|operation| Fault::on(operation).times(2).answer(Answer::throttled(None)))
}
