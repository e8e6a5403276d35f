//! Deletions (gotcha 16): what somebody was shown and nothing else, each sent once, and the portal's word doubted.

use mock_portal::{Answer, Caller, Fault, MockPortal, Operation, Record, Role, Scope, SlotJob, Trouble};

use super::names::{History, ms, on};
use crate::chaos::scenario::{Act, Ends, Fine, IntoSetUp, Moment::Called, Scenario, acts};

use Operation::DeleteBackup;

const OLD: &str = "ffffffff-0c55-4f3b-9f38-4a4a0f0d7e11";
const NEW: &str = "00000000-0c55-4f3b-9f38-4a4a0f0d7e11";
const DUMP: &str = "11111111-0c55-4f3b-9f38-4a4a0f0d7e11";
const ANOTHER: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";

/// A deletion of one of the two copies.
pub(super) const DELETE: &str = "delete ffffffff-0c55-4f3b-9f38-4a4a0f0d7e11 --yes";
const UNKNOWN: &str = "delete 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --yes";
const ALL: &str = "delete --all --yes";

pub(super) const DONE: Ends = ("backup_deletion", 0, 0, 0);
const NO_SUCH: Ends = ("error: no_such_backup", 10, 0, 0);
const FORBIDDEN: Ends = ("backup_deletion: forbidden", 4, 0, 0);

/// What became of the first backup of the account.
pub(super) const RESULT: &str = "/backups/0/result";
const SECOND: &str = "/backups/1/result";

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    vec![
        some("16: a copy", DELETE, Fine, DONE, "delete 1/1").tells(RESULT, "deleted").leaves("the others", |portal| portal.records().len() == 2),
        some("16: an id that nobody knows", UNKNOWN, Fine, NO_SUCH, ""),
        some("16: the id of another portal", UNKNOWN, |portal: &MockPortal| portal.add_foreign_backup(ANOTHER), NO_SUCH, ""),
        some("16: a dump, taken for a backup", "delete 11111111-0c55-4f3b-9f38-4a4a0f0d7e11 --yes", Fine, NO_SUCH, ""),
        some("16: a dump", "delete 11111111-0c55-4f3b-9f38-4a4a0f0d7e11 --dump --yes", Fine, DONE, "delete 1/1"),
        some("16: a good id beside an unknown one", "delete ffffffff-0c55-4f3b-9f38-4a4a0f0d7e11 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --yes", Fine, NO_SUCH, ""),
        several("16: deleted a second time", vec![Act::Run(DELETE), Act::Run(DELETE)], Fine, NO_SUCH, "delete 1/1"),
        some("16: a record that the reading drops", UNKNOWN, Record { readable: false, ..record(ANOTHER) }, NO_SUCH, ""),
        some("16: a job that runs", UNKNOWN, SlotJob::running_for(ms(600_000)).task_id(ANOTHER), ("error: not_made_yet", 10, 0, 0), ""),
        some("16: all of them", ALL, Fine, DONE, "delete 2/2").tells("/deleted", "2").leaves("the dump", |portal| portal.records().len() == 1),
        acts("16: all of none", vec![Act::Run(ALL)], Fine, DONE),
        several("16: all, and a copy is made meanwhile", vec![Act::Meanwhile(ALL, Called(History, 1), another)], on(History).delay(ms(300)), DONE, "delete 2/2").leaves("the new copy", |portal| portal.records().len() == 2),
        several("16: all, and somebody else deletes one meanwhile", vec![Act::Meanwhile(ALL, Called(History, 1), lose_one)], on(History).delay(ms(300)), DONE, "delete 2/2").tells("/deleted", "2"),
        some("16: the first fails, the second goes", ALL, on(DeleteBackup).answer(io()), ("backup_deletion: not_all_deleted", 1, 0, 0), "delete 1/2").tells(RESULT, "failed").tells(SECOND, "deleted"),
        some("16: its file cannot be deleted", DELETE, on(DeleteBackup).answer(io()).after_effect(), ("backup_deletion: file_left", 1, 0, 0), "delete 1/1").tells(RESULT, "record_deleted"),
        some("16: the portal says yes and keeps it", DELETE, on(DeleteBackup).answer(yes()), ("backup_deletion: still_listed", 1, 0, 0), "delete 0/1").tells(RESULT, "still_listed"),
        some("16: the history is not readable any more", DELETE, on(History).nth(2).always().answer(Answer::gateway(502)), ("backup_deletion", 3, 0, 0), "delete 1/1").tells(RESULT, "unconfirmed"),
        some("16: a key that may only read", DELETE, caller(Caller { scope: Scope::ReadOnly, ..Caller::default() }), FORBIDDEN, "delete 0/1"),
        some("16: a room admin's key", DELETE, caller(Caller { role: Role::RoomAdmin, ..Caller::default() }), ("error: forbidden", 4, 0, 0), ""),
        some("16: an unpaid portal", DELETE, Trouble::Unpaid, ("error: payment_required", 13, 0, 0), ""),
        some("16: unpaid from now on", DELETE, on(DeleteBackup).always().answer(Answer::problem(402)), ("backup_deletion: payment_required", 13, 0, 0), "delete 0/1"),
        some("16: nobody has agreed", "delete --all", Fine, ("error: consent_needed", 2, 0, 0), ""),
        some("16: a dry run", "delete --all --dry-run", Fine, DONE, "").tells(RESULT, "planned"),
        several("16: killed within the first of two, run again", vec![killed(), Act::Run(ALL)], hanging().after_effect(), DONE, "delete 2/2").leaves("the dump", |portal| portal.records().len() == 1),
        several("16: killed before the first of two had effect, run again", vec![killed(), Act::Run(ALL)], hanging(), DONE, "delete 2/3"),
    ]
}

/// A portal with two copies and a dump.
pub(super) fn stocked(scenario: Scenario) -> Scenario {
    let newer = Record { created_on: time(2), ..record(NEW) };
    scenario.and(record(OLD)).and(newer).and(Record { dump: true, ..record(DUMP) })
}

fn some(name: &str, line: &'static str, set_up: impl IntoSetUp, ends: Ends, changed: &'static str) -> Scenario {
    several(name, vec![Act::Run(line)], set_up, ends, changed)
}

fn several(name: &str, all: Vec<Act>, set_up: impl IntoSetUp, ends: Ends, changed: &'static str) -> Scenario {
    stocked(acts(name, all, set_up, ends)).changed(changed)
}

fn record(id: &str) -> Record {
    Record { id: id.to_owned(), ..Record::new(format!("{}.tar.gz", &id[..4]), time(1)) }
}

fn time(day: i64) -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * (365 * 56 + day))
}

fn another(portal: &MockPortal) {
    portal.add_record(record(ANOTHER));
}

fn lose_one(portal: &MockPortal) {
    assert!(portal.remove_file("0000.tar.gz"), "a copy of that name is there");
}

fn killed() -> Act {
    Act::Kill(ALL, Called(DeleteBackup, 1))
}

fn hanging() -> Fault {
    on(DeleteBackup).hang()
}

fn caller(caller: Caller) -> impl Fn(&MockPortal) {
    move |portal| portal.set_caller(caller.clone())
}

fn io() -> Answer {
    Answer::exception(500, "System.IO.IOException", "The disk is gone")
}

fn yes() -> Answer {
    Answer::json(200, r#"{"response":true,"count":1,"status":0,"statusCode":200}"#)
}
