//! Which runs are found, who may take them over, and which are forgotten.

use std::fs;
use std::time::Duration;

use super::*;
use crate::RunFilter;
use crate::journal::prune::KEPT;

fn ids(runs: &[RunRecord]) -> Vec<&str> {
    runs.iter().map(|run| run.id.as_str()).collect()
}

fn unfinished(journal: &Journal) -> Vec<String> {
    let runs = journal.unfinished("https://portal.example.com", "portal").unwrap();
    ids(&runs).into_iter().map(str::to_owned).collect()
}

fn lock_files(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join("runs")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn runs_are_listed_newest_first_whatever_the_clock_said() {
    let (_folder, journal) = journal();
    let mut locks = Vec::new();
    for (run, portal, second) in [("a", "one", 300), ("b", "two", 200), ("c", "one", 100)] {
        let at = Timestamp::from_second(second).unwrap();
        locks.push(journal.begin(&NewRun { portal: portal.to_owned(), at, ..new_run(run) }).unwrap());
    }
    let listed = |portal: Option<&str>, limit| {
        let runs = journal.runs(&RunFilter { portal: portal.map(str::to_owned), limit }).unwrap();
        ids(&runs).join(" ")
    };
    assert_eq!(listed(None, None), "c b a");
    assert_eq!(listed(Some("one"), None), "c a");
    assert_eq!(listed(Some("one"), Some(1)), "c");
    assert_eq!(listed(Some("three"), None), "");
    assert_eq!(listed(None, Some(0)), "");
    assert_eq!(listed(None, Some(usize::MAX)), "c b a");
}

#[test]
fn a_run_that_nobody_has_recorded_is_none() {
    let (_folder, journal) = journal();
    assert_eq!(journal.run(&id("r")).unwrap(), None);
    assert_eq!(journal.claim(&id("r")).unwrap_err().kind(), JournalErrorKind::Missing);
}

#[test]
fn an_unfinished_run_is_found_once_its_process_is_gone() {
    let (_folder, journal) = journal();
    let (first, second) = (journal.begin(&new_run("a")).unwrap(), journal.begin(&new_run("b")).unwrap());
    assert!(unfinished(&journal).is_empty());
    drop(second);
    assert_eq!(unfinished(&journal), ["b"]);
    drop(first);
    assert_eq!(unfinished(&journal), ["a", "b"]);
}

#[test]
fn only_runs_of_the_same_portal_and_scope_are_found() {
    let (_folder, journal) = journal();
    drop(journal.begin(&NewRun { portal: "other".to_owned(), ..new_run("a") }).unwrap());
    drop(journal.begin(&NewRun { scope: "dump".to_owned(), ..new_run("b") }).unwrap());
    drop(journal.begin(&NewRun { profile: "other".to_owned(), ..new_run("c") }).unwrap());
    assert_eq!(unfinished(&journal), ["c"]);
}

#[test]
fn a_run_is_claimed_by_one_only() {
    let (folder, journal) = journal();
    let lock = journal.begin(&new_run("r")).unwrap();
    let other = Journal::open(folder.path()).unwrap();
    assert!(other.claim(&id("r")).unwrap().is_none());
    drop(lock);
    let claimed = other.claim(&id("r")).unwrap().unwrap();
    assert_eq!(claimed.run(), &id("r"));
    assert!(journal.claim(&id("r")).unwrap().is_none());
    assert!(unfinished(&journal).is_empty());
}

/// Whoever tries a lock has it for a moment, and so could make another process believe that the run lives.
#[test]
fn nobody_tries_a_lock_while_another_process_may_be_taking_it() {
    let (folder, journal) = journal();
    drop(journal.begin(&new_run("r")).unwrap());
    let mut other = Connection::open(folder.path().join("journal.db")).unwrap();
    let taking = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    journal.connection.lock().unwrap().busy_timeout(Duration::from_millis(1)).unwrap();
    let look = || journal.unfinished("https://portal.example.com", "portal");
    assert_eq!(look().unwrap_err().kind(), JournalErrorKind::Busy);
    assert_eq!(journal.claim(&id("r")).unwrap_err().kind(), JournalErrorKind::Busy);
    drop(taking);
    assert_eq!(ids(&look().unwrap()), ["r"]);
    assert!(journal.claim(&id("r")).unwrap().is_some());
}

#[test]
fn a_run_whose_lock_was_cleared_away_can_still_be_claimed() {
    let (folder, journal) = journal();
    drop(journal.begin(&new_run("r")).unwrap());
    fs::remove_file(folder.path().join("runs/r.lock")).unwrap();
    assert_eq!(unfinished(&journal), ["r"]);
    assert!(journal.claim(&id("r")).unwrap().is_some());
}

#[test]
fn a_closed_run_is_claimed_by_nobody_and_leaves_no_lock() {
    let (folder, journal) = journal();
    let lock = close(&journal, "r");
    assert!(lock_files(&folder).is_empty());
    drop(lock);
    assert!(journal.claim(&id("r")).unwrap().is_none());
    assert!(unfinished(&journal).is_empty());
    assert!(lock_files(&folder).is_empty());
}

#[test]
fn an_id_is_used_once() {
    let (_folder, journal) = journal();
    let lock = journal.begin(&new_run("r")).unwrap();
    assert_eq!(journal.begin(&new_run("r")).unwrap_err().kind(), JournalErrorKind::Exists);
    drop(lock);
    assert_eq!(journal.begin(&new_run("r")).unwrap_err().kind(), JournalErrorKind::Exists);
}

#[test]
fn locks_of_runs_that_were_never_recorded_are_cleared_away() {
    let (folder, journal) = journal();
    let _living = journal.begin(&new_run("living")).unwrap();
    drop(journal.begin(&new_run("dead")).unwrap());
    fs::write(folder.path().join("runs/never.lock"), "").unwrap();
    let _next = journal.begin(&new_run("next")).unwrap();
    assert_eq!(lock_files(&folder), ["dead.lock", "living.lock", "next.lock"]);
}

#[test]
fn the_newest_thousand_are_kept_and_whatever_is_not_closed() {
    let (_folder, journal) = journal();
    drop(journal.begin(&new_run("unfinished")).unwrap());
    drop(close(&journal, "old"));
    journal.fill(KEPT - 1);
    assert!(journal.run(&id("old")).unwrap().is_some());

    let _lock = journal.begin(&new_run("newest")).unwrap();
    assert_eq!(journal.run(&id("old")).unwrap(), None);
    let runs = journal.runs(&RunFilter::default()).unwrap();
    assert_eq!(runs.len(), 1 + usize::try_from(KEPT).unwrap());
    assert_eq!(ids(&runs[..2]), ["newest", "r999"]);
    assert_eq!(runs.last().unwrap().id, id("unfinished"));
}

impl Journal {
    /// Adds closed runs called `r1` and so on, quicker than step by step.
    fn fill(&self, count: u32) {
        self.write("fill", |transaction| {
            for number in 1..=count {
                transaction.execute(
                    "INSERT INTO runs (id, portal, profile, scope, ordered, phase, begun_at, alive_at)
                     VALUES (?1, 'p', 'p', 's', '{}', 'closed', 0, 0)",
                    [format!("r{number}")],
                )?;
            }
            Ok(())
        })
        .unwrap();
    }
}
