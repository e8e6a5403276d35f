//! Life cycles of a hundred seconds, told by their changes.

use std::fmt::Write;
use std::time::Duration;

use expect_test::{Expect, expect};

use super::LifeCycle;
use crate::cancel_plan::CancelPlan;
use crate::curve::Curve;
use crate::plan::{JobPlan, Vanish};

const USUAL: Duration = Duration::from_secs(100);

fn life(plan: JobPlan) -> LifeCycle {
    LifeCycle::new(plan, USUAL, Curve::portal())
}

/// Looks every half second and tells each change; a rising percentage alone is none, but for each thirty.
fn told(life: &LifeCycle, look: impl Fn(&LifeCycle, Duration) -> String) -> String {
    let mut story = String::new();
    let mut before = String::new();
    for half in 0..=240 {
        let elapsed = Duration::from_millis(half * 500);
        let now = look(life, elapsed);
        if now != before {
            writeln!(story, "{:.1}s {now}", elapsed.as_secs_f64()).unwrap();
            before = now;
        }
    }
    story
}

fn item(life: &LifeCycle, elapsed: Duration) -> String {
    let mut text = life.at(elapsed).map_or_else(
        || "absent".to_owned(),
        |moment| {
            let percent = if moment.completed { moment.progress } else { moment.progress / 30 * 30 };
            let end = if moment.completed { " completed" } else { "" };
            let mut text = format!("{:?} {percent}%{end}", moment.status);
            if !moment.error.is_empty() {
                write!(text, " error={:?}", moment.error).unwrap();
            }
            if let Some(warning) = moment.warning {
                write!(text, " warning={warning:?}").unwrap();
            }
            text
        },
    );
    if life.linked(elapsed) {
        text.push_str(" linked");
    }
    if life.recorded(elapsed) {
        text.push_str(" recorded");
    }
    text
}

fn check(plan: JobPlan, expected: Expect) {
    expected.assert_eq(&told(&life(plan), item));
}

#[test]
fn success_rests_at_90_is_recorded_and_completes_with_status_1_before_2() {
    check(
        JobPlan::succeed().settling(Duration::from_secs(1)),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            48.0s Running 60%
            71.0s Running 90%
            95.0s Running 90% linked
            98.0s Running 90% linked recorded
            100.0s Running 100% completed linked recorded
            101.0s Completed 100% completed linked recorded
        "#]],
    );
}

#[test]
fn a_warning_comes_with_the_end() {
    check(
        JobPlan::succeed().warning("3 files skipped"),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            48.0s Running 60%
            71.0s Running 90%
            95.0s Running 90% linked
            98.0s Running 90% linked recorded
            100.0s Running 100% completed warning="3 files skipped" linked recorded
            100.5s Completed 100% completed warning="3 files skipped" linked recorded
        "#]],
    );
}

#[test]
fn a_failed_job_is_completed_with_an_error_and_leaves_no_record() {
    check(
        JobPlan::fail("disk full").at_percent(45).settling(Duration::from_secs(1)),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            36.0s Running 45% completed error="disk full"
            37.0s Completed 45% completed error="disk full"
        "#]],
    );
}

#[test]
fn a_late_error_comes_after_a_success_that_could_be_seen() {
    check(
        JobPlan::late_error("audit failed").settling(Duration::from_secs(1)),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            48.0s Running 60%
            71.0s Running 90%
            95.0s Running 90% linked
            98.0s Running 90% linked recorded
            100.0s Running 100% completed linked recorded
            101.0s Completed 100% completed error="audit failed" linked recorded
        "#]],
    );
}

#[test]
fn a_frozen_job_stays_where_it_is() {
    check(
        JobPlan::freeze(37),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
        "#]],
    );
}

#[test]
fn a_vanished_job_is_recorded_or_not() {
    check(
        JobPlan::vanish(Vanish::WithRecord, 60),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            47.5s absent
            95.0s absent linked
            98.0s absent linked recorded
        "#]],
    );
    check(
        JobPlan::vanish(Vanish::WithoutRecord, 60),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            47.5s absent
        "#]],
    );
}

#[test]
fn a_cancelled_job_is_gone_and_may_come_back() {
    check(
        JobPlan::cancelled(50),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            39.5s absent
            44.5s Canceled 50% completed warning="Backup cancelled"
        "#]],
    );
    check(
        JobPlan::cancelled_for_good(50),
        expect![[r#"
            0.0s Created 0%
            1.0s Running 0%
            25.0s Running 30%
            39.5s absent
        "#]],
    );
}

#[test]
fn a_job_that_dies_early_has_status_4_and_is_not_completed() {
    check(
        JobPlan::die_early(),
        expect![[r#"
          0.0s Created 0%
          1.0s Failed 0% error="One or more errors occurred. (The tenant could not be resolved.)"
    "#]],
    );
}

#[test]
fn a_lost_start_stays_created_and_a_slow_one_for_a_while() {
    check(
        JobPlan::never_taken(),
        expect![[r#"
          0.0s Created 0%
    "#]],
    );
    check(
        JobPlan::succeed().taken_after(Duration::from_secs(50)),
        expect![[r#"
            0.0s Created 0%
            50.0s Running 0%
            62.0s Running 30%
            74.0s Running 60%
            85.0s Running 90%
            95.0s Running 90% linked
            98.0s Running 90% linked recorded
            100.0s Running 100% completed linked recorded
            100.5s Completed 100% completed linked recorded
        "#]],
    );
}

#[test]
fn a_cancel_before_the_worker_takes_the_job_is_lost() {
    let life = life(JobPlan::succeed().taken_after(Duration::from_secs(5)));
    let after = life.cancelled(CancelPlan::ByPhase, Duration::from_secs(2)).unwrap();
    expect![[r#"
        0.0s Created 0%
        2.0s absent
        5.0s Running 0%
        28.0s Running 30%
        50.0s Running 60%
        72.0s Running 90%
        95.0s Running 90% linked
        98.0s Running 90% linked recorded
        100.0s Running 100% completed linked recorded
        100.5s Completed 100% completed linked recorded
    "#]]
    .assert_eq(&told(&after, item));
}

#[test]
fn a_cancel_after_the_record_loses() {
    let after = life(JobPlan::succeed()).cancelled(CancelPlan::ByPhase, Duration::from_millis(98_500)).unwrap();
    expect![[r#"
        0.0s Created 0%
        1.0s Running 0%
        25.0s Running 30%
        48.0s Running 60%
        71.0s Running 90%
        95.0s Running 90% linked
        98.0s Running 90% linked recorded
        98.5s absent linked recorded
        100.0s Running 100% completed linked recorded
        100.5s Completed 100% completed linked recorded
    "#]]
    .assert_eq(&told(&after, item));
}

#[test]
fn a_cancel_of_a_finished_or_dead_job_leaves_nobody_to_publish_it_again() {
    assert_eq!(life(JobPlan::succeed()).cancelled(CancelPlan::ByPhase, USUAL), None);
    assert_eq!(life(JobPlan::freeze(10)).cancelled(CancelPlan::ByPhase, USUAL), None);
    assert_eq!(life(JobPlan::never_taken()).cancelled(CancelPlan::ByPhase, USUAL), None);
}

#[test]
fn an_item_is_forgotten_a_day_after_its_last_publication() {
    let day = Duration::from_secs(24 * 60 * 60);
    let forgotten = |plan, after: Duration| life(plan).at(after).is_none();
    assert!(!forgotten(JobPlan::succeed(), day + USUAL));
    assert!(forgotten(JobPlan::succeed(), day + USUAL * 2));
    assert!(forgotten(JobPlan::freeze(10), day + USUAL));
    assert!(forgotten(JobPlan::never_taken(), day));
}

#[test]
fn progress_is_published_once_a_second_and_a_sixtieth_of_a_short_job() {
    let changes = |duration: Duration, looks: u32| {
        let life = life(JobPlan::succeed().lasting(duration).curve(&[(0.0, 0), (1.0, 100)]));
        let seen: std::collections::BTreeSet<_> =
            (0..looks).filter_map(|look| life.at(duration * look / looks)).map(|moment| moment.progress).collect();
        seen.len()
    };
    assert_eq!(changes(Duration::from_secs(10), 10_000), 60);
    assert_eq!(changes(Duration::from_secs(90), 10_000), 90);
    assert_eq!(changes(Duration::from_secs(6 * 60 * 60), 10_000), 100, "an integer has no more to say");
}

#[test]
fn progress_never_falls() {
    let life = life(JobPlan::succeed());
    let seen: Vec<_> = (0..1_000).filter_map(|look| life.at(USUAL * look / 1_000)).map(|item| item.progress).collect();
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(seen.last(), Some(&90));
}

#[test]
fn the_shortest_jobs_end_too() {
    for nanos in [0, 1, 59, 1_000] {
        let life = life(JobPlan::succeed().lasting(Duration::from_nanos(nanos)));
        assert!(life.at(Duration::from_micros(2)).unwrap().completed);
    }
}
