//! The portal's own schedule (gotcha 14): the right day, the only one there is, and whether the portal has kept it.

use mock_portal::{Answer, Config, JobPlan, MockPortal, Operation, Period, Schedule, StorageType, Trouble};

use super::names::{ms, on};
use crate::chaos::scenario::{Act, Ends, Fine, IntoSetUp, Moment::Called, Scenario, acts};

use Operation::CreateSchedule;

/// A schedule of one's own, agreed to.
pub(super) const SET: &str = "schedule set --weekly mon --at 3 --keep 5 --folder 123 --yes";
pub(super) const REMOVE: &str = "schedule remove --yes";

pub(super) const DONE: Ends = ("backup_schedule", 0, 0, 0);
const USAGE: Ends = ("error: usage", 2, 0, 0);

/// What a command has done.
pub(super) const RESULT: &str = "/result";
const ONCE: &str = "schedule 1/1";

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    let again = |line| vec![Act::Run(line), Act::Run(line)];
    vec![
        some("14: Monday is the portal's 2", SET, Fine, DONE, ONCE).tells(RESULT, "set").leaves("on day 2", |portal| is(portal, Period::EveryWeek(2))),
        some("14: Sunday is the portal's 1", "schedule set --weekly sun --yes --folder 123", Fine, DONE, ONCE).leaves("on day 1", |portal| is(portal, Period::EveryWeek(1))),
        some("14: Saturday is the portal's 7", "schedule set --weekly sat --yes --folder 123", Fine, DONE, ONCE).leaves("on day 7", |portal| is(portal, Period::EveryWeek(7))),
        some("14: a day of the month", "schedule set --monthly 31 --yes --folder 123", Fine, DONE, ONCE).leaves("on day 31", |portal| is(portal, Period::EveryMonth(31))),
        some("14: a day 0 is never sent", "schedule set --monthly 0 --yes --folder 123", Fine, USAGE, ""),
        some("14: a day 32 is never sent", "schedule set --monthly 32 --yes --folder 123", Fine, USAGE, ""),
        some("14: an hour 24 is never sent", "schedule set --daily --at 24 --yes --folder 123", Fine, USAGE, ""),
        some("14: no copies to keep are never sent", "schedule set --daily --keep 0 --yes --folder 123", Fine, USAGE, ""),
        some("14: it fires at once", "schedule set --daily --at 0 --yes --folder 123", Fine, DONE, ONCE).config(busy_scheduler).tells(RESULT, "set").leaves("a job began", |portal| !portal.jobs().is_empty()),
        some("14: the portal drops it at once", "schedule set --daily --at 0 --yes --folder 123", on(CreateSchedule).delay(ms(500)), ("backup_schedule: not_kept", 1, 0, 0), ONCE).and(Trouble::BackupsSpent).config(busy_scheduler).config(hosted).tells(RESULT, "not_kept").leaves("none", is_none),
        some("14: somebody else's comes between", SET, on(CreateSchedule).delay(ms(500)), ("backup_schedule: not_kept", 1, 0, 0), ONCE).acts(vec![Act::Meanwhile(SET, Called(CreateSchedule, 1), later_daily)]).tells(RESULT, "not_kept"),
        some("14: a plan without backups", SET, Fine, ("error: payment_required", 13, 0, 0), "schedule 0/1").config(hosted).config(|config| config.free_backups = 0),
        some("14: there is another one, and nobody has agreed", "schedule set --daily --folder 123", weekly, ("error: consent_needed", 2, 0, 0), "").leaves("the old one", |portal| is(portal, Period::EveryWeek(4))),
        some("14: there is another one, which goes", SET, weekly, DONE, ONCE).leaves("the new one alone", |portal| is(portal, Period::EveryWeek(2))),
        some("14: that of the dumps stays", SET, |portal: &MockPortal| portal.put_schedule(Schedule { dump: true, ..Schedule::new(Period::EveryDay, 3) }), DONE, ONCE).leaves("both", |portal| portal.schedules().len() == 2),
        some("14: the same again is not sent", SET, Fine, DONE, ONCE).acts(again(SET)).tells(RESULT, "unchanged"),
        some("14: set and killed before the answer, set again", SET, on(CreateSchedule).hang().after_effect(), DONE, ONCE).acts(vec![Act::Kill(SET, Called(CreateSchedule, 1)), Act::Run(SET)]).tells(RESULT, "unchanged"),
        some("14: set and killed before the effect, set again", SET, on(CreateSchedule).hang(), DONE, "schedule 1/2").acts(vec![Act::Kill(SET, Called(CreateSchedule, 1)), Act::Run(SET)]).tells(RESULT, "set"),
        some("14: removed", REMOVE, weekly, DONE, "unschedule 1").tells(RESULT, "removed").leaves("none", is_none),
        some("14: removed a second time is not sent", REMOVE, weekly, DONE, "unschedule 1").acts(again(REMOVE)).tells(RESULT, "unchanged"),
        some("14: removed where there is none is not sent", REMOVE, Fine, DONE, "").tells(RESULT, "unchanged"),
        some("14: an unpaid portal", SET, Trouble::Unpaid, ("error: payment_required", 13, 0, 0), ""),
        some("14: a folder that nobody knows", "schedule set --daily --folder 404 --yes", Fine, ("error: not_found", 10, 0, 0), "schedule 0/1").leaves("none", is_none),
        some("14: a folder that takes nothing", "schedule set --daily --folder 2 --yes", Fine, ("error: forbidden", 4, 0, 0), "schedule 0/1").leaves("none", is_none),
        some("14: a temporary store shows no folder", "schedule show", |portal: &MockPortal| portal.put_schedule(Schedule::new(Period::EveryMonth(31), 3)), DONE, "").tells("/schedule/folder", "null").tells("/schedule/day", "31"),
        some("14: a period that does not exist", "schedule show", on(Operation::Schedule).always().answer(odd(7, 1)), ("error: garbled", 75, 0, 0), ""),
        some("14: a day that does not exist", "schedule show", on(Operation::Schedule).always().answer(odd(1, 0)), ("error: garbled", 75, 0, 0), ""),
        some("14: the portal does not tell its zone", SET, on(Operation::Portal).always().hang(), DONE, ONCE).tells("/time_zone", "null"),
        some("14: a zone that nobody knows", SET, on(Operation::Portal).always().answer(Answer::json(200, r#"{"response":{"tenantId":1,"timeZone":"Nowhere/At all"},"count":1}"#)), DONE, ONCE).tells("/time_zone", "Nowhere/At all").tells("/next_runs", "[]"),
        some("14: its own job holds the slot", "run --folder 123", fired, ("busy: busy", 11, 0, 0), "").config(busy_scheduler),
    ]
}

fn some(name: &str, line: &'static str, set_up: impl IntoSetUp, ends: Ends, changed: &'static str) -> Scenario {
    acts(name, vec![Act::Run(line)], set_up, ends).changed(changed)
}

/// Whether that is the portal's only schedule.
fn is(portal: &MockPortal, period: Period) -> bool {
    portal.schedules().iter().map(|schedule| schedule.period).collect::<Vec<_>>() == [period]
}

fn is_none(portal: &MockPortal) -> bool {
    portal.schedules().is_empty()
}

/// A schedule of somebody else's, on Wednesdays.
pub(super) fn weekly(portal: &MockPortal) {
    portal
        .put_schedule(Schedule { last_backup: Some(jiff::Timestamp::now()), ..Schedule::new(Period::EveryWeek(4), 3) });
}

fn later_daily(portal: &MockPortal) {
    portal.put_schedule(Schedule { storage: StorageType::DataStore, ..Schedule::new(Period::EveryDay, 5) });
}

/// A schedule that is due, and makes a backup that lasts.
fn fired(portal: &MockPortal) {
    portal.plan_every_job(JobPlan::succeed().lasting(ms(600_000)));
    portal.put_schedule(Schedule::new(Period::EveryDay, 0).into_folder("123"));
}

fn busy_scheduler(config: &mut Config) {
    config.scheduler_tick = ms(20);
}

fn hosted(config: &mut Config) {
    config.standalone = false;
}

fn odd(period: u8, day: u8) -> Answer {
    Answer::json(
        200,
        format!(
            r#"{{"response":{{"storageType":4,"storageParams":{{"folderId":null}},"cronParams":{{"period":{period},"hour":3,"day":{day}}},"backupsStored":1,"dump":false}},"count":1}}"#
        ),
    )
}
