//! Whether a job holds the slot.

use docspace_api::{ApiErrorKind, JobState};
use expect_test::{Expect, expect};

use super::{Check, Evidence, failed, into_folder, reached, said};
use crate::fixture::{OTHER, at};

fn check(state: Option<JobState>, expected: Expect) {
    let slot = state.and_then(|state| at(OTHER, 40, state));
    let evidence = Evidence { progress: Some(Ok(slot)), ..reached() };
    expected.assert_eq(&said(Check::Slot, &evidence, &into_folder()));
}

#[test]
fn an_empty_slot_and_one_with_a_good_end_are_fine() {
    check(
        None,
        expect![[r#"
        slot Ok: no job is running
    "#]],
    );
    check(
        Some(JobState::Completed { warning: None }),
        expect![[r#"
        slot Ok: no job is running
    "#]],
    );
}

#[test]
fn a_job_that_runs_or_failed_is_worth_a_word() {
    check(
        Some(JobState::Running),
        expect![[r#"
        slot Warning: job bbbbbbbb-0000-0000-0000-000000000002 is running, at 40 %: another one cannot start meanwhile
            -> wait for it; if its progress has not moved for hours, its worker is dead, and cancelling it clears the slot
    "#]],
    );
    check(
        Some(JobState::Failed { reason: "No space left on device".into() }),
        expect![[r#"
        slot Warning: the last job failed: No space left on device
    "#]],
    );
    check(
        Some(JobState::Failed { reason: String::new() }),
        expect![[r#"
        slot Warning: the last job failed: without a word
    "#]],
    );
}

#[test]
fn a_slot_that_cannot_be_seen_is_skipped() {
    let evidence = Evidence { progress: failed(ApiErrorKind::TimedOut), ..reached() };
    expect![[r#"
        slot Skipped: no answer in time
    "#]]
    .assert_eq(&said(Check::Slot, &evidence, &into_folder()));
}
