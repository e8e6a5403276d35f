//! Claims about how a restore ends, and what is found afterwards.

use std::{iter::repeat_n, time::Duration};

use docspace_api::{ApiErrorKind, JobState, TenantStatus};
use expect_test::expect;

use super::script::{
    COPY, after_start, check, completed, copy, empty, ended, fails, free, in_status, key_dies, key_lives, listed,
    running, trail,
};
use crate::{
    Limits, RestoreSeen,
    fixture::{OTHER, OURS, failure},
};

#[test]
fn a_key_that_survives_is_asked_for_the_state_of_the_portal() {
    let script = after_start([completed(OURS)]).into_iter().chain(key_lives());
    check(
        copy(),
        script,
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s look
        1s ask key
        1s ask status
        1s => Completed; key Alive; portal Active
    "#]],
    );
}

#[test]
fn a_portal_that_stays_closed_is_told() {
    let failed = || JobState::Failed { reason: "backup file is invalid".into() };
    let script = after_start([ended(OURS, failed())]).into_iter();
    check(
        copy(),
        script.chain(in_status(TenantStatus::Restoring)),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s look
        1s ask key
        1s ask status
        1s => Failed because BackupFailed("backup file is invalid"); key Alive; portal Restoring
    "#]],
    );
}

#[test]
fn a_restore_that_never_shows_up_again_is_lost() {
    let limits = Limits { stall_timeout: Duration::from_secs(20), ..Limits::default() };
    let script = after_start([running(OURS, 10)].into_iter().chain(repeat_n(empty(), 16)).chain([key_dies()]));
    expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 22s look, 17 times
        22s ask key
        22s => Lost because Vanished { history: None }; key Dead
    "#]]
    .assert_eq(&trail(copy(), limits, script));
}

#[test]
fn another_restore_in_the_slot_means_that_ours_does_not_come_back() {
    let script = after_start([running(OURS, 10)].into_iter().chain(repeat_n(running(OTHER, 1), 26)));
    check(
        copy(),
        script.into_iter().chain(key_lives()),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 42s look, 27 times
        42s ask key
        42s ask status
        42s => Lost because Vanished { history: None }; key Alive; portal Active
    "#]],
    );
}

#[test]
fn a_restore_that_freezes_is_told_with_the_state_of_the_portal() {
    let limits = Limits { stall_timeout: Duration::from_secs(20), ..Limits::default() };
    let script = after_start(repeat_n(running(OURS, 40), 17)).into_iter().chain(in_status(TenantStatus::Restoring));
    expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 22s look, 17 times
        22s ask key
        22s ask status
        22s => StillRunning because Stalled { percent: 40 }; key Alive; portal Restoring
    "#]]
    .assert_eq(&trail(copy(), limits, script));
}

#[test]
fn a_portal_that_is_down_for_too_long_ends_the_waiting() {
    let limits = Limits { stall_timeout: Duration::from_secs(20), ..Limits::default() };
    let script = after_start([running(OURS, 40)].into_iter().chain(repeat_n(fails(ApiErrorKind::Unreachable), 7)));
    expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 33s look, 8 times
        33s => StillRunning because Portal(no connection to the portal)
    "#]]
    .assert_eq(&trail(copy(), limits, script));
}

#[test]
fn time_and_stopping_end_the_waiting_not_the_restore() {
    let limits = Limits { timeout: Duration::from_secs(3), ..Limits::default() };
    let script = after_start([running(OURS, 5), running(OURS, 15), running(OURS, 25)]);
    expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 3s look, 3 times
        3s => StillRunning because TimedOut
    "#]]
    .assert_eq(&trail(copy(), limits, script));
    check(
        copy(),
        after_start([RestoreSeen::StopAsked]),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s look
        1s => StillRunning because Interrupted
    "#]],
    );
    check(
        copy(),
        [empty(), listed(&[COPY]), RestoreSeen::StopAsked],
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s => NotStarted because Interrupted
    "#]],
    );
    let doubt = RestoreSeen::Started(Err(failure(ApiErrorKind::TimedOut)));
    check(
        copy(),
        free().into_iter().chain([doubt, RestoreSeen::StopAsked]),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        0s look
        0s => Lost because StartUnknown(no answer in time)
    "#]],
    );
    // What is known already is kept.
    check(
        copy(),
        after_start([completed(OURS), RestoreSeen::StopAsked]),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s look
        1s ask key
        1s => Completed
    "#]],
    );
}
