//! How a backup ended: the outcome, the exit code, and what people are told of it.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{Config, JobPlan, MockPortal, Operation, SlotJob, Vanish};
use serde_json::Value;

use crate::rig::{Program, job, portal, portal_of};

/// Runs a backup of that fate and gives the report, after making sure of its outcome and the exit code.
async fn check(plan: JobPlan, flags: &str, outcome: &str, exit: i32) -> Value {
    let portal = portal_of(plan).await;
    let run = Program::of(&portal).run(&format!("run --folder 123 --output json {flags}")).await;
    let document = run.exits(exit).json();
    assert_eq!(document["outcome"], outcome, "{run}");
    assert_eq!(document["backup"]["id"], job(&portal), "{run}");
    assert_eq!(portal.calls_of(Operation::Start).len(), 1);
    let is_fine = exit == 0 || exit == 3;
    assert_eq!(document["error"].is_null(), is_fine, "{run}");
    assert!(is_fine || document["error"]["hint"].is_string(), "{run}");
    document
}

fn warned(document: &Value) -> String {
    document["warnings"].as_array().unwrap().iter().map(|warning| warning.as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_failed_backup_is_a_failure_with_the_portals_reason() {
    let document = check(JobPlan::fail("Disk full"), "", "failed", 1).await;
    assert_eq!(document["error"]["code"], "backup_failed");
    assert_eq!(document["error"]["message"], "the portal reports: Disk full");
    assert_eq!(document["backup"]["file_name"], Value::Null);
}

#[tokio::test]
async fn a_failed_backup_is_told_so_at_the_terminal() {
    let portal = portal_of(JobPlan::fail("Disk full").at_percent(64)).await;
    Program::of(&portal).run("run --folder 123").await.shows(expect![[r#"
        $ docspace-backup run --folder 123
        exit code 1
        --- stdout
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup failed after [DURATION]: 127.0.0.1:[PORT]

        The backup failed.
        Reason: the portal reports: Disk full.

        Portal:      http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
        Backup ID:   [ID]
        Covers:      this portal
        Started at:  [TIME]
        Finished at: [TIME]
        Duration:    [DURATION]
        Progress:    64 %
        Storage:     documents

        Next step: Mend the cause at the portal, then run the backup again; an administrator of the server finds more in its logs.

        Backup failed after [DURATION]: 127.0.0.1:[PORT]
          Told: stdout
        --- stderr
        starting the backup
        backup [ID] started
        backup [ID] is over: looking for its copy in the history
        error: the portal reports: Disk full
        hint: mend the cause at the portal, then run the backup again; an administrator of the server finds more in its logs
    "#]]);
}

#[tokio::test]
async fn a_backup_with_skipped_files_is_done_with_warnings() {
    let document = check(JobPlan::succeed().warning("3 files were skipped"), "", "completed_with_warnings", 3).await;
    assert!(warned(&document).contains("3 files were skipped"), "{document}");
}

#[tokio::test]
async fn a_cancelled_backup_is_cancelled() {
    let document = check(JobPlan::cancelled(50), "", "cancelled", 1).await;
    assert_eq!(document["error"]["code"], "cancelled");
}

#[tokio::test]
async fn an_error_after_the_copy_was_saved_is_a_warning() {
    let plan = JobPlan::late_error("The audit event could not be saved").settling(Duration::from_millis(1));
    let document = check(plan, "", "completed_with_warnings", 3).await;
    assert!(warned(&document).contains("The audit event could not be saved"), "{document}");
    assert!(document["backup"]["file_name"].is_string());
}

#[tokio::test]
async fn a_backup_that_died_early_failed() {
    let document = check(JobPlan::die_early(), "", "failed", 1).await;
    assert_eq!(document["error"]["code"], "backup_failed");
}

#[tokio::test]
async fn a_job_that_vanishes_and_is_in_the_history_completed() {
    let plan = JobPlan::vanish(Vanish::WithRecord, 30).lasting(Duration::from_millis(1500));
    let document = check(plan, "", "completed", 0).await;
    assert!(document["backup"]["file_name"].is_string());
}

#[tokio::test]
async fn a_job_that_vanishes_and_is_not_in_the_history_is_lost() {
    let document = check(JobPlan::vanish(Vanish::WithoutRecord, 30), "", "lost", 17).await;
    assert_eq!(document["error"]["code"], "vanished");
}

#[tokio::test]
async fn a_job_cancelled_for_good_is_not_called_completed() {
    let document = check(JobPlan::cancelled_for_good(30), "", "lost", 17).await;
    assert_eq!(document["error"]["code"], "vanished");
}

#[tokio::test]
async fn a_frozen_job_is_stalled_when_nothing_moves_for_too_long() {
    let document = check(JobPlan::freeze(37), "--stall-timeout 2s", "still_running", 8).await;
    assert_eq!(document["error"]["code"], "stalled");
    assert_eq!(document["progress"], 37);
}

#[tokio::test]
async fn the_waiting_ends_at_the_timeout_and_says_how_to_take_it_up() {
    let plan = JobPlan::succeed().lasting(Duration::from_secs(600));
    let document = check(plan, "--timeout 2s", "still_running", 8).await;
    assert_eq!(document["error"]["code"], "timed_out");
    let take_up = format!("`docspace-backup wait {}`", document["backup"]["id"].as_str().unwrap());
    assert!(document["error"]["hint"].as_str().unwrap().contains(&take_up), "{document}");
}

#[tokio::test]
async fn yesterdays_job_in_the_slot_is_not_ours() {
    let portal = portal().await;
    let yesterday = portal.put_in_slot(SlotJob::finished(Duration::from_secs(20 * 3600)));
    let run = Program::of(&portal).run("run --folder 123 --output json").await;
    let document = run.exits(0).json();
    assert_eq!(document["outcome"], "completed");
    assert_ne!(document["backup"]["id"], yesterday.as_str());
    assert_eq!(portal.starts(), 1);
}

/// A portal on which a job of somebody else runs for that long, and its id.
async fn busy(left: Duration) -> (MockPortal, String) {
    let portal = portal().await;
    let foreign = portal.put_in_slot(SlotJob::running_for(left));
    (portal, foreign)
}

#[tokio::test]
async fn a_foreign_job_makes_the_portal_busy() {
    let (portal, foreign) = busy(Duration::from_secs(600)).await;
    let run = Program::of(&portal).run("run --folder 123 --output json").await;
    let document = run.exits(11).json();
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["busy", "busy"]);
    assert!(document["error"]["message"].as_str().unwrap().contains(&foreign), "{document}");
    assert_eq!(portal.calls_of(Operation::Start), []);
}

#[tokio::test]
async fn a_foreign_job_can_be_joined() {
    let (portal, foreign) = busy(Duration::from_secs(2)).await;
    let run = Program::of(&portal).run("run --folder 123 --if-running join --output json").await;
    let document = run.exits(0).json();
    assert_eq!(document["outcome"], "completed");
    assert_eq!(document["joined"], true);
    assert_eq!(document["backup"]["id"], foreign);
    assert_eq!(portal.calls_of(Operation::Start), []);
}

#[tokio::test]
async fn a_foreign_job_can_be_waited_for() {
    let (portal, foreign) = busy(Duration::from_millis(1500)).await;
    let run = Program::of(&portal).run("run --folder 123 --if-running wait --output json").await;
    let document = run.exits(0).json();
    assert_eq!(document["outcome"], "completed");
    assert_eq!(document["joined"], false);
    assert_ne!(document["backup"]["id"], foreign);
    assert_eq!(portal.starts(), 1);
}

#[tokio::test]
async fn polls_that_fail_do_not_decide_anything() {
    let portal = MockPortal::start(Config { backup_duration: Duration::from_millis(2500), ..Config::default() }).await;
    portal.play("flaky".parse().unwrap());
    let document = Program::of(&portal).run("run --folder 123 --output json").await.exits(0).json();
    assert_eq!(document["outcome"], "completed");
}
