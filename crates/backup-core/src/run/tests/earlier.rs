//! Claims about orders that an earlier process did not see through.

use expect_test::expect;

use super::*;
use crate::Earlier;

fn resumed(earlier: Earlier) -> Order {
    Order::Start {
        backup: backup(Scope::Portal),
        if_running: IfRunning::Fail,
        until: Until::Ended,
        earlier: Some(earlier),
    }
}

fn perhaps_started(ago: u64) -> Order {
    resumed(Earlier::PerhapsStarted { previous: Some(id(OTHER)), ago: Duration::from_secs(ago) })
}

#[test]
fn a_job_of_an_earlier_process_is_taken_up_and_not_called_busy() {
    let script = [running(OURS, 40), completed(OURS), listed(&[OURS])];
    check(
        resumed(Earlier::Started(id(OURS))),
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
fn a_job_of_an_earlier_process_that_ended_meanwhile_is_found_in_the_history() {
    check(
        resumed(Earlier::Started(id(OURS))),
        [running(OTHER, 3), listed(&[OURS])],
        expect![[r#"
        0s probe
        0s read history
        0s => Completed; the portal dropped the job before its end was seen; the history lists the copy
    "#]],
    );
}

#[test]
fn a_start_that_an_earlier_process_perhaps_sent_is_looked_for() {
    check(
        perhaps_started(0),
        [running(OURS, 3), completed(OURS), listed(&[OURS])],
        expect![[r#"
        0s probe
        0s wait 1s
        1s look
        1s read history
        1s => Completed; the start got no proper answer (an earlier run was cut off while it started the backup); the job that then appeared is taken for ours
    "#]],
    );
}

#[test]
fn a_start_that_an_earlier_process_did_not_send_is_sent_after_the_doubt() {
    let script =
        [completed(OTHER), completed(OTHER), completed(OTHER), accepted(OURS), completed(OURS), listed(&[OURS])];
    check(
        perhaps_started(38),
        script,
        expect![[r#"
        0s probe
        0s wait 1s
        1s look
        1s wait 2s
        3s look
        3s START
        3s wait 1s
        4s look
        4s read history
        4s => Completed
    "#]],
    );
    check(
        perhaps_started(3600),
        [empty(), accepted(OURS), completed(OURS), listed(&[OURS])],
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
fn a_job_that_somebody_stopped_waiting_for_is_joined_and_any_other_is_busy() {
    let known = || resumed(Earlier::StillRunning(vec![id(OURS)]));
    check(
        known(),
        [running(OURS, 40), completed(OURS), listed(&[OURS])],
        expect![[r#"
        0s probe
        0s wait 1s
        1s look
        1s read history
        1s => Completed
    "#]],
    );
    check(
        known(),
        [running(OTHER, 40)],
        expect![[r#"
        0s probe
        0s => Busy because Busy(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
    check(
        known(),
        [completed(OURS), accepted(OTHER), completed(OTHER), listed(&[OTHER])],
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
fn a_portal_that_is_down_says_nothing_of_an_earlier_start() {
    let down = || Seen::Slot(Err(failure(ApiErrorKind::Status(502))));
    check(
        resumed(Earlier::Started(id(OURS))),
        [down()],
        expect![[r#"
        0s probe
        0s => StillRunning because Portal(status 502)
    "#]],
    );
    check(
        perhaps_started(5),
        [down()],
        expect![[r#"
        0s probe
        0s => Lost because StartUnknown(status 502)
    "#]],
    );
    check(
        attach(Some(OURS)),
        [down()],
        expect![[r#"
        0s probe
        0s => StillRunning because Portal(status 502)
    "#]],
    );
    check(
        attach(None),
        [down()],
        expect![[r#"
        0s probe
        0s => NotStarted because Portal(status 502)
    "#]],
    );
}
