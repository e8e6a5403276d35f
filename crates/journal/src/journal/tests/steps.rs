//! What each step leaves behind, and which may follow upon which.

use expect_test::{Expect, expect};

use super::*;

/// Plays the steps, a word each, and shows what is kept, or what was refused.
fn check(steps: &[&str], expected: Expect) {
    let (_folder, journal) = journal();
    let _lock = journal.begin(&new_run("r")).unwrap();
    let mut shown = String::new();
    for step in steps {
        if let Err(error) = play(&journal, step) {
            shown.push_str(&format!("{step}: {:?}, {}\n", error.kind(), std::error::Error::source(&error).unwrap()));
        }
    }
    shown.push_str(&show(&record(&journal, "r")));
    expected.assert_eq(&shown);
}

fn play(journal: &Journal, step: &str) -> Result<(), JournalError> {
    let run = &id("r");
    match step {
        "start" => journal.about_to_start(run, None),
        "start after old" => journal.about_to_start(run, Some("old")),
        "bind" => journal.bound(run, "task", false),
        "join" => journal.bound(run, "task", true),
        "bind other" => journal.bound(run, "other", false),
        "alive" => journal.alive(run, 45),
        "end well" => journal.ended(run, &ending("completed", 0)),
        "end untold" => journal.ended(run, &ending("completed", 16)),
        "close" => journal.closed(run),
        other => panic!("no step is called {other}"),
    }
}

fn show(run: &RunRecord) -> String {
    let mut shown = format!("{} previous={:?} task={:?}", run.phase, run.previous_task, run.task);
    shown.push_str(&format!(" joined={} progress={:?}", run.joined, run.progress));
    shown.push_str(&format!(" outcome={:?} exit={:?}\n", run.outcome, run.exit_code));
    shown
}

#[test]
fn a_run_begins_with_its_order_and_nothing_more() {
    let (_folder, journal) = journal();
    let run = new_run("r");
    let _lock = journal.begin(&run).unwrap();
    let expected = RunRecord {
        id: run.id,
        portal: run.portal,
        profile: run.profile,
        scope: run.scope,
        order: run.order,
        phase: Phase::Begun,
        previous_task: None,
        task: None,
        joined: false,
        progress: None,
        outcome: None,
        exit_code: None,
        report: None,
        begun_at: run.at,
        started_at: None,
        alive_at: run.at,
        ended_at: None,
        messages: Vec::new(),
    };
    assert_eq!(record(&journal, "r"), expected);
}

#[test]
fn a_whole_run_leaves_all_that_was_said() {
    check(
        &["start after old", "bind", "alive", "end well", "close"],
        expect![[r#"
            closed previous=Some("old") task=Some("task") joined=false progress=None outcome=Some("completed") exit=Some(0)
        "#]],
    );
}

#[test]
fn a_joined_run_starts_nothing() {
    check(
        &["join", "end well", "close"],
        expect![[r#"
        closed previous=None task=Some("task") joined=true progress=None outcome=Some("completed") exit=Some(0)
    "#]],
    );
}

#[test]
fn a_run_starts_one_backup_at_most() {
    check(
        &["start", "start after old"],
        expect![[r#"
            start after old: OutOfOrder, the run r stands at "starting"
            starting previous=None task=None joined=false progress=None outcome=None exit=None
        "#]],
    );
    check(
        &["start", "bind", "start"],
        expect![[r#"
            start: OutOfOrder, the run r stands at "bound"
            bound previous=None task=Some("task") joined=false progress=None outcome=None exit=None
        "#]],
    );
    check(
        &["end well", "start"],
        expect![[r#"
            start: OutOfOrder, the run r stands at "ended"
            ended previous=None task=None joined=false progress=None outcome=Some("completed") exit=Some(0)
        "#]],
    );
}

#[test]
fn the_task_is_bound_once_and_for_all() {
    check(
        &["bind", "bind", "join", "bind other"],
        expect![[r#"
        bind other: OutOfOrder, it is bound to the task "task"
        bound previous=None task=Some("task") joined=false progress=None outcome=None exit=None
    "#]],
    );
    check(
        &["start", "end well", "bind"],
        expect![[r#"
            bind: OutOfOrder, the run r stands at "ended"
            ended previous=None task=None joined=false progress=None outcome=Some("completed") exit=Some(0)
        "#]],
    );
}

#[test]
fn a_run_without_a_verdict_cannot_be_closed() {
    check(
        &["bind", "close"],
        expect![[r#"
            close: OutOfOrder, the run r stands at "bound"
            bound previous=None task=Some("task") joined=false progress=None outcome=None exit=None
        "#]],
    );
}

#[test]
fn a_closed_run_stays_as_it_is() {
    check(
        &["end well", "close", "close", "bind", "alive", "end untold"],
        expect![[r#"
            bind: OutOfOrder, the run r stands at "closed"
            alive: OutOfOrder, the run r stands at "closed"
            end untold: OutOfOrder, the run r stands at "closed"
            closed previous=None task=None joined=false progress=None outcome=Some("completed") exit=Some(0)
        "#]],
    );
}

#[test]
fn the_last_verdict_holds() {
    check(
        &["end well", "end untold"],
        expect![[r#"
        ended previous=None task=None joined=false progress=None outcome=Some("completed") exit=Some(16)
    "#]],
    );
}

#[test]
fn a_heartbeat_is_kept_once_a_second_whatever_the_clock_does() {
    let (_folder, journal) = journal();
    let _lock = journal.begin(&new_run("r")).unwrap();
    let begun = record(&journal, "r").alive_at.as_microsecond();
    let beat = |progress, after: i64| {
        journal.alive_at(&id("r"), progress, begun + after).unwrap();
        record(&journal, "r").progress
    };
    assert_eq!(beat(1, 999_999), None);
    assert_eq!(beat(2, 1_000_000), Some(2));
    assert_eq!(beat(3, 1_999_999), Some(2));
    assert_eq!(beat(4, -3_600_000_000), Some(4));
    assert_eq!(beat(5, -3_599_000_000), Some(5));
}

#[test]
fn every_step_is_a_sign_of_life_and_has_its_time() {
    let (_folder, journal) = journal();
    let _lock = journal.begin(&new_run("r")).unwrap();
    let mut last = Timestamp::now();
    for step in ["start", "bind", "end well"] {
        play(&journal, step).unwrap();
        let alive = record(&journal, "r").alive_at;
        assert!(alive.as_microsecond() >= last.as_microsecond(), "{step}");
        last = alive;
    }
    let run = record(&journal, "r");
    assert_eq!(run.ended_at, Some(last));
    assert!(run.started_at.unwrap() <= last);
    play(&journal, "end untold").unwrap();
    assert_eq!(record(&journal, "r").ended_at, Some(last));
}

#[test]
fn what_was_written_is_read_back_by_the_next_process() {
    let (folder, journal) = journal();
    let lock = journal.begin(&NewRun { portal: "ä\0\"'; DROP TABLE runs".to_owned(), ..new_run("r") }).unwrap();
    let before = record(&journal, "r");
    drop((journal, lock));
    assert_eq!(record(&Journal::open(folder.path()).unwrap(), "r"), before);
}
