//! Claims about the way to a job that is ours.

use expect_test::expect;

use super::*;

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
fn a_start_alone_ends_when_the_job_is_known() {
    let order = Order::Start {
        backup: backup(Scope::Portal),
        if_running: IfRunning::Fail,
        until: Until::Started,
        earlier: None,
    };
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
