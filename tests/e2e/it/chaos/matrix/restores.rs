//! Restores (gotcha 12): started once, looked at without the key, and told with what they leave behind.

use mock_portal::{Answer, Config, DEMO_KEY, JobPlan, MockPortal, Operation, Record, SlotJob, Trouble, Vanish};

use super::names::{Start, lasting, ms, on};
use crate::chaos::scenario::{Act, Ends, Fine, IntoSetUp, Moment::Called, Scenario, acts};

use Operation::{RestoreProgress, StartRestore};

/// The copy that is put back, and another one that dumps.
const COPY: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";
const DUMP: &str = "11111111-0c55-4f3b-9f38-4a4a0f0d7e11";

/// A restore that everybody has agreed to, without a backup first.
pub(super) const RESTORE: &str =
    "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme --timeout 10s";
const SHORT: &str =
    "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme --timeout 2s --stall-timeout 1s";
const IMPATIENT: &str = "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme --timeout 20s --stall-timeout 1s";
const WITH_BACKUP: &str =
    "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --folder 123 --yes --portal-name Acme --timeout 10s";
const FOLLOW: &str = "restore --follow --timeout 10s";

pub(super) const DONE: Ends = ("completed", 0, 0, 0);
const ONCE: &str = "restore 1/1";

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    let own = || Act::Run(RESTORE);
    vec![
        one("12: the key dies, and that is told", RESTORE, Fine, DONE).tells("/api_key", "dead").leaves("the portal is in service", |portal| !portal.is_restoring()),
        one("12: the ids are new", RESTORE, Fine, DONE).leaves("the old id is unknown", |portal| portal.records().iter().all(|record| record.id != COPY)),
        some("12: the dead key is refused afterwards", vec![own(), own()], Fine, ("error: unauthenticated", 4, 0, 0)).changed(ONCE),
        one("12: a dump leaves the key alive", "restore 11111111-0c55-4f3b-9f38-4a4a0f0d7e11 --dump --no-backup --yes --portal-name Acme", Fine, DONE).tells("/api_key", "alive"),
        one("12: a fresh backup comes first", WITH_BACKUP, Fine, ("completed", 0, 1, 1)),
        none("12: the fresh backup fails", WITH_BACKUP, JobPlan::fail("no"), ("error: no_fresh_backup", 1, 1, 1)),
        none("12: the fresh backup is frozen", "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --folder 123 --yes --portal-name Acme --timeout 2s", JobPlan::freeze(40), ("error: no_fresh_backup", 8, 1, 1)),
        none("12: the fresh backup vanishes", WITH_BACKUP, JobPlan::vanish(Vanish::WithoutRecord, 30), ("error: no_fresh_backup", 17, 1, 1)),
        none("12: the fresh backup is refused", WITH_BACKUP, on(Start).answer(denied()), ("error: no_fresh_backup", 4, 0, 1)),
        one("12: the fresh backup's answer is lost", WITH_BACKUP, on(Start).reset().after_effect(), ("completed", 0, 1, 1)),
        one("12: 403 to every other look", RESTORE, lasting_restore, DONE).and(looks(2, 3).answer(Answer::problem(403))),
        one("12: 404 in passing", RESTORE, lasting_restore, DONE).and(looks(2, 3).answer(Answer::empty(404))),
        one("12: an empty slot in passing", RESTORE, lasting_restore, DONE).and(looks(2, 3).answer(empty())),
        one("12: 401 for ever while watching", IMPATIENT, lasting_restore, ("still_running: unauthenticated", 4, 0, 0)).and(on(RestoreProgress).nth(2).always().status(401)),
        one("12: no look succeeds any more", IMPATIENT, lasting_restore, ("still_running: portal_error", 75, 0, 0)).and(on(RestoreProgress).nth(2).always().answer(Answer::gateway(502))),
        one("12: a crash in mid-restore", "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme --stall-timeout 2s", |portal: &MockPortal| portal.plan_next_restore(JobPlan::freeze(40)), ("still_running: stalled", 8, 0, 0)).leaves("the portal is closed", MockPortal::is_restoring),
        one("12: a lost start event", IMPATIENT, |portal: &MockPortal| portal.plan_next_restore(JobPlan::never_taken()), ("still_running: stalled", 8, 0, 0)),
        one("12: it fails", RESTORE, |portal: &MockPortal| portal.plan_next_restore(JobPlan::fail("backup file is invalid").at_percent(40)), ("failed: restore_failed", 1, 0, 0)).tells("/api_key", "alive"),
        one("12: it fails, and the portal repeats the key", RESTORE, |portal: &MockPortal| portal.plan_next_restore(JobPlan::fail(DEMO_KEY)), ("failed: restore_failed", 1, 0, 0)),
        one("12: it dies early", RESTORE, |portal: &MockPortal| portal.plan_next_restore(JobPlan::die_early()), ("failed: restore_failed", 1, 0, 0)),
        one("12: it vanishes for good", "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme --stall-timeout 2s", |portal: &MockPortal| portal.plan_next_restore(JobPlan::vanish(Vanish::WithoutRecord, 40)), ("lost: vanished", 17, 0, 0)),
        none("12: a backup holds the portal", RESTORE, SlotJob::running_for(ms(600_000)), ("busy: busy", 11, 0, 0)),
        some("12: another restore holds the portal", vec![Act::Run(SHORT), own()], |portal: &MockPortal| portal.plan_next_restore(JobPlan::never_taken()), ("busy: busy", 11, 0, 0)).changed(ONCE),
        some("12: another restore has closed the portal", vec![Act::Run(SHORT), own()], |portal: &MockPortal| portal.plan_next_restore(JobPlan::freeze(40)), ("error: forbidden", 4, 0, 0)).changed(ONCE).says("try again when that is over"),
        none("12: the page for restores is hidden", RESTORE, Trouble::RestoreHidden, ("not_started: forbidden", 4, 0, 0)).changed("restore 0/1"),
        none("12: the plan has no restore", RESTORE, Trouble::RestoreNotInPlan, ("not_started: payment_required", 13, 0, 0)).config(hosted).changed("restore 0/1"),
        none("12: an unpaid portal", RESTORE, Trouble::Unpaid, ("error: payment_required", 13, 0, 0)),
        none("12: the portal is being restored already", RESTORE, Trouble::Restoring, ("error: forbidden", 4, 0, 0)),
        one("12: a file of the documents", "restore --file 1001 --no-backup --yes --portal-name Acme --timeout 10s", Fine, DONE),
        none("12: a file that nobody knows", "restore --file 4711 --no-backup --yes --portal-name Acme --timeout 10s", Fine, ("not_started: not_found", 10, 0, 0)).changed("restore 0/1"),
        none("12: an id that nobody knows", "restore 22222222-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme", Fine, ("error: no_such_backup", 10, 0, 0)),
        none("12: the id of another portal", "restore 22222222-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme", |portal: &MockPortal| portal.add_foreign_backup("22222222-0c55-4f3b-9f38-4a4a0f0d7e11"), ("error: no_such_backup", 10, 0, 0)),
        none("12: a dump, taken for a backup", "restore 11111111-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme", Fine, ("error: other_kind", 10, 0, 0)),
        some("12: twice at the same moment", vec![Act::Twice(IMPATIENT)], |portal: &MockPortal| portal.plan_next_restore(JobPlan::never_taken()), ("busy: busy", 11, 0, 0)).changed(ONCE),
        none("12: the fresh backup is incomplete", WITH_BACKUP, JobPlan::succeed().warning("3 files"), ("error: no_fresh_backup", 1, 1, 1)),
        some("12: killed while watching, followed to its end", vec![Act::Kill(RESTORE, Called(RestoreProgress, 3)), Act::Run(FOLLOW)], lasting_restore, DONE).changed(ONCE).tells("/joined", "true"),
        some("12: killed at the start, followed to its end", vec![Act::Kill(RESTORE, Called(StartRestore, 1)), Act::Run(FOLLOW)], on(StartRestore).hang().after_effect(), DONE).changed(ONCE).tells("/api_key", "dead"),
        some("12: killed before the start, nothing to follow", vec![Act::Kill(RESTORE, Called(RestoreProgress, 1)), Act::Run(FOLLOW)], on(RestoreProgress).hang(), ("not_started: no_such_task", 10, 0, 0)),
        some("12: followed long after its end", vec![own(), Act::Run(FOLLOW)], Fine, DONE).changed(ONCE).tells("/api_key", "dead"),
        none("12: another name than the portal's", "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Beta", Fine, ("error: other_portal", 2, 0, 0)),
        none("12: nobody has agreed", "restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup", Fine, ("error: consent_needed", 2, 0, 0)),
    ]
}

/// A portal called Acme that lists a copy and a dump.
pub(super) fn acme(scenario: Scenario) -> Scenario {
    let record = |id: &str| Record { id: id.to_owned(), ..Record::new(format!("{}.tar.gz", &id[..4]), time()) };
    let scenario = scenario.config(|config| config.name = "Acme".to_owned());
    scenario.and(record(COPY)).and(Record { dump: true, ..record(DUMP) })
}

fn time() -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 365 * 56)
}

/// One that begins exactly once.
fn one(name: &str, line: &'static str, set_up: impl IntoSetUp, ends: Ends) -> Scenario {
    none(name, line, set_up, ends).changed(ONCE)
}

fn none(name: &str, line: &'static str, set_up: impl IntoSetUp, ends: Ends) -> Scenario {
    some(name, vec![Act::Run(line)], set_up, ends)
}

fn some(name: &str, all: Vec<Act>, set_up: impl IntoSetUp, ends: Ends) -> Scenario {
    acme(acts(name, all, set_up, ends))
}

/// A restore that is looked at several times.
pub(super) fn lasting_restore(portal: &MockPortal) {
    portal.plan_next_restore(lasting(2500));
}

fn looks(first: usize, times: usize) -> mock_portal::Fault {
    on(RestoreProgress).nth(first).times(times)
}

fn hosted(config: &mut Config) {
    config.standalone = false;
}

fn denied() -> Answer {
    Answer::exception(403, "System.Security.SecurityException", "Access denied")
}

fn empty() -> Answer {
    Answer::json(200, r#"{"count":0,"links":[],"status":0,"statusCode":200}"#)
}
