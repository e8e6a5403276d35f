//! The workflow, checked as a value: a script of what the portal shows goes in, the trail of steps comes out.

mod bind;
mod confirm;
mod earlier;
mod follow;
mod properties;
mod simulation;

use std::{collections::VecDeque, fmt::Write as _, time::Duration};

use docspace_api::{
    ApiErrorKind, BackupRecord, BackupTarget, JobKind, JobState, Progress, Scope, StartBackup, StorageType, TaskId,
};

use expect_test::Expect;

use super::{Run, Seen, Step};
use crate::{
    Failure, IfRunning, Limits, Order, Reason, Until, Verdict,
    fixture::{OTHER, OURS, answered, at, failure, id, record},
};

fn running(task: &str, percent: u8) -> Seen {
    Seen::Slot(Ok(at(task, percent, JobState::Running)))
}

fn completed(task: &str) -> Seen {
    Seen::Slot(Ok(at(task, 100, JobState::Completed { warning: None })))
}

fn ended(task: &str, state: JobState) -> Seen {
    Seen::Slot(Ok(at(task, 50, state)))
}

fn empty() -> Seen {
    Seen::Slot(Ok(None))
}

fn accepted(task: &str) -> Seen {
    Seen::Started(Ok(at(task, 0, JobState::Created)))
}

fn listed(tasks: &[&str]) -> Seen {
    Seen::History(Ok(tasks.iter().map(|task| record(task)).collect()))
}

fn start(if_running: IfRunning) -> Order {
    Order::Start { backup: backup(Scope::Portal), if_running, until: Until::Ended, earlier: None }
}

fn backup(scope: Scope) -> StartBackup {
    StartBackup { target: BackupTarget::Documents { folder: 123 }, scope }
}

fn attach(task: Option<&str>) -> Order {
    Order::Attach { task: task.map(id), scope: Scope::Portal }
}

/// Feeds a script to a run; every wait is over at once. A script that is too short or too long fails the test.
fn trail(order: Order, limits: Limits, script: impl IntoIterator<Item = Seen>) -> String {
    let mut script: VecDeque<Seen> = script.into_iter().collect();
    let mut run = Run::new(order, limits);
    let (mut now, mut seen, mut trail) = (Duration::ZERO, Seen::Nothing, String::new());
    loop {
        let turn = run.step(seen, now);
        let _ = writeln!(trail, "{}s {}", now.as_secs(), name(&turn.step));
        seen = match turn.step {
            Step::Finish(_) => break,
            Step::Wait(time) => {
                now += time;
                Seen::Nothing
            }
            Step::Probe | Step::Look | Step::Start(_) | Step::ReadHistory => {
                script.pop_front().unwrap_or_else(|| panic!("the script is too short:\n{trail}"))
            }
        };
    }
    assert!(script.is_empty(), "left over: {script:?}\n{trail}");
    trail
}

fn check(order: Order, script: impl IntoIterator<Item = Seen>, expected: Expect) {
    expected.assert_eq(&trail(order, Limits::default(), script));
}

fn name(step: &Step) -> String {
    match step {
        Step::Probe => "probe".into(),
        Step::Look => "look".into(),
        Step::Start(_) => "START".into(),
        Step::ReadHistory => "read history".into(),
        Step::Wait(time) => format!("wait {time:?}"),
        Step::Finish(verdict) => format!("=> {}", summary(verdict)),
    }
}

fn summary(verdict: &Verdict) -> String {
    let mut text = format!("{:?}", verdict.outcome);
    if let Some(reason) = &verdict.reason {
        let _ = write!(text, " because {}", brief(reason));
    }
    for warning in &verdict.warnings {
        let _ = write!(text, "; {warning}");
    }
    text
}

fn brief(reason: &Reason) -> String {
    match reason {
        Reason::Portal(failure) => format!("Portal({})", failure.message),
        Reason::StartRefusedInDoubt(failure) => format!("StartRefusedInDoubt({})", failure.message),
        Reason::StartUnknown(failure) => format!("StartUnknown({})", failure.message),
        Reason::BackupFailed(_)
        | Reason::Cancelled
        | Reason::Busy(_)
        | Reason::Stalled { .. }
        | Reason::TimedOut
        | Reason::Interrupted
        | Reason::Vanished { .. }
        | Reason::NoSuchTask(_) => format!("{reason:?}"),
    }
}
