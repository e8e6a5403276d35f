//! Claims about following a restore.

use std::{iter::repeat_n, time::Duration};

use docspace_api::{ApiErrorKind, Denial, JobState, Scope};
use expect_test::expect;

use super::script::{after_start, check, completed, copy, empty, fails, job, key_dies, key_lives, running, trail};
use crate::{
    Limits, Restoration, RestoreOrder, RestoreSeen, RestoreStep,
    fixture::{OTHER, OURS, id},
};

#[test]
fn a_restore_is_started_once_followed_and_ends_with_a_dead_key() {
    let script = after_start([running(OURS, 0), running(OURS, 40), running(OURS, 75), completed(OURS), key_dies()]);
    check(
        copy(),
        script,
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 4s look, 4 times
        4s ask key
        4s => Completed; key Dead
    "#]],
    );
}

#[test]
fn in_mid_restore_no_answer_and_no_job_are_just_looks() {
    let closed = || fails(ApiErrorKind::Forbidden(Denial::PortalState));
    let gone = || fails(ApiErrorKind::NotFound);
    let looks =
        [running(OURS, 10), closed(), closed(), closed(), closed(), gone(), empty(), empty(), running(OURS, 75)];
    check(
        copy(),
        after_start(looks.into_iter().chain([completed(OURS), key_dies()])),
        expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 24s look, 10 times
        24s ask key
        24s => Completed; key Dead
    "#]],
    );
}

#[test]
fn fetching_a_large_copy_is_no_stall() {
    let limits = Limits { stall_timeout: Duration::from_secs(5), ..Limits::default() };
    let script = after_start(repeat_n(running(OURS, 0), 15).chain([completed(OURS), key_dies()]));
    expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 20s look, 16 times
        20s ask key
        20s => Completed; key Dead
    "#]]
    .assert_eq(&trail(copy(), limits, script));
    // But one that no worker takes up is.
    let created = || RestoreSeen::Slot(Ok(Some(job(OURS, 0, JobState::Created))));
    let script = after_start(repeat_n(created(), 5)).into_iter().chain(key_lives());
    expect![[r#"
        0s probe
        0s read history
        0s probe backups of Portal
        0s START
        1s to 5s look, 5 times
        5s ask key
        5s ask status
        5s => StillRunning because Stalled { percent: 0 }; key Alive; portal Active
    "#]]
    .assert_eq(&trail(copy(), limits, script));
}

#[test]
fn a_restore_that_runs_can_be_followed_without_starting_anything() {
    let attach = |task: Option<&str>| RestoreOrder::Attach { task: task.map(id), scope: Scope::Portal };
    check(
        attach(None),
        [running(OURS, 40), completed(OURS), key_dies()],
        expect![[r#"
        0s probe
        1s look
        1s ask key
        1s => Completed; key Dead
    "#]],
    );
    check(
        attach(Some(OURS)),
        [completed(OURS), key_dies()],
        expect![[r#"
        0s probe
        0s ask key
        0s => Completed; key Dead
    "#]],
    );
    check(
        attach(Some(OURS)),
        [running(OTHER, 40)],
        expect![[r#"
        0s probe
        0s => NotStarted because NoSuchTask(Some(TaskId("aaaaaaaa-0000-0000-0000-000000000001")))
    "#]],
    );
    check(
        attach(None),
        [empty()],
        expect![[r#"
        0s probe
        0s => NotStarted because NoSuchTask(None)
    "#]],
    );
}

#[test]
fn a_wait_that_a_sleeping_machine_made_long_is_no_stall() {
    let hour = Duration::from_secs(60 * 60);
    let mut restoration = Restoration::new(copy(), Limits::default());
    let mut now = Duration::ZERO;
    for seen in [RestoreSeen::Nothing].into_iter().chain(after_start([])) {
        restoration.step(seen, now);
    }
    now += hour;
    assert_eq!(restoration.step(RestoreSeen::Nothing, now).step, RestoreStep::Look);
    let step = restoration.step(running(OURS, 0), now).step;
    assert!(matches!(step, RestoreStep::Wait(_)), "{step:?}");
}
