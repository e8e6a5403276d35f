//! Claims about following our job.

use expect_test::expect;

use super::*;

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
fn the_first_throttled_look_after_other_failures_waits_but_a_moment() {
    let failed = |kind| Seen::Slot(Err(failure(kind)));
    let throttled = || failed(ApiErrorKind::Throttled { retry_after: None });
    let script = [
        empty(),
        accepted(OURS),
        failed(ApiErrorKind::Status(502)),
        failed(ApiErrorKind::Interrupted),
        failed(ApiErrorKind::TimedOut),
        throttled(),
        throttled(),
        completed(OURS),
        listed(&[OURS]),
    ];
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
        3s wait 2s
        5s look
        5s wait 5s
        10s look
        10s wait 10s
        20s look
        20s read history
        20s => Completed
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
    let order =
        Order::Start { backup: backup(Scope::Server), if_running: IfRunning::Fail, until: Until::Ended, earlier: None };
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
fn an_hour_of_sleep_is_neither_a_stall_nor_an_outage() {
    let mut run = Run::new(start(IfRunning::Fail), Limits::default());
    let hour = Duration::from_secs(3600);
    run.step(Seen::Nothing, Duration::ZERO);
    run.step(empty(), Duration::ZERO);
    run.step(accepted(OURS), Duration::ZERO);
    run.step(Seen::Nothing, Duration::from_secs(1));
    run.step(running(OURS, 40), Duration::from_secs(1));
    // The machine sleeps. The first look finds the network still down, the second one the job where it was.
    assert_eq!(run.step(Seen::Nothing, hour).step, Step::Look);
    let failed = run.step(Seen::Slot(Err(failure(ApiErrorKind::Unreachable))), hour).step;
    assert!(matches!(failed, Step::Wait(_)), "{failed:?}");
    let Step::Wait(wait) = failed else { return };
    run.step(Seen::Nothing, hour + wait);
    let found = run.step(running(OURS, 40), hour + wait).step;
    assert!(matches!(found, Step::Wait(_)), "{found:?}");
}

#[test]
fn ten_thousand_looks_leave_nothing_behind() {
    let limits = Limits { timeout: Duration::from_secs(u64::MAX / 4), ..Limits::default() };
    let mut run = Run::new(start(IfRunning::Fail), limits);
    run.step(empty(), Duration::ZERO);
    run.step(accepted(OURS), Duration::ZERO);
    let mut size_after = |looks: u64| {
        for second in 0..looks {
            run.step(running(OURS, 90), Duration::from_secs(second));
        }
        format!("{run:?}").len()
    };
    let (early, late) = (size_after(1_000), size_after(10_000));
    assert!(late <= early + 8, "from {early} to {late} characters");
}
