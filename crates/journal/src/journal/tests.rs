//! The journal as its callers see it.

mod look;
mod outbox;
mod steps;
mod trouble;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::{Ending, NewRun, RunLock, RunRecord};

/// A journal in a folder of its own.
fn journal() -> (TempDir, Journal) {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path()).unwrap();
    (folder, journal)
}

fn id(text: &str) -> RunId {
    RunId::parse(text).unwrap()
}

fn new_run(id_text: &str) -> NewRun {
    NewRun {
        id: id(id_text),
        portal: "https://portal.example.com".to_owned(),
        profile: "main".to_owned(),
        scope: "portal".to_owned(),
        order: r#"{"storage":"temporary"}"#.to_owned(),
        at: Timestamp::from_second(1_785_320_000).unwrap(),
    }
}

fn ending(outcome: &str, exit_code: u8) -> Ending {
    Ending { outcome: outcome.to_owned(), exit_code, report: format!(r#"{{"outcome":"{outcome}"}}"#) }
}

fn record(journal: &Journal, run: &str) -> RunRecord {
    journal.run(&id(run)).unwrap().unwrap()
}

/// Begins a run and brings it to its end; the lock is kept.
fn close(journal: &Journal, run: &str) -> RunLock {
    let lock = journal.begin(&new_run(run)).unwrap();
    journal.ended(&id(run), &ending("completed", 0)).unwrap();
    journal.closed(&id(run)).unwrap();
    lock
}
