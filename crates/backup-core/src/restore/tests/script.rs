//! Scripts: what the portal shows goes in, the trail of steps comes out.

use std::{collections::VecDeque, fmt::Write as _, time::Duration};

use docspace_api::{
    ApiErrorKind, JobKind, JobState, NotifyUsers, Progress, RestoreSource, Scope, StartRestore, StorageType,
    TenantStatus,
};
use expect_test::Expect;

use crate::{
    KeyFate, Limits, Reason, Restoration, RestoreOrder, RestoreSeen, RestoreStep, RestoreVerdict,
    fixture::{OURS, Trail, at, failure, id, record},
};

/// The record that is put back.
pub(super) const COPY: &str = "cccccccc-0000-0000-0000-000000000003";

pub(super) fn put_back(scope: Scope) -> RestoreOrder {
    let source = RestoreSource::Backup { id: id(COPY), storage: StorageType::Documents };
    RestoreOrder::Start(StartRestore { source, notify_users: NotifyUsers::No, scope })
}

/// The order that all tests begin with.
pub(super) fn copy() -> RestoreOrder {
    put_back(Scope::Portal)
}

pub(super) fn job(task: &str, percent: u8, state: JobState) -> Progress {
    Progress { kind: JobKind::Restore, ..at(task, percent, state).unwrap() }
}

pub(super) fn running(task: &str, percent: u8) -> RestoreSeen {
    RestoreSeen::Slot(Ok(Some(job(task, percent, JobState::Running))))
}

pub(super) fn ended(task: &str, state: JobState) -> RestoreSeen {
    RestoreSeen::Slot(Ok(Some(job(task, 100, state))))
}

pub(super) fn completed(task: &str) -> RestoreSeen {
    ended(task, JobState::Completed { warning: None })
}

pub(super) fn empty() -> RestoreSeen {
    RestoreSeen::Slot(Ok(None))
}

pub(super) fn fails(kind: ApiErrorKind) -> RestoreSeen {
    RestoreSeen::Slot(Err(failure(kind)))
}

pub(super) fn no_backup() -> RestoreSeen {
    RestoreSeen::Backups(Ok(None))
}

pub(super) fn listed(tasks: &[&str]) -> RestoreSeen {
    RestoreSeen::History(Ok(tasks.iter().map(|task| record(task)).collect()))
}

pub(super) fn accepted() -> RestoreSeen {
    RestoreSeen::Started(Ok(Some(job(OURS, 0, JobState::Created))))
}

pub(super) fn key_dies() -> RestoreSeen {
    RestoreSeen::Key(Err(failure(ApiErrorKind::Unauthenticated)))
}

pub(super) fn key_lives() -> [RestoreSeen; 2] {
    in_status(TenantStatus::Active)
}

pub(super) fn in_status(status: TenantStatus) -> [RestoreSeen; 2] {
    [RestoreSeen::Key(Ok(())), RestoreSeen::Status(Ok(status))]
}

/// What is seen up to the start, where nothing is in its way.
pub(super) fn free() -> [RestoreSeen; 3] {
    [empty(), listed(&[COPY]), no_backup()]
}

pub(super) fn after_start(script: impl IntoIterator<Item = RestoreSeen>) -> Vec<RestoreSeen> {
    free().into_iter().chain([accepted()]).chain(script).collect()
}

pub(super) fn trail(order: RestoreOrder, limits: Limits, script: impl IntoIterator<Item = RestoreSeen>) -> String {
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

pub(super) fn check(order: RestoreOrder, script: impl IntoIterator<Item = RestoreSeen>, expected: Expect) {
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
