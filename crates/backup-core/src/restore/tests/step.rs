//! A script of what the portal shows goes in, the trail of steps comes out.

use std::{collections::VecDeque, fmt::Write as _, iter::repeat_n, time::Duration};

use docspace_api::{
    ApiErrorKind, BackupRecord, Denial, JobKind, JobState, NotifyUsers, Progress, RestoreSource, Scope, StartRestore,
    StorageType, TenantStatus,
};
use expect_test::{Expect, expect};

use crate::{
    Event, KeyFate, Limits, Reason, Restoration, RestoreOrder, RestoreSeen, RestoreStep, RestoreVerdict,
    fixture::{OTHER, OURS, Trail, answered, at, failure, id, record},
};

/// The record that is put back.
const COPY: &str = "cccccccc-0000-0000-0000-000000000003";

fn put_back(scope: Scope) -> RestoreOrder {
    let source = RestoreSource::Backup { id: id(COPY), storage: StorageType::Documents };
    RestoreOrder::Start(StartRestore { source, notify_users: NotifyUsers::No, scope })
}

/// The order that all tests begin with.
fn copy() -> RestoreOrder {
    put_back(Scope::Portal)
}

fn job(task: &str, percent: u8, state: JobState) -> Progress {
    Progress { kind: JobKind::Restore, ..at(task, percent, state).unwrap() }
}

fn running(task: &str, percent: u8) -> RestoreSeen {
    RestoreSeen::Slot(Ok(Some(job(task, percent, JobState::Running))))
}

fn ended(task: &str, state: JobState) -> RestoreSeen {
    RestoreSeen::Slot(Ok(Some(job(task, 100, state))))
}

fn completed(task: &str) -> RestoreSeen {
    ended(task, JobState::Completed { warning: None })
}

fn empty() -> RestoreSeen {
    RestoreSeen::Slot(Ok(None))
}

fn fails(kind: ApiErrorKind) -> RestoreSeen {
    RestoreSeen::Slot(Err(failure(kind)))
}

fn no_backup() -> RestoreSeen {
    RestoreSeen::Backups(Ok(None))
}

fn listed(tasks: &[&str]) -> RestoreSeen {
    RestoreSeen::History(Ok(tasks.iter().map(|task| record(task)).collect()))
}

fn accepted() -> RestoreSeen {
    RestoreSeen::Started(Ok(Some(job(OURS, 0, JobState::Created))))
}

fn key_dies() -> RestoreSeen {
    RestoreSeen::Key(Err(failure(ApiErrorKind::Unauthenticated)))
}

fn key_lives() -> [RestoreSeen; 2] {
    in_status(TenantStatus::Active)
}

fn in_status(status: TenantStatus) -> [RestoreSeen; 2] {
    [RestoreSeen::Key(Ok(())), RestoreSeen::Status(Ok(status))]
}

/// What is seen up to the start, where nothing is in its way.
fn free() -> [RestoreSeen; 3] {
    [empty(), listed(&[COPY]), no_backup()]
}

fn after_start(script: impl IntoIterator<Item = RestoreSeen>) -> Vec<RestoreSeen> {
    free().into_iter().chain([accepted()]).chain(script).collect()
}

fn trail(order: RestoreOrder, limits: Limits, script: impl IntoIterator<Item = RestoreSeen>) -> String {
    let mut script: VecDeque<RestoreSeen> = script.into_iter().collect();
    let mut restoration = Restoration::new(order, limits);
    let (mut now, mut seen, mut trail) = (Duration::ZERO, RestoreSeen::Nothing, Trail::default());
    loop {
        let step = restoration.step(seen, now).step;
        trail.note(now, name(&step));
        seen = match step {
            RestoreStep::Finish(_) => break,
            RestoreStep::Wait(time) => {
                now += time;
                RestoreSeen::Nothing
            }
            RestoreStep::Probe
            | RestoreStep::ReadHistory
            | RestoreStep::ProbeBackups(_)
            | RestoreStep::Start(_)
            | RestoreStep::Look
            | RestoreStep::AskKey
            | RestoreStep::AskStatus => {
                script.pop_front().unwrap_or_else(|| panic!("the script is too short:\n{trail}"))
            }
        };
    }
    assert!(script.is_empty(), "left over: {script:?}\n{trail}");
    trail.to_string()
}

fn check(order: RestoreOrder, script: impl IntoIterator<Item = RestoreSeen>, expected: Expect) {
    expected.assert_eq(&trail(order, Limits::default(), script));
}

/// What is not worth a line of the trail has no name.
fn name(step: &RestoreStep) -> Option<String> {
    Some(match step {
        RestoreStep::Probe => "probe".into(),
        RestoreStep::ReadHistory => "read history".into(),
        RestoreStep::ProbeBackups(scope) => format!("probe backups of {scope:?}"),
        RestoreStep::Start(_) => "START".into(),
        RestoreStep::Look => "look".into(),
        RestoreStep::AskKey => "ask key".into(),
        RestoreStep::AskStatus => "ask status".into(),
        RestoreStep::Wait(_) => return None,
        RestoreStep::Finish(verdict) => format!("=> {}", summary(verdict)),
    })
}

fn summary(verdict: &RestoreVerdict) -> String {
    let mut text = format!("{:?}", verdict.outcome);
    match &verdict.reason {
        Some(Reason::Portal(failure)) => _ = write!(text, " because Portal({})", failure.message),
        Some(Reason::StartUnknown(failure)) => _ = write!(text, " because StartUnknown({})", failure.message),
        Some(Reason::StartRefusedInDoubt(failure)) => {
            _ = write!(text, " because StartRefusedInDoubt({})", failure.message);
        }
        Some(reason) => _ = write!(text, " because {reason:?}"),
        None => {}
    }
    for warning in &verdict.warnings {
        let _ = write!(text, "; {warning}");
    }
    if verdict.key != KeyFate::Unknown {
        let _ = write!(text, "; key {:?}", verdict.key);
    }
    if let Some(status) = verdict.status {
        let _ = write!(text, "; portal {status:?}");
    }
    text
}

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
