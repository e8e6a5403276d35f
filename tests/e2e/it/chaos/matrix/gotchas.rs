//! The portal's 28 gotchas (contract §15), by their numbers, as far as run, start, wait and status meet them.
//!
//! Of the others, 11 (cancel) stands in `cancels`, 12 (restore) in `restores`, 14 (schedules) in `schedules`, 16 (deletion)
//! in `deletions`, 22 and 23 (addresses of files, listings of folders) in `listings`; here is what a cancel or a restore of
//! somebody else's does to a run.
//!
//! Not here: 10 (ranges) and the download of 6, which no command reaches yet; `docspace-api` has tests of its own for
//! downloads.

use mock_portal::{Answer, Caller, Config, Fault, JobPlan, Role, Scope, SlotJob, Trouble, Vanish};

use super::names::{History, Progress, RUN, Start, Version, hours, lasting, ms, on, slow};
use crate::chaos::scenario::{Fine, Scenario, row};

const COMPLETED: (&str, i32, usize, usize) = ("completed", 0, 1, 1);

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    vec![
        row("1: the key as people paste it works", RUN, Fine, COMPLETED),
        row("1: a key that is refused", RUN, Trouble::KeyRefused, ("not_started: unauthenticated", 4, 0, 0)),
        row("2: a foreign job holds the slot", RUN, foreign(600), ("busy: busy", 11, 0, 0)),
        row("2: a foreign job is joined", "run --folder 123 --if-running join", foreign(2), ("completed", 0, 0, 0)),
        row("2: a foreign job is waited for", "run --folder 123 --if-running wait", foreign(1), COMPLETED),
        row("2: a foreign dump leaves the other slot free", RUN, foreign(600).dump(), COMPLETED),
        row("2: start of a busy portal", "start --folder 123", foreign(600), ("busy: busy", 11, 0, 0)),
        row("3: failed, with status 2", RUN, JobPlan::fail("Disk full"), ("failed: backup_failed", 1, 1, 1)),
        row("3: status 1 for long after the success", RUN, JobPlan::succeed().settling(hours(1)), COMPLETED),
        row("3: status 4, not completed", RUN, JobPlan::die_early(), ("failed: backup_failed", 1, 1, 1)),
        row("3: no status at all (3.7.0)", RUN, slow(), COMPLETED).config(version("3.7.0")),
        row("3: no status at all, failed (3.6.0)", RUN, JobPlan::fail("no"), ("failed: backup_failed", 1, 1, 1)).config(version("3.6.0")),
        row("3: no status and no warning at all (3.5.0)", RUN, JobPlan::succeed().warning("hm"), COMPLETED).config(version("3.5.0")),
        row("4: an idle slot has no response", "status", Fine, ("backup_status", 0, 0, 0)),
        row("4: an empty history", "history", Fine, ("backup_history", 0, 0, 0)),
        row("4: nulls that are written out", RUN, on(Progress).answer(nulls()), COMPLETED),
        row("5: yesterday's job in the slot", RUN, SlotJob::finished(hours(20)), COMPLETED),
        row("5: yesterday's failure in the slot", RUN, SlotJob::new(JobPlan::fail("no"), hours(20)), COMPLETED),
        row("5: waiting finds yesterday's job", "wait", SlotJob::finished(hours(20)), ("completed", 0, 0, 0)),
        row("5: an answer with yesterday's job, the start had effect", RUN, on(Start).answer(yesterdays()).after_effect(), COMPLETED),
        row("6: a temporary copy", "run --storage temporary", Fine, COMPLETED),
        row("7: a frozen job", "run --folder 123 --stall-timeout 2s", JobPlan::freeze(37), ("still_running: stalled", 8, 1, 1)),
        row("7: a lost start event", "run --folder 123 --stall-timeout 2s", JobPlan::never_taken(), ("still_running: stalled", 8, 1, 1)),
        row("7: a frozen job of somebody else", RUN, SlotJob::new(JobPlan::freeze(37), hours(2)), ("busy: busy", 11, 0, 0)),
        row("8: no such folder", "run --folder 404", Fine, ("not_started: not_found", 10, 0, 1)),
        row("8: a folder of another type is never sent", "run --storage third-party-documents --folder 123", Fine, ("not_started: settings", 2, 0, 0)),
        row("8: local without a path is never sent", "run --storage local", Fine, ("not_started: settings", 2, 0, 0)),
        row("8: local at a hosted portal", "run --storage local --param filePath=/x", Fine, ("not_started: refused", 1, 0, 1)).config(hosted),
        row("9: an unsorted history with years 1", RUN, SlotJob::finished(hours(3)), COMPLETED),
        row("9: times with a Z and microseconds (PostgreSQL)", "history", on(History).answer(postgres()), ("backup_history", 0, 0, 0)),
        row("9: a record that the reading deletes", RUN, on(History).always().answer(json(r#"{"response":[],"count":0,"status":0,"statusCode":200}"#)), ("completed_with_warnings", 3, 1, 1)),
        row("11: cancelled, and it comes back", RUN, JobPlan::cancelled(50), ("cancelled: cancelled", 1, 1, 1)),
        row("11: cancelled for good", RUN, JobPlan::cancelled_for_good(30), ("lost: vanished", 17, 1, 1)),
        row("12: a restore holds the portal", RUN, Trouble::Restoring, ("not_started: forbidden", 4, 0, 0)),
        row("12: the restore begins while watching", RUN, restored(), ("still_running: unauthenticated", 4, 1, 1)),
        row("13: a success that turns into an error", RUN, JobPlan::late_error("no audit").settling(ms(1)), ("completed_with_warnings", 3, 1, 1)),
        row("13: a warning", RUN, JobPlan::succeed().warning("3 files"), ("completed_with_warnings", 3, 1, 1)),
        row("15: one 429 without Retry-After", RUN, on(Progress).answer(Answer::throttled(None)), COMPLETED),
        row("15: 429 with Retry-After", RUN, on(Progress).answer(Answer::throttled(Some("1"))), COMPLETED),
        row("15: 429 for a day", RUN, on(Progress).always().answer(Answer::throttled(Some("86400"))), ("not_started: throttled", 75, 0, 0)),
        row("15: 429 at the start is not sent again", RUN, on(Start).answer(Answer::throttled(Some("1"))), ("not_started: throttled", 75, 0, 1)),
        row("15: 429 for a minute while watching", "run --folder 123 --timeout 3s", on(Progress).nth(2).always().answer(Answer::throttled(Some("60"))), ("still_running: timed_out", 8, 1, 1)),
        row("17: resting at 90", "run --folder 123 --stall-timeout 1s", lasting(3500).curve(&[(0.0, 0), (0.05, 90), (1.0, 90)]), COMPLETED),
        row("17: a dump rests at 0", "run --storage temporary --dump --stall-timeout 1s", lasting(3500).curve(&[(0.0, 0), (0.95, 0), (1.0, 90)]), COMPLETED),
        row("17: waiting in the queue", RUN, lasting(2500).taken_after(ms(1500)), COMPLETED),
        row("18: the lock of the queue, first look", RUN, Trouble::QueueLocked, ("not_started: refused", 1, 0, 0)),
        row("18: a look that takes long", RUN, on(Progress).nth(2).delay(ms(1800)), COMPLETED).and(slow()),
        row("18: a start that takes long", RUN, on(Start).delay(ms(1800)), COMPLETED).and(slow()),
        row("19: an unpaid portal hides the history", RUN, Trouble::Unpaid, ("completed_with_warnings", 3, 1, 1)),
        row("19: unpaid, and the job vanishes", RUN, Trouble::Unpaid, ("lost: vanished", 17, 1, 1)).and(JobPlan::vanish(Vanish::WithRecord, 30)),
        row("20: free backups are spent", RUN, Trouble::BackupsSpent, ("not_started: payment_required", 13, 0, 1)).config(hosted),
        row("20: the storage is full", RUN, Trouble::StorageFull, ("not_started: payment_required", 13, 0, 1)),
        row("21: a name of any form", RUN, Fine, COMPLETED).config(|config| config.alias = "../../etc/x\u{202e}".to_owned()),
        row("24: a narrow key at the version", RUN, narrow(Scope::Narrow), ("not_started: forbidden", 4, 0, 0)),
        row("24: a key that may only read", RUN, narrow(Scope::ReadOnly), ("not_started: forbidden", 4, 0, 0)),
        row("24: a room admin's key", RUN, room_admin, ("not_started: forbidden", 4, 0, 0)),
        row("25: a foreign tongue and a stack trace", RUN, JobPlan::fail("Диск заполнен\n   at ASC.X() in /src/X.cs:line 1"), ("failed: backup_failed", 1, 1, 1)),
        row("26: a text as folder", "run --storage third-party-documents --folder sbox-1-backups", Fine, COMPLETED),
        row("26: ThridpartyDocuments as the portal spells it", "run --storage ThridpartyDocuments --folder sbox-1-backups", Fine, COMPLETED),
        row("27: a wrong host name with a key", RUN, on(Progress).always().answer(no_tenant()), ("not_started: refused", 1, 0, 0)),
        row("28: a version of three parts", RUN, Fine, COMPLETED).config(version("3.7.2")),
        row("28: a version that is none", RUN, on(Version).answer(json(r#"{"response":{"docSpace":"develop"},"count":1}"#)), COMPLETED),
    ]
}

fn foreign(seconds: u64) -> SlotJob {
    SlotJob::running_for(ms(seconds * 1000))
}

fn version(version: &'static str) -> impl FnOnce(&mut Config) {
    move |config| config.version = version.to_owned()
}

fn hosted(config: &mut Config) {
    config.standalone = false;
}

fn narrow(scope: Scope) -> impl Fn(&mock_portal::MockPortal) {
    move |portal| portal.set_caller(Caller { scope, ..Caller::default() })
}

fn room_admin(portal: &mock_portal::MockPortal) {
    portal.set_caller(Caller { role: Role::RoomAdmin, ..Caller::default() });
}

/// First every call is refused because of the portal's state, and then the key is dead.
fn restored() -> impl Fn(&mock_portal::MockPortal) {
    |portal| {
        portal.inject(Fault::on(Progress).nth(2).answer(Answer::problem(403)));
        portal.inject(Fault::on(Progress).nth(3).always().status(401));
        portal.plan_every_job(lasting(60_000));
    }
}

fn json(text: &str) -> Answer {
    Answer::json(200, text)
}

fn nulls() -> Answer {
    json(r#"{"response":null,"count":0,"total":null,"links":null,"status":0,"statusCode":200}"#)
}

fn yesterdays() -> Answer {
    json(
        r#"{"response":{"isCompleted":true,"progress":100,"error":"","link":"","tenantId":1,"backupProgressEnum":0,"status":2},"count":1,"status":0,"statusCode":200}"#,
    )
}

fn postgres() -> Answer {
    json(
        r#"{"response":[{"id":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","fileName":"a.tar.gz","storageType":0,"createdOn":"2026-07-29T10:15:31.123456Z","expiresOn":"0001-01-01T00:00:00"}],"count":1,"status":0,"statusCode":200}"#,
    )
}

fn no_tenant() -> Answer {
    Answer::exception(500, "System.Exception", "Could not resolve current tenant :-(.")
}
