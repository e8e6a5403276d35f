//! The examples of `backup-core`.

use std::time::Duration;

use mock_portal::{CancelPlan, Config, DEMO_KEY, JobPlan, MockPortal, Operation, Period, Schedule, SlotJob};

use crate::rig::{Finished, Program, portal};

const BACKUP_NOW: &str = env!("CARGO_BIN_EXE_backup-core-backup_now");
const CANCEL_RUNNING: &str = env!("CARGO_BIN_EXE_backup-core-cancel_running");
const NEXT_RUNS: &str = env!("CARGO_BIN_EXE_backup-core-next_runs");

async fn run(portal: &MockPortal, example: &'static str, arguments: &str) -> Finished {
    let program = Program::of(portal).file("key", DEMO_KEY).env("DOCSPACE_API_KEY_FILE", "key");
    program.example(example).run(arguments).await
}

#[tokio::test]
async fn a_backup_is_made_and_told() {
    let portal = portal().await;
    let made = run(&portal, BACKUP_NOW, "123").await;
    assert!(made.exits(0).stdout.starts_with("started: "), "{made}");
    assert!(made.stdout.ends_with(&format!("completed: {}\n", portal.records()[0].file_name)), "{made}");
    let temporary = run(&portal, BACKUP_NOW, "").await;
    assert!(temporary.exits(0).stdout.contains("warning: the copy is temporary"), "{temporary}");
}

#[tokio::test]
async fn a_backup_that_does_not_come_about_is_an_error() {
    let portal = portal().await;
    portal.plan_next_job(JobPlan::fail("disk full"));
    run(&portal, BACKUP_NOW, "123").await.exits(1).mentions(r#"error: Failed because Some(BackupFailed("disk full"))"#);
    portal.put_in_slot(SlotJob::running_for(Duration::from_secs(60)));
    run(&portal, BACKUP_NOW, "123").await.exits(1).mentions("error: Busy because ");
    run(&portal, BACKUP_NOW, "my-folder").await.exits(1).mentions("error: invalid digit");
}

#[tokio::test]
async fn the_right_backup_is_cancelled_and_its_end_is_told() {
    let portal = portal().await;
    portal.plan_cancels(CancelPlan::TooLate);
    let task =
        portal.put_in_slot(SlotJob::new(JobPlan::succeed().lasting(Duration::from_secs(10)), Duration::from_secs(8)));
    let other = run(&portal, CANCEL_RUNNING, "00000000-0000-0000-0000-000000000000").await;
    other.exits(1).mentions(&format!("error: another job is in the way: {task}"));
    assert_eq!(portal.calls_of(Operation::Cancel).len(), 0, "{other}");
    let late = run(&portal, CANCEL_RUNNING, &task).await;
    assert_eq!(late.exits(0).stdout, "too late: it has completed\n");
    assert_eq!(portal.calls_of(Operation::Cancel).len(), 1, "{late}");
}

#[tokio::test]
async fn a_cancel_that_the_portal_confirms_is_told_as_that() {
    let portal = portal().await;
    portal.plan_cancels(CancelPlan::ComesBack);
    portal.put_in_slot(SlotJob::running_for(Duration::from_secs(10)));
    let cancelled = run(&portal, CANCEL_RUNNING, "").await;
    assert_eq!(cancelled.exits(0).stdout, "cancelled, and the portal confirms it\n");
}

#[tokio::test]
async fn where_nothing_runs_nothing_is_cancelled() {
    let portal = portal().await;
    let nothing = run(&portal, CANCEL_RUNNING, "").await;
    assert_eq!(nothing.exits(0).stdout, "no backup is running\n");
    assert_eq!(portal.calls_of(Operation::Cancel).len(), 0, "{nothing}");
    run(&portal, CANCEL_RUNNING, "7").await.exits(1).mentions("error: not a backup id");
}

#[tokio::test]
async fn the_next_runs_are_foretold_in_the_portals_zone() {
    let portal = MockPortal::start(Config { time_zone: "Europe/Berlin".into(), ..Config::default() }).await;
    let none = run(&portal, NEXT_RUNS, "").await;
    assert_eq!(none.exits(0).stdout, "the portal has no schedule\n");

    portal.put_schedule(Schedule::new(Period::EveryWeek(2), 3));
    let told = run(&portal, NEXT_RUNS, "2").await;
    let mondays = told.exits(0).stdout.lines().filter(|line| line.starts_with("Monday ") && line.contains(" 03:00 CE"));
    assert_eq!((mondays.count(), told.stdout.lines().count()), (2, 2), "{told}");
}

#[tokio::test]
async fn months_that_will_be_left_out_are_warned_of() {
    let portal = portal().await;
    portal.put_schedule(Schedule::new(Period::EveryMonth(31), 3));
    let told = run(&portal, NEXT_RUNS, "").await;
    let warning = told.exits(0).stdout.lines().nth(3);
    assert_eq!(warning, Some("warning: left out in the months [2, 4, 6, 9, 11], which lack the day"), "{told}");
}
