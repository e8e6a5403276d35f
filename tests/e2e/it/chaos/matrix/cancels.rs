//! Cancels (gotcha 11): the job that was meant and no other, once, and what really became of it.

use mock_portal::{Answer, Caller, CancelPlan, JobPlan, MockPortal, Operation, Scope, SlotJob, Trouble};

use super::names::{Progress, RUN, hours, lasting, ms, on};
use crate::chaos::scenario::{Act, Ends, Fine, IntoSetUp, Moment::Called, Scenario, acts};

use Operation::Cancel;

const JOB: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";

/// A cancel of the job that runs, agreed to. What no look shows for two seconds is believed to be gone.
pub(super) const CANCEL: &str = "cancel --yes --timeout 3s";
const NAMED: &str = "cancel 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --yes --timeout 3s";
const STRANGER: &str = "cancel 11111111-0c55-4f3b-9f38-4a4a0f0d7e11 --yes --timeout 3s";

pub(super) const DONE: Ends = ("cancelled", 0, 0, 0);
const IDLE: Ends = ("nothing_to_cancel", 0, 0, 0);
const ONCE: &str = "cancel 1";

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    let at_cancel = |deed| vec![Act::Meanwhile(CANCEL, Called(Cancel, 1), deed)];
    vec![
        some("11: it comes back as cancelled", CANCEL, CancelPlan::ComesBack, DONE, ONCE).tells("/confirmed", "true"),
        some("11: it never comes back", CANCEL, CancelPlan::Stays, DONE, ONCE).tells("/confirmed", "false"),
        some("11: the cancel is lost, and the job comes back", CANCEL, CancelPlan::Lost, ("still_running: still_running", 8, 0, 0), ONCE),
        some("11: the cancel is lost, and the job goes on unseen", CANCEL, CancelPlan::LostUnseen, DONE, ONCE).tells("/confirmed", "false"),
        idle("11: no worker had begun", CANCEL, SlotJob::new(lasting(60_000).taken_after(ms(40_000)), ms(5000)), ("cancelled", 3, 0, 0), ONCE).says("it may still turn up in the history"),
        some("11: it completes before it notices", "", Fine, ("completed_anyway", 3, 0, 0), ONCE).acts(at_cancel(completed)).leaves("its copy", |portal| portal.records().len() == 1),
        some("11: it fails before it notices", "", Fine, ("failed_anyway", 3, 0, 0), ONCE).acts(at_cancel(failed)),
        some("11: somebody starts a new one between", "", CancelPlan::Stays, DONE, ONCE).acts(at_cancel(anothers)).leaves("the new one runs", goes_on),
        some("11: another one has taken its place before", "", on(Progress).delay(ms(300)), ("other_job: busy", 11, 0, 0), "").acts(vec![Act::Meanwhile(CANCEL, Called(Progress, 1), anothers)]).leaves("the new one runs", goes_on),
        idle("11: a finished one is not wiped", CANCEL, SlotJob::finished(hours(3)), IDLE, ""),
        idle("11: an idle portal", CANCEL, Fine, IDLE, ""),
        idle("11: a failed one is not wiped", CANCEL, SlotJob::new(JobPlan::fail("no"), hours(3)), IDLE, ""),
        some("11: the named one", NAMED, CancelPlan::Stays, DONE, ONCE),
        some("11: another one than the named one", STRANGER, Fine, ("error: not_running", 10, 0, 0), ""),
        idle("11: the named one is over", NAMED, SlotJob::finished(hours(3)).task_id(JOB), ("error: not_running", 10, 0, 0), ""),
        some("11: a dump beside it", CANCEL, SlotJob::running_for(ms(600_000)).dump(), ("other_job: busy", 11, 0, 0), ""),
        some("11: the slot of dumps may not be seen", CANCEL, Trouble::SpacesLimited, DONE, ONCE).and(CancelPlan::Stays),
        idle("11: a frozen one", CANCEL, SlotJob::new(JobPlan::freeze(37), hours(2)), DONE, ONCE),
        idle("11: a lost start event", CANCEL, SlotJob::new(JobPlan::never_taken(), ms(5000)), ("cancelled", 3, 0, 0), ONCE),
        some("11: an unpaid portal hides the history", CANCEL, CancelPlan::ComesBack, DONE, ONCE).and(Trouble::Unpaid),
        some("11: unpaid, and it never comes back", CANCEL, CancelPlan::Stays, ("unknown: cancel_unknown", 17, 0, 0), ONCE).and(Trouble::Unpaid),
        some("11: a portal that is too old", CANCEL, Fine, ("refused: unsupported", 1, 0, 0), ONCE).config(|config| config.version = "3.7.0".to_owned()).leaves("it runs", goes_on),
        some("11: a key that may only read", CANCEL, |portal: &MockPortal| portal.set_caller(Caller { scope: Scope::ReadOnly, ..Caller::default() }), ("refused: forbidden", 4, 0, 0), ONCE).leaves("it runs", goes_on),
        some("11: nobody has agreed", "cancel", Fine, ("error: consent_needed", 2, 0, 0), "").leaves("it runs", goes_on),
        some("11: a dry run", "cancel --dry-run", Fine, ("planned", 0, 0, 0), "").leaves("it runs", goes_on),
        some("11: killed after the effect, cancelled again", "", on(Cancel).hang().after_effect(), IDLE, ONCE).and(CancelPlan::ComesBack).acts(vec![killed(), Act::Run(CANCEL)]),
        some("11: killed before the effect, cancelled again", "", on(Cancel).hang(), DONE, "cancel 2").and(CancelPlan::ComesBack).acts(vec![killed(), Act::Run(CANCEL)]),
        some("11: cancelled twice", "", CancelPlan::ComesBack, IDLE, ONCE).acts(vec![Act::Run(CANCEL), Act::Run(CANCEL)]),
        some("11: a run right after it", "", CancelPlan::ComesBack, ("completed", 0, 1, 1), ONCE).acts(vec![Act::Run(CANCEL), Act::Run(RUN)]),
        some("11: a run right after it, and the old one never comes back", "", CancelPlan::Stays, ("completed", 0, 1, 1), ONCE).acts(vec![Act::Run(CANCEL), Act::Run(RUN)]),
        some("11: the looks afterwards fail for ever", CANCEL, CancelPlan::Stays, ("unknown: cancel_unknown", 17, 0, 0), ONCE).and(on(Progress).nth(4).always().answer(Answer::gateway(502))),
        some("11: 401 for ever afterwards", CANCEL, CancelPlan::Stays, ("unknown: cancel_unknown", 17, 0, 0), ONCE).and(on(Progress).nth(4).always().status(401)),
    ]
}

/// A portal with a job that runs for long enough; one that is cancelled comes back within a second.
pub(super) fn running(scenario: Scenario) -> Scenario {
    scenario
        .and(SlotJob::new(JobPlan::succeed().lasting(ms(30_000)).curve(&[(0.0, 40), (1.0, 40)]), ms(5000)).task_id(JOB))
        .slow()
}

fn some(name: &str, line: &'static str, set_up: impl IntoSetUp, ends: Ends, changed: &'static str) -> Scenario {
    running(idle(name, line, set_up, ends, changed))
}

fn idle(name: &str, line: &'static str, set_up: impl IntoSetUp, ends: Ends, changed: &'static str) -> Scenario {
    acts(name, vec![Act::Run(line)], set_up, ends).changed(changed)
}

fn killed() -> Act {
    Act::Kill(CANCEL, Called(Cancel, 1))
}

fn completed(portal: &MockPortal) {
    portal.put_in_slot(SlotJob::finished(ms(0)).task_id(JOB));
}

fn failed(portal: &MockPortal) {
    portal.put_in_slot(SlotJob::new(JobPlan::fail("Disk full"), hours(1)).task_id(JOB));
}

fn anothers(portal: &MockPortal) {
    portal.put_in_slot(SlotJob::running_for(ms(600_000)));
}

/// Whether the job that came last is still on its way.
fn goes_on(portal: &MockPortal) -> bool {
    portal.jobs().last().is_some_and(|job| job.ends.is_some_and(|end| end > tokio::time::Instant::now()))
}
