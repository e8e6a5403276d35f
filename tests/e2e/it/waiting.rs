//! What is seen of the waiting, and how often the portal is asked meanwhile.

use std::time::Duration;

use mock_portal::{JobPlan, Operation};

use crate::rig::{Program, portal_of};

#[tokio::test]
async fn a_log_gets_a_line_per_tenth_and_no_bar() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(3500))).await;
    let run = Program::of(&portal).run("run --no-notify").await;
    let tenths: Vec<u32> = run.exits(0).stderr.lines().filter_map(percent).collect();
    assert!(tenths.len() >= 3 && tenths.is_sorted(), "{tenths:?} in {run}");
    assert!(tenths.windows(2).all(|pair| pair[0] / 10 < pair[1] / 10), "{tenths:?} in {run}");
    assert!(!run.stderr.contains('\r') && !run.stderr.contains('\u{1b}'), "{run}");
}

#[tokio::test]
async fn no_progress_means_no_lines_of_it() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(1500))).await;
    let run = Program::of(&portal).run("run --no-notify --no-progress").await;
    assert_eq!(run.exits(0).stderr.lines().find(|line| line.contains(" % after ")), None, "{run}");
}

#[tokio::test]
async fn events_tell_the_progress_and_end_with_the_report() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(2500))).await;
    let run = Program::of(&portal).run("run --no-notify --output jsonl").await;
    let documents = run.exits(0).json_lines();
    let (report, events) = documents.split_last().unwrap();
    assert_eq!([&report["kind"], &report["outcome"]], ["backup_report", "completed"]);
    assert!(events.iter().all(|event| event["schema_version"] == 1 && event["kind"] == "event"), "{run}");
    let percents: Vec<_> = events.iter().filter_map(|event| event["progress"].as_u64()).collect();
    assert!(percents.len() >= 2 && percents.is_sorted(), "{run}");
}

#[tokio::test]
async fn the_portal_is_asked_seldom() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_secs(4))).await;
    let document = Program::of(&portal).run("run --output json").await.exits(0).json();
    let looks = portal.calls_of(Operation::Progress).len();
    assert!((3..=7).contains(&looks), "{looks} looks in four seconds");
    assert_eq!(document["polls"], looks, "the report counts every look at the slot");
    assert_eq!(portal.calls_of(Operation::History).len(), 1, "{}", portal.log());
}

#[tokio::test]
async fn the_end_is_noticed_within_a_second() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(2500))).await;
    Program::of(&portal).run("run --no-notify").await.exits(0);
    let noticed = portal.calls_of(Operation::History)[0].at;
    let began = portal.calls_of(Operation::Start)[0].at;
    let lag = (noticed - began).saturating_sub(Duration::from_millis(2500));
    assert!(lag < Duration::from_millis(1500), "noticed after {lag:?}");
}

/// The percentage of a line like ` 42 % after 1.2 s`.
fn percent(line: &str) -> Option<u32> {
    line.split_once(" % after ")?.0.trim().parse().ok()
}
