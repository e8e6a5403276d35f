//! Which runs are continued, which are settled, and what a continued one starts from.

use backup_core::Earlier;
use expect_test::{Expect, expect};
use jiff::{Timestamp, ToSpan};
use journal::{Phase, RunRecord};

use super::{Wanted, left_behind, recover, still_running, was_left};
use crate::fixture::run_record;

const TASK: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";
const ORDER: &str = "documents 123";

fn now() -> Timestamp {
    "2026-07-29T12:00:00Z".parse().unwrap()
}

/// A run whose process was last heard of so many minutes ago.
fn run(id: &str, phase: Phase, silent_minutes: i64) -> RunRecord {
    let alive_at = now() - silent_minutes.minutes();
    let task = (phase >= Phase::Bound).then(|| TASK.to_owned());
    RunRecord { order: ORDER.into(), phase, task, begun_at: alive_at, alive_at, ..run_record(id) }
}

fn check(unfinished: Vec<RunRecord>, wanted: Wanted<'_>, expected: Expect) {
    let recovery = recover(unfinished, wanted, now());
    let settled: Vec<&str> = recovery.settled.iter().map(|run| run.id.as_str()).collect();
    let continued = recovery.continued.as_ref().map(|run| run.id.as_str());
    expected.assert_eq(&format!("continued {continued:?}, settled {settled:?}"));
}

#[test]
fn a_run_that_was_just_cut_off_is_continued() {
    let wanted = Wanted::Backup { order: ORDER };
    check(vec![run("a", Phase::Bound, 5)], wanted, expect![[r#"continued Some("a"), settled []"#]]);
    check(vec![run("a", Phase::Begun, 59)], wanted, expect![[r#"continued Some("a"), settled []"#]]);
}

#[test]
fn last_nights_run_is_settled_and_a_new_one_begins() {
    check(
        vec![run("a", Phase::Bound, 24 * 60)],
        Wanted::Backup { order: ORDER },
        expect![[r#"continued None, settled ["a"]"#]],
    );
}

#[test]
fn another_order_is_another_run() {
    check(
        vec![run("a", Phase::Bound, 5)],
        Wanted::Backup { order: "temporary" },
        expect![[r#"continued None, settled ["a"]"#]],
    );
}

#[test]
fn of_several_the_newest_is_continued() {
    let runs = vec![run("a", Phase::Bound, 50), run("b", Phase::Starting, 20)];
    check(runs, Wanted::Backup { order: ORDER }, expect![[r#"continued Some("b"), settled ["a"]"#]]);
}

#[test]
fn waiting_goes_on_with_the_run_of_that_job() {
    let runs = || vec![run("a", Phase::Bound, 24 * 60), run("b", Phase::Starting, 20)];
    check(runs(), Wanted::End(Some(&TASK.parse().unwrap())), expect![[r#"continued Some("a"), settled []"#]]);
    check(runs(), Wanted::End(None), expect![[r#"continued Some("a"), settled []"#]]);
}

#[test]
fn a_clock_that_was_set_back_makes_no_run_old() {
    check(
        vec![run("a", Phase::Bound, -90)],
        Wanted::Backup { order: ORDER },
        expect![[r#"continued Some("a"), settled []"#]],
    );
}

#[test]
fn what_is_left_behind_depends_on_how_far_it_came() {
    let left = |phase| format!("{:?}", left_behind(&run("a", phase, 2), now()));
    expect!["None"].assert_eq(&left(Phase::Begun));
    expect!["Some(PerhapsStarted { previous: None, ago: 120s })"].assert_eq(&left(Phase::Starting));
    expect![[r#"Some(Started(TaskId("7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11")))"#]].assert_eq(&left(Phase::Bound));
}

#[test]
fn a_job_that_was_left_running_is_known() {
    let left = RunRecord { outcome: Some("still_running".into()), ..run("a", Phase::Closed, 9) };
    let done = RunRecord { outcome: Some("completed".into()), ..run("b", Phase::Closed, 9) };
    let orders = [left.order.clone()];
    assert_eq!(still_running(std::slice::from_ref(&done), "portal", &orders), None);
    let known = Earlier::StillRunning(vec![TASK.parse().unwrap()]);
    assert_eq!(still_running(&[done, left.clone()], "portal", &orders), Some(known));
    assert_eq!(still_running(std::slice::from_ref(&left), "server", &orders), None);
    assert_eq!(still_running(&[left], "portal", &["another order".into()]), None);
}

#[test]
fn the_end_of_a_job_is_news_until_a_command_has_seen_it() {
    let task = TASK.parse().unwrap();
    let left = RunRecord { outcome: Some("still_running".into()), ..run("a", Phase::Closed, 9) };
    let now = RunRecord { outcome: None, ..run("b", Phase::Bound, 9) };
    let seen = RunRecord { outcome: Some("failed".into()), ..run("c", Phase::Closed, 9) };
    assert!(was_left(&[now.clone(), left.clone()], &task));
    assert!(!was_left(&[now, seen, left], &task));
    assert!(!was_left(&[], &task));
}
