//! One claim a test, from the probe to the verdict.

use expect_test::{Expect, expect};

use super::*;

fn check(order: Order, script: impl IntoIterator<Item = Seen>, expected: Expect) {
    expected.assert_eq(&trail(order, Limits::default(), script));
}

#[test]
fn a_backup_runs_from_start_to_history() {
    let script =
        [empty(), accepted(OURS), running(OURS, 40), running(OURS, 90), completed(OURS), listed(&[OTHER, OURS])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s wait 1s
                2s look
                2s wait 1s
                3s look
                3s read history
                3s => Completed
        "#]],
    );
}

#[test]
fn what_finished_yesterday_is_not_taken_for_ours() {
    let script = [completed(OTHER), accepted(OURS), completed(OURS), listed(&[OURS])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s => Completed
        "#]],
    );
}

#[test]
fn a_foreign_job_is_reported_as_busy() {
    check(
        start(IfRunning::Fail),
        [running(OTHER, 5)],
        expect![[r#"
                0s probe
                0s => Busy because Busy(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
        "#]],
    );
}

#[test]
fn a_foreign_job_is_joined_when_asked() {
    let script = [running(OTHER, 5), completed(OTHER), listed(&[OTHER])];
    check(
        start(IfRunning::Join),
        script,
        expect![[r#"
                0s probe
                0s wait 1s
                1s look
                1s read history
                1s => Completed
        "#]],
    );
}

#[test]
fn a_restore_is_never_joined() {
    let mut restore = at(OTHER, 5, JobState::Running).unwrap();
    restore.kind = JobKind::Restore;
    check(
        start(IfRunning::Join),
        [Seen::Slot(Ok(Some(restore)))],
        expect![[r#"
                0s probe
                0s => Busy because Busy(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
        "#]],
    );
}

#[test]
fn a_foreign_job_is_waited_for_when_asked() {
    let script = [running(OTHER, 5), completed(OTHER), accepted(OURS), completed(OURS), listed(&[OURS])];
    check(
        start(IfRunning::Wait),
        script,
        expect![[r#"
                0s probe
                0s wait 1s
                1s look
                1s START
                1s wait 1s
                2s look
                2s read history
                2s => Completed
        "#]],
    );
}

#[test]
fn a_start_answered_502_is_found_in_the_progress() {
    let doubt = Seen::Started(Err(failure(ApiErrorKind::Status(502))));
    let script = [empty(), doubt, empty(), running(OURS, 1), completed(OURS), listed(&[OURS])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
                0s probe
                0s START
                0s look
                0s wait 1s
                1s look
                1s wait 1s
                2s look
                2s read history
                2s => Completed; the start got no proper answer (status 502); the job that then appeared is taken for ours
        "#]],
    );
}

#[test]
fn a_start_that_never_took_effect_is_told_after_looking_long_enough() {
    let doubt = Seen::Started(Err(failure(ApiErrorKind::Interrupted)));
    let script = [completed(OTHER), doubt].into_iter().chain(std::iter::repeat_n(completed(OTHER), 11));
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
            0s probe
            0s START
            0s look
            0s wait 1s
            1s look
            1s wait 2s
            3s look
            3s wait 3s
            6s look
            6s wait 4s
            10s look
            10s wait 5s
            15s look
            15s wait 5s
            20s look
            20s wait 5s
            25s look
            25s wait 5s
            30s look
            30s wait 5s
            35s look
            35s wait 5s
            40s look
            40s => NotStarted because StartRefusedInDoubt(the connection broke)
        "#]],
    );
}

#[test]
fn an_error_that_the_application_answered_needs_but_a_moment() {
    let doubt = Seen::Started(Err(answered(ApiErrorKind::Status(500))));
    check(
        start(IfRunning::Fail),
        [empty(), doubt, empty(), empty(), empty()],
        expect![[r#"
                0s probe
                0s START
                0s look
                0s wait 1s
                1s look
                1s wait 2s
                3s look
                3s => NotStarted because StartRefusedInDoubt(status 500)
        "#]],
    );
}

#[test]
fn an_accepted_start_without_a_job_is_a_doubt() {
    let script = [empty(), Seen::Started(Ok(None)), running(OURS, 3), completed(OURS), listed(&[OURS])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
                0s probe
                0s START
                0s look
                0s wait 1s
                1s look
                1s read history
                1s => Completed; the start got no proper answer (cannot start the backup: the portal accepted it, but shows no job); the job that then appeared is taken for ours
        "#]],
    );
}

#[test]
fn a_refused_start_ends_the_run_at_once() {
    let refused = Seen::Started(Err(failure(ApiErrorKind::PaymentRequired)));
    check(
        start(IfRunning::Fail),
        [empty(), refused],
        expect![[r#"
                0s probe
                0s START
                0s => NotStarted because Portal(payment or quota (402))
        "#]],
    );
}

#[test]
fn a_portal_that_is_gone_after_the_start_leaves_the_outcome_unknown() {
    let gone = || Seen::Slot(Err(failure(ApiErrorKind::Unreachable)));
    let limits = Limits { stall_timeout: Duration::from_secs(20), ..Limits::default() };
    let script = [empty(), Seen::Started(Err(failure(ApiErrorKind::TimedOut)))];
    let script = script.into_iter().chain(std::iter::repeat_with(gone).take(6));
    expect![[r#"
        0s probe
        0s START
        0s look
        0s wait 2s
        2s look
        2s wait 2s
        4s look
        4s wait 4s
        8s look
        8s wait 8s
        16s look
        16s wait 15s
        31s look
        31s => Lost because StartUnknown(no answer in time)
    "#]]
    .assert_eq(&trail(start(IfRunning::Fail), limits, script));
}

#[test]
fn a_failed_look_is_just_another_look() {
    let broken = Seen::Slot(Err(failure(ApiErrorKind::Status(502))));
    let script = [empty(), accepted(OURS), broken, running(OURS, 10), completed(OURS), listed(&[OURS])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s wait 1s
                2s look
                2s wait 1s
                3s look
                3s read history
                3s => Completed
        "#]],
    );
}

#[test]
fn a_throttled_look_waits_as_long_as_asked() {
    let kind = ApiErrorKind::Throttled { retry_after: Some(Duration::from_secs(20)) };
    let script = [empty(), accepted(OURS), Seen::Slot(Err(failure(kind))), completed(OURS), listed(&[OURS])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
            0s probe
            0s START
            0s wait 1s
            1s look
            1s wait 20s
            21s look
            21s read history
            21s => Completed
        "#]],
    );
}

#[test]
fn a_refusal_counts_when_it_is_repeated() {
    let refused = || Seen::Slot(Err(failure(ApiErrorKind::Unauthenticated)));
    check(
        start(IfRunning::Fail),
        [empty(), accepted(OURS), refused(), refused(), refused()],
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s wait 1s
                2s look
                2s wait 1s
                3s look
                3s => StillRunning because Portal(the key is not accepted (401))
        "#]],
    );
}

#[test]
fn a_job_that_vanished_is_found_in_the_history() {
    let script = [empty(), accepted(OURS), running(OTHER, 3), listed(&[OURS])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s => Completed; the portal dropped the job before its end was seen; the history lists the copy
        "#]],
    );
}

#[test]
fn a_job_that_vanished_for_good_is_lost() {
    let script = [empty(), accepted(OURS), empty(), listed(&[OTHER])];
    let script = script.into_iter().chain(std::iter::repeat_with(empty).take(14)).chain([listed(&[])]);
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
            0s probe
            0s START
            0s wait 1s
            1s look
            1s read history
            1s wait 3s
            4s look
            4s wait 3s
            7s look
            7s wait 3s
            10s look
            10s wait 3s
            13s look
            13s wait 3s
            16s look
            16s wait 3s
            19s look
            19s wait 3s
            22s look
            22s wait 3s
            25s look
            25s wait 3s
            28s look
            28s wait 3s
            31s look
            31s wait 3s
            34s look
            34s wait 3s
            37s look
            37s wait 3s
            40s look
            40s wait 3s
            43s look
            43s read history
            43s => Lost because Vanished { history: None }
        "#]],
    );
}

#[test]
fn a_cancelled_job_that_reappears_is_told_as_cancelled() {
    let script =
        [empty(), accepted(OURS), empty(), listed(&[]), empty(), ended(OURS, JobState::Cancelled), listed(&[])];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s wait 3s
                4s look
                4s wait 3s
                7s look
                7s read history
                7s => Cancelled because Cancelled
        "#]],
    );
}

#[test]
fn a_failed_backup_tells_the_portals_reason() {
    let state = JobState::Failed { reason: "No space left".into() };
    check(
        start(IfRunning::Fail),
        [empty(), accepted(OURS), ended(OURS, state), listed(&[])],
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s => Failed because BackupFailed("No space left")
        "#]],
    );
}

#[test]
fn an_error_after_saving_is_no_loss() {
    let state = JobState::Failed { reason: "socket closed".into() };
    check(
        start(IfRunning::Fail),
        [empty(), accepted(OURS), ended(OURS, state), listed(&[OURS])],
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s => CompletedWithWarnings; the copy exists, but the portal reported an error after saving it: socket closed
        "#]],
    );
}

#[test]
fn files_left_out_are_a_warning() {
    let state = JobState::Completed { warning: Some("2 files".into()) };
    check(
        start(IfRunning::Fail),
        [empty(), accepted(OURS), ended(OURS, state), listed(&[OURS])],
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s => CompletedWithWarnings; the portal left files out: 2 files
        "#]],
    );
}

#[test]
fn a_completion_that_the_history_does_not_list_is_doubtful() {
    check(
        start(IfRunning::Fail),
        [empty(), accepted(OURS), completed(OURS), listed(&[])],
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s => CompletedWithWarnings; the portal says completed, but its history does not list this backup: the copy may be missing
        "#]],
    );
}

#[test]
fn a_completion_that_cannot_be_confirmed_is_doubtful() {
    let unpaid = Seen::History(Err(failure(ApiErrorKind::PaymentRequired)));
    check(
        start(IfRunning::Fail),
        [empty(), accepted(OURS), completed(OURS), unpaid],
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s read history
                1s => CompletedWithWarnings; the result could not be confirmed, because the history could not be read: payment or quota (402)
        "#]],
    );
}

#[test]
fn nothing_moving_is_a_stall() {
    let limits = Limits { stall_timeout: Duration::from_secs(5), ..Limits::default() };
    let script = [empty(), accepted(OURS)].into_iter().chain(std::iter::repeat_with(|| running(OURS, 40)).take(6));
    expect![[r#"
            0s probe
            0s START
            0s wait 1s
            1s look
            1s wait 1s
            2s look
            2s wait 1s
            3s look
            3s wait 1s
            4s look
            4s wait 1s
            5s look
            5s wait 1s
            6s look
            6s => StillRunning because Stalled { percent: 40 }
    "#]]
    .assert_eq(&trail(start(IfRunning::Fail), limits, script));
}

#[test]
fn resting_at_90_is_no_stall() {
    let limits = Limits { stall_timeout: Duration::from_secs(5), ..Limits::default() };
    let resting = std::iter::repeat_with(|| running(OURS, 90)).take(10);
    let script = [empty(), accepted(OURS)].into_iter().chain(resting).chain([completed(OURS), listed(&[OURS])]);
    assert!(trail(start(IfRunning::Fail), limits, script).ends_with("=> Completed\n"));
}

#[test]
fn a_dump_may_rest_at_0() {
    let limits = Limits { stall_timeout: Duration::from_secs(5), ..Limits::default() };
    let order = Order::Start { backup: backup(Scope::Server), if_running: IfRunning::Fail, until: Until::Ended };
    let resting = std::iter::repeat_with(|| running(OURS, 0)).take(10);
    let script = [empty(), accepted(OURS)].into_iter().chain(resting).chain([completed(OURS), listed(&[OURS])]);
    assert!(trail(order, limits, script).ends_with("=> Completed\n"));
}

#[test]
fn the_timeout_ends_the_waiting_not_the_backup() {
    let limits = Limits { timeout: Duration::from_secs(3), ..Limits::default() };
    let script = [empty(), accepted(OURS), running(OURS, 10), running(OURS, 20), running(OURS, 30)];
    expect![[r#"
            0s probe
            0s START
            0s wait 1s
            1s look
            1s wait 1s
            2s look
            2s wait 1s
            3s look
            3s => StillRunning because TimedOut
    "#]]
    .assert_eq(&trail(start(IfRunning::Fail), limits, script));
}

#[test]
fn a_probe_that_fails_starts_nothing() {
    check(
        start(IfRunning::Fail),
        [Seen::Slot(Err(failure(ApiErrorKind::Unresolved)))],
        expect![[r#"
                0s probe
                0s => NotStarted because Portal(the host name cannot be resolved)
        "#]],
    );
}

#[test]
fn stopping_says_what_goes_on() {
    check(
        start(IfRunning::Fail),
        [Seen::StopAsked],
        expect![[r#"
                0s probe
                0s => NotStarted because Interrupted
        "#]],
    );
    check(
        start(IfRunning::Fail),
        [empty(), accepted(OURS), Seen::StopAsked],
        expect![[r#"
                0s probe
                0s START
                0s wait 1s
                1s look
                1s => StillRunning because Interrupted
        "#]],
    );
    check(
        start(IfRunning::Wait),
        [running(OTHER, 3), Seen::StopAsked],
        expect![[r#"
                0s probe
                0s wait 1s
                1s look
                1s => Busy because Interrupted
        "#]],
    );
    let doubt = Seen::Started(Err(failure(ApiErrorKind::TimedOut)));
    check(
        start(IfRunning::Fail),
        [empty(), doubt, Seen::StopAsked],
        expect![[r#"
                0s probe
                0s START
                0s look
                0s => Lost because StartUnknown(no answer in time)
        "#]],
    );
}

#[test]
fn a_start_alone_ends_when_the_job_is_known() {
    let order = Order::Start { backup: backup(Scope::Portal), if_running: IfRunning::Fail, until: Until::Started };
    check(
        order,
        [empty(), accepted(OURS)],
        expect![[r#"
                0s probe
                0s START
                0s => StillRunning
        "#]],
    );
}

#[test]
fn waiting_takes_up_a_job_by_its_id() {
    check(
        attach(Some(OURS)),
        [running(OURS, 70), completed(OURS), listed(&[OURS])],
        expect![[r#"
                0s probe
                0s wait 1s
                1s look
                1s read history
                1s => Completed
        "#]],
    );
    check(
        attach(None),
        [completed(OURS), listed(&[OURS])],
        expect![[r#"
                0s probe
                0s read history
                0s => Completed
        "#]],
    );
}

#[test]
fn waiting_for_a_job_that_is_over_asks_the_history() {
    check(
        attach(Some(OURS)),
        [empty(), listed(&[OURS])],
        expect![[r#"
                0s probe
                0s read history
                0s => Completed
        "#]],
    );
    check(
        attach(Some(OURS)),
        [running(OTHER, 4), listed(&[OTHER])],
        expect![[r#"
                0s probe
                0s read history
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
fn a_copy_that_lies_elsewhere_than_ordered_is_a_warning() {
    let elsewhere = BackupRecord { storage: StorageType::DataStore, ..record(OURS) };
    let script = [empty(), accepted(OURS), completed(OURS), Seen::History(Ok(vec![elsewhere]))];
    check(
        start(IfRunning::Fail),
        script,
        expect![[r#"
            0s probe
            0s START
            0s wait 1s
            1s look
            1s read history
            1s => CompletedWithWarnings; the copy went to DataStore, not to Documents: perhaps another backup was running already; the copy is temporary: the portal deletes it 24 hours after it was made
    "#]],
    );
}
