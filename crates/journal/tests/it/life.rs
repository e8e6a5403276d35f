//! The life of a run, call by call.

use jiff::Timestamp;
use journal::{Ending, Journal, NewMessage, NewRun, RunId, RunLock, RunRecord, Tried};

pub(crate) const PORTAL: &str = "https://portal.example.com";
pub(crate) const SCOPE: &str = "portal";

/// So many calls make a whole life.
pub(crate) const CALLS: usize = 9;

pub(crate) fn id(run: &str) -> RunId {
    RunId::parse(run).unwrap()
}

/// Makes the call with this number; the first one returns the lock.
pub(crate) fn call(journal: &Journal, run: &str, number: usize) -> Option<RunLock> {
    let run = &id(run);
    let ending = |exit_code| Ending { outcome: "completed".to_owned(), exit_code, report: report(run) };
    let messages = ["mail", "chat"].map(|channel| message(run, channel));
    let kept = |place: usize| journal.messages_of(run).unwrap()[place].number;
    match number {
        0 => return Some(journal.begin(&new_run(run)).unwrap()),
        1 => journal.about_to_start(run, Some("previous")),
        2 => journal.bound(run, &format!("task of {run}"), false),
        3 => journal.alive(run, 45),
        4 => journal.ended(run, &ending(0)),
        5 => journal.conclude(run, &ending(16), &messages, None),
        6 => journal.tried(kept(0), &tried(false)),
        7 => journal.tried(kept(1), &tried(true)),
        8 => journal.closed(run),
        _ => panic!("a life has {CALLS} calls"),
    }
    .unwrap();
    None
}

fn message(run: &RunId, channel: &str) -> NewMessage {
    let (channel, key, portal) = (channel.to_owned(), format!("{run}_completed"), PORTAL.to_owned());
    NewMessage { channel, key, portal, run: Some(run.clone()), incident: None, notice: report(run) }
}

fn tried(delivered: bool) -> Tried {
    Tried { delivered, attempts: 1, error: (!delivered).then(|| "no answer".to_owned()), receipt: None }
}

fn new_run(run: &RunId) -> NewRun {
    let at = Timestamp::UNIX_EPOCH; // long ago, so that the heartbeat is kept
    let (portal, scope) = (PORTAL.to_owned(), SCOPE.to_owned());
    NewRun { id: run.clone(), portal, profile: "main".to_owned(), scope, order: "{}".to_owned(), at }
}

/// A text of several pages that no other run has.
fn report(run: &RunId) -> String {
    format!("{{\"run\":\"{run}\"}}").repeat(500)
}

/// A run without its id and without the times of the clock, so that runs can be compared.
pub(crate) fn timeless(run: RunRecord) -> RunRecord {
    let mut run = run;
    run.alive_at = Timestamp::UNIX_EPOCH;
    run.started_at = run.started_at.map(|_| Timestamp::UNIX_EPOCH);
    run.ended_at = run.ended_at.map(|_| Timestamp::UNIX_EPOCH);
    for message in &mut run.messages {
        message.number = 0; // other runs keep messages too
        message.kept_at = Timestamp::UNIX_EPOCH;
        message.tried_at = message.tried_at.map(|_| Timestamp::UNIX_EPOCH);
    }
    run
}

/// What is kept of a run after so many calls.
pub(crate) fn after(calls: usize, run: &str) -> Option<RunRecord> {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path()).unwrap();
    let _locks: Vec<_> = (0..calls).map(|number| call(&journal, run, number)).collect();
    journal.run(&id(run)).unwrap().map(timeless)
}
