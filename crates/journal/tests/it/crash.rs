//! What a process leaves behind that was killed.

use std::path::Path;

use journal::{Journal, Phase, RunRecord};

use crate::child::{Child, role, say, stay};
use crate::life::{CALLS, PORTAL, SCOPE, after, call, id, timeless};

#[test]
fn killed_between_two_calls_it_leaves_exactly_what_was_recorded() {
    if let Some((calls, folder)) = role() {
        let journal = Journal::open(&folder).unwrap();
        let _locks: Vec<_> = (0..calls.parse().unwrap()).map(|number| call(&journal, "r", number)).collect();
        say("done");
        return stay();
    }
    for calls in 0..=CALLS {
        let folder = tempfile::tempdir().unwrap();
        let test = "crash::killed_between_two_calls_it_leaves_exactly_what_was_recorded";
        let mut child = Child::start(test, &calls.to_string(), folder.path());
        assert_eq!(child.line().as_deref(), Some("done"), "{calls}");
        let journal = Journal::open(folder.path()).unwrap();
        assert_eq!(journal.unfinished(PORTAL, SCOPE).unwrap(), [], "{calls}: its process lives");
        child.kill();
        check_left(&journal, calls);
        check_left(&Journal::open(folder.path()).unwrap(), calls);
    }
}

/// That the run is as it was after so many calls, and can be taken up if there is something to do.
fn check_left(journal: &Journal, calls: usize) {
    let expected = after(calls, "r");
    assert_eq!(journal.run(&id("r")).unwrap().map(timeless), expected, "{calls}");
    let unfinished: Vec<RunRecord> = expected.into_iter().filter(|run| run.phase != Phase::Closed).collect();
    let found: Vec<_> = journal.unfinished(PORTAL, SCOPE).unwrap().into_iter().map(timeless).collect();
    assert_eq!(found, unfinished, "{calls}");
    for run in found {
        assert!(journal.claim(&run.id).unwrap().is_some(), "{calls}");
    }
}

#[test]
fn killed_within_a_call_it_has_made_that_call_as_a_whole_or_not_at_all() {
    if let Some((_, folder)) = role() {
        let journal = Journal::open(&folder).unwrap();
        for run in 0_u32.. {
            let mut locks = Vec::new();
            for number in 0..CALLS {
                locks.push(call(&journal, &format!("r{run}"), number));
                say("done");
            }
        }
    }
    for lines in (0..20).map(|round| 1 + round * 5) {
        let folder = tempfile::tempdir().unwrap();
        let test = "crash::killed_within_a_call_it_has_made_that_call_as_a_whole_or_not_at_all";
        let mut child = Child::start(test, "endless", folder.path());
        for _ in 0..lines {
            assert_eq!(child.line().as_deref(), Some("done"));
        }
        let calls = lines + child.kill().len(); // it went on until it was dead
        check_whole(folder.path(), calls);
    }
}

/// That everything is there that was acknowledged, and one call more at most.
fn check_whole(folder: &Path, calls: usize) {
    check_file(folder);
    let journal = Journal::open(folder).unwrap();
    let (whole, rest) = (calls / CALLS, calls % CALLS);
    for run in (0..whole).map(|run| format!("r{run}")) {
        assert_eq!(journal.run(&id(&run)).unwrap().map(timeless), after(CALLS, &run));
    }
    let last = format!("r{whole}");
    let found = journal.run(&id(&last)).unwrap().map(timeless);
    assert!(found == after(rest, &last) || found == after(rest + 1, &last), "after {calls} calls: {found:?}");
}

fn check_file(folder: &Path) {
    let file = rusqlite::Connection::open(folder.join("journal.db")).unwrap();
    let found: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(found, "ok");
}
