//! Claims about the verdict over a job that is over or gone.

use expect_test::expect;

use super::*;

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
