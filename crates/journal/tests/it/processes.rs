//! Processes that use one journal side by side.

use std::path::Path;

use journal::{Journal, RunFilter};

use crate::child::{Child, role, say, stay};
use crate::life::{CALLS, PORTAL, SCOPE, after, call, id, timeless};

const PROCESSES: usize = 8;
const RUNS: usize = 50;

fn start_all(test: &str, folder: &Path) -> Vec<Child> {
    (0..PROCESSES).map(|number| Child::start(test, &number.to_string(), folder)).collect()
}

#[test]
fn eight_processes_make_a_new_journal_and_write_fifty_runs_each() {
    if let Some((process, folder)) = role() {
        return write_runs(&Journal::open(&folder).unwrap(), &process);
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "processes::eight_processes_make_a_new_journal_and_write_fifty_runs_each";
    start_all(test, folder.path()).into_iter().for_each(Child::pass);

    let journal = Journal::open(folder.path()).unwrap();
    assert_eq!(journal.runs(&RunFilter::default()).unwrap().len(), PROCESSES * RUNS);
    let sample = timeless(journal.run(&id("p7-r49")).unwrap().unwrap());
    assert_eq!(Some(sample), after(CALLS, "p7-r49"));
    assert_eq!(std::fs::read_dir(folder.path().join("runs")).unwrap().count(), 0);
}

/// Whole lives; nobody else's run may ever look as if its process were gone.
fn write_runs(journal: &Journal, process: &str) {
    for run in (0..RUNS).map(|run| format!("p{process}-r{run}")) {
        let mut locks = Vec::new();
        for number in 0..CALLS {
            locks.push(call(journal, &run, number));
        }
        assert_eq!(journal.unfinished(PORTAL, SCOPE).unwrap(), []);
    }
}

#[test]
fn of_eight_processes_one_takes_over_a_run_of_the_dead() {
    if let Some((_, folder)) = role() {
        let lock = Journal::open(&folder).unwrap().claim(&id("r")).unwrap();
        say(if lock.is_some() { "mine" } else { "not mine" });
        return stay();
    }
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path()).unwrap();
    drop(call(&journal, "r", 0));
    let mut children = start_all("processes::of_eight_processes_one_takes_over_a_run_of_the_dead", folder.path());
    let said: Vec<_> = children.iter_mut().map(|child| child.line().unwrap()).collect();
    assert_eq!(said.iter().filter(|line| *line == "mine").count(), 1, "{said:?}");
    assert!(journal.claim(&id("r")).unwrap().is_none());

    drop(children); // each is killed
    assert!(journal.claim(&id("r")).unwrap().is_some());
}
