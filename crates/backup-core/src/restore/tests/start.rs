//! Claims about the way to a restore that is ours.

use std::{iter::repeat_n, time::Duration};

use docspace_api::{
    ApiErrorKind, BackupRecord, Denial, JobState, NotifyUsers, RestoreSource, Scope, StartRestore, StorageType,
    TenantStatus,
};
use expect_test::expect;

use super::script::{
    COPY, accepted, check, completed, copy, empty, fails, free, in_status, key_dies, key_lives, listed, no_backup,
    put_back, running,
};
use crate::{
    Event, Limits, Restoration, RestoreOrder, RestoreSeen, RestoreStep,
    fixture::{OTHER, OURS, answered, at, failure, id, record},
};

#[test]
fn what_the_history_does_not_list_is_not_put_back() {
    check(
        copy(),
        [empty(), listed(&[OTHER])],
        expect![[r#"
        0s probe
        0s read history
        0s => NotStarted because NoSuchTask(Some(TaskId("cccccccc-0000-0000-0000-000000000003")))
    "#]],
    );
    let unpaid = RestoreSeen::History(Err(failure(ApiErrorKind::PaymentRequired)));
    check(
        copy(),
        [empty(), unpaid],
        expect![[r#"
        0s probe
        0s read history
        0s => NotStarted because Portal(payment or quota (402))
    "#]],
    );
}

#[test]
fn a_file_has_no_record_to_look_up() {
    let source = RestoreSource::DocumentsFile { file: 555 };
    let order = StartRestore { source, notify_users: NotifyUsers::No, scope: Scope::Portal };
    check(
        RestoreOrder::Start(order),
        [empty(), no_backup(), accepted(), completed(OURS), key_dies()],
        expect![[r#"
        0s probe
        0s probe backups of Portal
        0s START
        1s look
        1s ask key
        1s => Completed; key Dead
    "#]],
    );
}

#[test]
fn a_running_restore_or_backup_forbids_to_start() {
    check(
        copy(),
        [running(OTHER, 5)],
        expect![[r#"
        0s probe
        0s => Busy because Busy(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
    let backup = || RestoreSeen::Backups(Ok(at(OTHER, 5, JobState::Running)));
    check(
        copy(),
        [empty(), listed(&[COPY]), backup()],
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s => Busy because Busy(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
    // A restore of the whole server would end the backup of a portal, too.
    check(
        put_back(Scope::Server),
        [empty(), listed(&[COPY]), no_backup(), backup()],
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Server
        0s probe backups of Portal
        0s => Busy because Busy(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
}

#[test]
fn a_portal_that_cannot_be_asked_is_not_sent_a_start() {
    check(
        copy(),
        [fails(ApiErrorKind::Unreachable)],
        expect![[r#"
        0s probe
        0s => NotStarted because Portal(no connection to the portal)
    "#]],
    );
    let refused = RestoreSeen::Backups(Err(failure(ApiErrorKind::Forbidden(Denial::Role))));
    check(
        copy(),
        [empty(), listed(&[COPY]), refused],
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s => NotStarted because Portal(not allowed (403): the role of the key's owner does not allow it, or the portal forbids it)
    "#]],
    );
}

#[test]
fn a_refused_start_changes_nothing() {
    let refused = RestoreSeen::Started(Err(failure(ApiErrorKind::PaymentRequired)));
    check(
        copy(),
        free().into_iter().chain([refused]),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s => NotStarted because Portal(payment or quota (402))
    "#]],
    );
}

#[test]
fn yesterdays_restore_is_not_taken_for_ours() {
    let script = [completed(OTHER), listed(&[COPY]), no_backup(), RestoreSeen::Started(Ok(None))];
    check(
        copy(),
        script.into_iter().chain([completed(OTHER), running(OURS, 5), completed(OURS), key_dies()]),
        expect![[r#"
            0s probe
            0s read history
            0s probe backups of Portal
            0s START
            0s to 2s look, 3 times
            2s ask key
            2s => Completed; the start got no proper answer (cannot start the restore: the portal accepted it, but shows no job); the job that then appeared is taken for ours; key Dead
        "#]],
    );
}

#[test]
fn a_backup_that_the_start_shows_is_not_our_restore() {
    let backup = RestoreSeen::Started(Ok(at(OTHER, 3, JobState::Running)));
    let looks = repeat_n(empty(), 11);
    check(
        copy(),
        free().into_iter().chain([backup]).chain(looks).chain(key_lives()),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s to 40s look, 11 times
        40s ask key
        40s ask status
        40s => NotStarted because StartRefusedInDoubt(cannot start the restore: the portal accepted it, but shows no job); key Alive; portal Active
    "#]],
    );
}

#[test]
fn a_start_in_doubt_is_looked_for_and_never_sent_again() {
    let doubt = || RestoreSeen::Started(Err(failure(ApiErrorKind::Interrupted)));
    let found = [doubt(), empty(), running(OURS, 3), completed(OURS), key_dies()];
    check(
        copy(),
        free().into_iter().chain(found),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s to 2s look, 3 times
        2s ask key
        2s => Completed; the start got no proper answer (the connection broke); the job that then appeared is taken for ours; key Dead
    "#]],
    );
    let never = || free().into_iter().chain([doubt()]).chain(repeat_n(empty(), 11));
    check(
        copy(),
        never().chain(key_lives()),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s to 40s look, 11 times
        40s ask key
        40s ask status
        40s => NotStarted because StartRefusedInDoubt(the connection broke); key Alive; portal Active
    "#]],
    );
    // A portal that has changed was restored by somebody, and by whom nobody knows.
    check(
        copy(),
        never().chain([key_dies()]),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s to 40s look, 11 times
        40s ask key
        40s => Lost because StartUnknown(the connection broke); key Dead
    "#]],
    );
    check(
        copy(),
        never().chain(in_status(TenantStatus::Restoring)),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s to 40s look, 11 times
        40s ask key
        40s ask status
        40s => Lost because StartUnknown(the connection broke); key Alive; portal Restoring
    "#]],
    );
}

#[test]
fn an_error_of_the_application_is_doubted_for_a_moment_only() {
    let error = RestoreSeen::Started(Err(answered(ApiErrorKind::Status(500))));
    let script = free().into_iter().chain([error]).chain(repeat_n(empty(), 3));
    check(
        copy(),
        script.chain(key_lives()),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s to 3s look, 3 times
        3s ask key
        3s ask status
        3s => NotStarted because StartRefusedInDoubt(status 500); key Alive; portal Active
    "#]],
    );
}

#[test]
fn where_the_copy_lies_is_the_historys_to_know() {
    let elsewhere = BackupRecord { storage: StorageType::DataStore, ..record(COPY) };
    let mut restoration = Restoration::new(copy(), Limits::default());
    for seen in [RestoreSeen::Nothing, empty(), RestoreSeen::History(Ok(vec![elsewhere]))] {
        restoration.step(seen, Duration::ZERO);
    }
    let turn = restoration.step(no_backup(), Duration::ZERO);
    let RestoreStep::Start(order) = turn.step else { panic!("{turn:?}") };
    assert_eq!(order.source, RestoreSource::Backup { id: id(COPY), storage: StorageType::DataStore });
    assert_eq!(turn.event, Some(Event::Starting { previous: None }));
}
