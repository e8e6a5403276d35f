//! What calls changed at a portal besides starting backups.

use mock_portal::{MockPortal, Operation};

/// Each kind of change of which there was one: `restore 1/1` is one that began and one that was sent. Of a cancel and of
/// the removal of a schedule only the sending is counted.
pub(super) fn changes(portal: &MockPortal) -> String {
    let sent = |operation| portal.calls_of(operation).len();
    let pairs = [
        ("restore", portal.restores(), sent(Operation::StartRestore)),
        ("delete", portal.deleted().len(), sent(Operation::DeleteBackup)),
        ("schedule", portal.schedule_writes(), sent(Operation::CreateSchedule)),
    ];
    let pairs = pairs.into_iter().filter(|pair| (pair.1, pair.2) != (0, 0));
    let pairs = pairs.map(|(what, done, sent)| format!("{what} {done}/{sent}"));
    let calls = [
        ("cancel", sent(Operation::Cancel)),
        ("unschedule", sent(Operation::DeleteSchedule)),
        ("delete all", sent(Operation::DeleteHistory)),
    ];
    let calls = calls.into_iter().filter(|(_, sent)| *sent > 0).map(|(what, sent)| format!("{what} {sent}"));
    pairs.chain(calls).collect::<Vec<_>>().join(", ")
}
