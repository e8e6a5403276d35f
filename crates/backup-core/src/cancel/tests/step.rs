//! A script of what the portal shows goes in, the trail of steps comes out.

use std::{collections::VecDeque, fmt::Write as _, time::Duration};

use docspace_api::{ApiErrorKind, CancelReply, Denial, JobKind, JobState, Progress, Scope};
use expect_test::{Expect, expect};

use crate::{
    CancelLimits, CancelOrder, CancelSeen, CancelStep, CancelVerdict, Cancellation,
    fixture::{OTHER, OURS, Trail, answered, at, failure, id, record},
};

fn empty() -> CancelSeen {
    CancelSeen::Slot(Ok(None))
}

fn shows(task: &str, state: JobState) -> CancelSeen {
    CancelSeen::Slot(Ok(at(task, 40, state)))
}

fn running(task: &str) -> CancelSeen {
    shows(task, JobState::Running)
}

fn completed(task: &str) -> CancelSeen {
    shows(task, JobState::Completed { warning: None })
}

fn fails(kind: ApiErrorKind) -> CancelSeen {
    CancelSeen::Slot(Err(failure(kind)))
}

fn emptied() -> CancelSeen {
    CancelSeen::Answered(Ok(CancelReply::Emptied))
}

fn listed(tasks: &[&str]) -> CancelSeen {
    CancelSeen::History(Ok(tasks.iter().map(|task| record(task)).collect()))
}

/// Whichever runs.
fn any() -> CancelOrder {
    Scope::Portal.into()
}

fn check(order: CancelOrder, script: impl IntoIterator<Item = CancelSeen>, expected: Expect) {
    let mut script: VecDeque<CancelSeen> = script.into_iter().collect();
    let mut cancellation = Cancellation::new(order, CancelLimits::default());
    let (mut now, mut seen, mut trail) = (Duration::ZERO, CancelSeen::Nothing, Trail::default());
    loop {
        let step = cancellation.step(seen, now).step;
        trail.note(now, name(&step));
        seen = match step {
            CancelStep::Finish(_) => break,
            CancelStep::Wait(time) => {
                now += time;
                CancelSeen::Nothing
            }
            CancelStep::Probe(_) | CancelStep::Look | CancelStep::Cancel | CancelStep::ReadHistory => {
                script.pop_front().unwrap_or_else(|| panic!("the script is too short:\n{trail}"))
            }
        };
    }
    assert!(script.is_empty(), "left over: {script:?}\n{trail}");
    expected.assert_eq(&trail.to_string());
}

/// What is not worth a line of the trail has no name.
fn name(step: &CancelStep) -> Option<String> {
    Some(match step {
        CancelStep::Probe(scope) => format!("probe {scope:?}"),
        CancelStep::Look => "look".into(),
        CancelStep::Cancel => "CANCEL".into(),
        CancelStep::ReadHistory => "read history".into(),
        CancelStep::Wait(_) => return None,
        CancelStep::Finish(verdict) => format!("=> {}", summary(verdict)),
    })
}

fn summary(verdict: &CancelVerdict) -> String {
    let mut text = format!("{:?}", verdict.outcome);
    if verdict.is_confirmed {
        text.push_str(", confirmed");
    }
    if let Some(doubt) = &verdict.doubt {
        let _ = write!(text, ", in doubt ({})", doubt.message);
    }
    if let Some(history) = &verdict.history {
        let _ = write!(text, ", history unread ({})", history.message);
    }
    text
}

#[test]
fn where_nothing_runs_nothing_is_sent() {
    for slot in [empty(), completed(OTHER), shows(OTHER, JobState::Cancelled)] {
        let expected = expect![[r#"
            0s probe Server
            0s probe Portal
            0s => NothingToCancel
        "#]];
        check(any(), [empty(), slot], expected);
    }
}

#[test]
fn a_job_that_leaves_the_slot_is_believed_gone_after_the_cleaners_tick() {
    let script = [empty(), running(OURS), emptied()].into_iter();
    let script = script.chain(std::iter::repeat_with(empty).take(9)).chain([listed(&[OTHER])]);
    check(
        any(),
        script,
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 16s look, 9 times
        16s read history
        16s => Cancelled
    "#]],
    );
}

#[test]
fn a_job_that_comes_back_as_cancelled_is_confirmed() {
    let back = shows(OURS, JobState::Cancelled);
    let script = [empty(), running(OURS), emptied(), empty(), empty(), back, listed(&[])];
    check(
        any(),
        script,
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 4s look, 3 times
        4s read history
        4s => Cancelled, confirmed
    "#]],
    );
}

#[test]
fn a_copy_in_the_history_says_that_it_was_too_late() {
    let late = [empty(), running(OURS), emptied(), empty(), completed(OURS), listed(&[OURS])];
    check(
        any(),
        late,
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 2s look, 2 times
        2s read history
        2s => CompletedAnyway
    "#]],
    );
    let back = shows(OURS, JobState::Cancelled);
    check(
        any(),
        [empty(), running(OURS), emptied(), back, listed(&[OURS])],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s look
        0s read history
        0s => CompletedAnyway, confirmed
    "#]],
    );
}

#[test]
fn a_job_that_fails_meanwhile_was_not_cancelled() {
    let failed = shows(OURS, JobState::Failed { reason: "disk full".into() });
    check(
        any(),
        [empty(), running(OURS), emptied(), failed, listed(&[])],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s look
        0s read history
        0s => FailedAnyway("disk full")
    "#]],
    );
}

#[test]
fn a_lost_cancel_is_told_and_not_sent_again() {
    let script = [empty(), shows(OURS, JobState::Created), emptied(), empty(), empty()].into_iter();
    check(
        any(),
        script.chain(std::iter::repeat_with(|| running(OURS)).take(29)),
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 60s look, 31 times
        60s => StillRunning
    "#]],
    );
}

#[test]
fn another_job_than_the_one_that_was_meant_is_left_alone() {
    let ours = || CancelOrder { scope: Scope::Portal, task: Some(id(OURS)) };
    check(
        ours(),
        [empty(), running(OTHER)],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s => OtherJob(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
    // Even where ours has just ended.
    check(
        ours(),
        [empty(), completed(OURS)],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s => NothingToCancel
    "#]],
    );
}

#[test]
fn a_job_in_the_other_slot_would_be_hit_too() {
    check(
        any(),
        [running(OTHER)],
        expect![[r#"
        0s probe Server
        0s => OtherJob(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
    let dump = CancelOrder { scope: Scope::Server, task: None };
    check(
        dump,
        [running(OTHER)],
        expect![[r#"
        0s probe Portal
        0s => OtherJob(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
}

#[test]
fn a_restore_is_never_cancelled() {
    let restore = Progress { kind: JobKind::Restore, ..at(OTHER, 5, JobState::Running).unwrap() };
    check(
        any(),
        [empty(), CancelSeen::Slot(Ok(Some(restore)))],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s => OtherJob(TaskId("bbbbbbbb-0000-0000-0000-000000000002"))
    "#]],
    );
}

#[test]
fn a_new_job_in_the_slot_does_not_get_a_second_cancel() {
    let script = [empty(), running(OURS), emptied()].into_iter();
    let script = script.chain(std::iter::repeat_with(|| running(OTHER)).take(9)).chain([listed(&[])]);
    check(
        any(),
        script,
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 16s look, 9 times
        16s read history
        16s => Cancelled
    "#]],
    );
}

#[test]
fn a_slot_that_may_not_be_seen_holds_nothing_of_ours() {
    let refused = fails(ApiErrorKind::Forbidden(Denial::Role));
    check(
        any(),
        [refused, empty()],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s => NothingToCancel
    "#]],
    );
}

#[test]
fn a_portal_that_cannot_be_asked_is_not_sent_anything() {
    check(
        any(),
        [fails(ApiErrorKind::Unreachable)],
        expect![[r#"
        0s probe Server
        0s => Refused(Failure { kind: Unreachable, message: "no connection to the portal", portal_message: None })
    "#]],
    );
    check(
        any(),
        [empty(), fails(ApiErrorKind::Unauthenticated)],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s => Refused(Failure { kind: Unauthenticated, message: "the key is not accepted (401)", portal_message: None })
    "#]],
    );
    check(
        any(),
        [empty(), CancelSeen::TimeUp],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s => Refused(Failure { kind: TimedOut, message: "cannot read the backup's progress: no answer in time", portal_message: None })
    "#]],
    );
}

#[test]
fn a_refusal_cancels_nothing() {
    let too_old = CancelSeen::Answered(Err(failure(ApiErrorKind::Unsupported { needs: "3.7.1" })));
    check(
        any(),
        [empty(), running(OURS), too_old],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s => Refused(Failure { kind: Unsupported { needs: "3.7.1" }, message: "the portal is too old: this needs DocSpace 3.7.1 or newer", portal_message: None })
    "#]],
    );
    let throttled = CancelSeen::Answered(Err(failure(ApiErrorKind::Throttled { retry_after: None })));
    check(
        any(),
        [empty(), running(OURS), throttled],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s => Refused(Failure { kind: Throttled { retry_after: None }, message: "the portal asks to slow down (429)", portal_message: None })
    "#]],
    );
}

#[test]
fn after_a_doubt_the_looks_decide() {
    let doubt = || CancelSeen::Answered(Err(answered(ApiErrorKind::Status(500))));
    let gone = shows(OURS, JobState::Cancelled);
    check(
        any(),
        [empty(), running(OURS), doubt(), gone, listed(&[])],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s look
        0s read history
        0s => Cancelled, confirmed, in doubt (status 500)
    "#]],
    );
    let runs_on = [empty(), running(OURS), doubt()].into_iter();
    check(
        any(),
        runs_on.chain(std::iter::repeat_with(|| running(OURS)).take(31)),
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 60s look, 31 times
        60s => StillRunning, in doubt (status 500)
    "#]],
    );
}

#[test]
fn without_the_history_a_job_that_is_gone_is_not_known_to_be_cancelled() {
    let unread = || CancelSeen::History(Err(failure(ApiErrorKind::PaymentRequired)));
    let gone = [empty(), running(OURS), emptied()].into_iter();
    check(
        any(),
        gone.chain(std::iter::repeat_with(empty).take(9)).chain([unread()]),
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 16s look, 9 times
        16s read history
        16s => Unknown(Some(Failure { kind: PaymentRequired, message: "payment or quota (402)", portal_message: None })), history unread (payment or quota (402))
    "#]],
    );
    // Where the portal shows it as cancelled, that is enough.
    let back = shows(OURS, JobState::Cancelled);
    check(
        any(),
        [empty(), running(OURS), emptied(), back, unread()],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s look
        0s read history
        0s => Cancelled, confirmed, history unread (payment or quota (402))
    "#]],
    );
}

#[test]
fn looks_that_fail_are_just_looks() {
    let script = [empty(), running(OURS), emptied(), fails(ApiErrorKind::TimedOut), fails(ApiErrorKind::Status(502))];
    let back = [shows(OURS, JobState::Cancelled), listed(&[])];
    check(
        any(),
        script.into_iter().chain(back),
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 4s look, 3 times
        4s read history
        4s => Cancelled, confirmed
    "#]],
    );
    let refused = || fails(ApiErrorKind::Unauthenticated);
    check(
        any(),
        [empty(), running(OURS), emptied(), refused(), refused(), refused()],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s to 4s look, 3 times
        4s => Unknown(Some(Failure { kind: Unauthenticated, message: "the key is not accepted (401)", portal_message: None }))
    "#]],
    );
}

#[test]
fn stopping_says_whether_the_cancel_was_sent() {
    check(
        any(),
        [CancelSeen::StopAsked],
        expect![[r#"
        0s probe Server
        0s => Stopped
    "#]],
    );
    check(
        any(),
        [empty(), running(OURS), emptied(), CancelSeen::StopAsked],
        expect![[r#"
        0s probe Server
        0s probe Portal
        0s CANCEL
        0s look
        0s => Unknown(None)
    "#]],
    );
}
