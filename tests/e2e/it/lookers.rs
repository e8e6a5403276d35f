//! The parts of the job and the looks from outside: `start`, `wait`, `status --watch`, `--dry-run`.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{JobPlan, MockPortal, Operation, Record, SlotJob, Vanish};
use serde_json::Value;

use crate::rig::{Finished, Program, Sink, job, portal, portal_of};

const UNKNOWN: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";

/// A portal with somebody's job that still runs for that long, and its id.
async fn with_job(left: Duration) -> (MockPortal, String) {
    let portal = portal().await;
    let id = portal.put_in_slot(SlotJob::running_for(left));
    (portal, id)
}

#[tokio::test]
async fn a_start_gives_the_id_that_wait_takes() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(1500))).await;
    let program = Program::of(&portal);
    let start = program.run("start --folder 123 --output json").await.exits(0).json();
    assert_eq!([&start["kind"], &start["outcome"]], ["backup_start", "still_running"]);
    assert_eq!(start["error"], Value::Null);
    let id = job(&portal);
    assert_eq!(start["backup"]["id"], id);
    let wait = program.run(&format!("wait {id} --output json")).await.exits(0).json();
    assert_eq!([&wait["kind"], &wait["outcome"]], ["backup_report", "completed"]);
    assert_eq!(wait["backup"]["id"], id);
}

#[tokio::test]
async fn a_start_meets_a_running_job_as_it_is_told_to() {
    let (portal, id) = with_job(Duration::from_secs(600)).await;
    let program = Program::of(&portal);
    program.run("start --folder 123").await.exits(11).mentions(&id);
    let joined = program.run("start --folder 123 --if-running join --output json").await.exits(0).json();
    assert_eq!([&joined["joined"], &joined["backup"]["id"]], [&Value::from(true), &Value::from(id)]);
    assert_eq!(portal.calls_of(Operation::Start), []);
}

#[tokio::test]
async fn waiting_without_an_id_takes_what_runs() {
    let (portal, id) = with_job(Duration::from_secs(1)).await;
    let wait = Program::of(&portal).run("wait --output json").await.exits(0).json();
    assert_eq!([&wait["outcome"], &wait["backup"]["id"]], ["completed", id.as_str()]);
    assert_eq!(wait["joined"], true);
}

#[tokio::test]
async fn waiting_for_an_ended_backup_gives_its_end() {
    let portal = portal().await;
    let old = Record { id: UNKNOWN.to_owned(), ..Record::new("old.tar.gz", "2026-07-01T10:00:00Z".parse().unwrap()) };
    portal.add_record(old);
    let wait = Program::of(&portal).run(&format!("wait {UNKNOWN} --output json")).await.exits(0).json();
    assert_eq!([&wait["outcome"], &wait["backup"]["file_name"]], ["completed", "old.tar.gz"]);
}

#[tokio::test]
async fn waiting_tells_how_a_backup_failed() {
    let portal = portal_of(JobPlan::fail("Disk full")).await;
    let program = Program::of(&portal);
    program.run("start --folder 123 --no-notify").await.exits(0);
    let wait = program.run(&format!("wait {}", job(&portal))).await;
    assert!(wait.exits(1).stdout.starts_with("[ADMIN NOTIFICATION]"), "{wait}");
    wait.mentions("Disk full");
}

#[tokio::test]
async fn an_end_that_nobody_waited_for_is_told_when_somebody_looks_and_only_then() {
    let (portal, hook) = (portal_of(JobPlan::fail("Disk full")).await, Sink::answering(200, "").await);
    let program = Program::of(&portal).with_webhook(&hook);
    program.run("start --folder 123 --no-notify").await.exits(0);
    let id = job(&portal);
    portal.wait_for(|_| portal.ended_at().is_some()).await;
    let wait = program.run(&format!("wait {id} --output json")).await.exits(1).json();
    assert_eq!(wait["notifications"][0]["status"], "delivered", "{wait}");
    assert_eq!(hook.post().json()["state"], "failed");
    let again = program.run(&format!("wait {id} --output json")).await.exits(1).json();
    assert_eq!(again["notifications"], serde_json::json!([]), "{again}");
}

#[tokio::test]
async fn a_backup_that_goes_elsewhere_is_not_taken_for_the_one_that_is_wanted() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_secs(600))).await;
    let program = Program::of(&portal);
    program.run("start --storage temporary --no-notify").await.exits(0);
    program.run("run --folder 123 --no-notify").await.exits(11).mentions(&job(&portal));
    let run = program.run("run --storage temporary --no-notify --timeout 1s --output json").await.exits(8).json();
    assert_eq!(run["joined"], true, "{run}");
}

#[tokio::test]
async fn waiting_gives_up_at_its_timeout() {
    let (portal, id) = with_job(Duration::from_secs(600)).await;
    let wait = Program::of(&portal).run("wait --timeout 1s --output json").await.exits(8).json();
    assert_eq!([&wait["outcome"], &wait["backup"]["id"]], ["still_running", id.as_str()]);
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let portal = portal().await;
    Program::of(&portal).run(&format!("wait {UNKNOWN}")).await.shows(expect![[r#"
        $ docspace-backup wait [ID]
        exit code 10
        --- stdout
        No backup to wait for: 127.0.0.1:[PORT]
          Portal: http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
          Reason: the portal knows no backup [ID]
        --- stderr
        backup [ID] is not in the portal's slot: looking for it in the history
        error: the portal knows no backup [ID]
        hint: `docspace-backup history` lists the backups that exist, `docspace-backup status` shows what runs
    "#]]);
    let document = Program::of(&portal).run(&format!("wait {UNKNOWN} -o json")).await.exits(10).json();
    assert_eq!(document["error"]["code"], "no_such_task");
}

#[tokio::test]
async fn an_idle_portal_has_nothing_to_wait_for() {
    let portal = portal().await;
    Program::of(&portal).run("wait").await.shows(expect![[r#"
        $ docspace-backup wait
        exit code 10
        --- stdout
        No backup to wait for: 127.0.0.1:[PORT]
          Portal: http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
          Reason: no backup is running, and none ended within the last 24 hours
        --- stderr
        error: no backup is running, and none ended within the last 24 hours
        hint: start one with `docspace-backup run`
    "#]]);
    let watch = Program::of(&portal).run("status --watch -o json").await.exits(10).json();
    assert_eq!(watch["error"]["code"], "no_such_task");
}

#[tokio::test]
async fn a_watched_status_follows_the_job_and_tells_nobody() {
    let (portal, id) = with_job(Duration::from_secs(1)).await;
    let watch = Program::of(&portal).run("status --watch").await;
    assert_eq!(watch.exits(0).fact("Backup ID").split(' ').next(), Some(id.as_str()));
    assert!(!watch.stdout.contains("[ADMIN NOTIFICATION]"), "{watch}");
    let document = Program::of(&portal).run("status --watch -o json").await.exits(0).json();
    assert_eq!(document["notifications"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn a_dump_is_waited_for_in_its_own_slot() {
    let portal = portal().await;
    let id = portal.put_in_slot(SlotJob::running_for(Duration::from_millis(500)).dump());
    let program = Program::of(&portal);
    program.run("wait").await.exits(10);
    let wait = program.run("wait --dump -o json").await.exits(0).json();
    assert_eq!([&wait["backup"]["id"], &wait["backup"]["dump"]], [&Value::from(id), &Value::from(true)]);
}

#[tokio::test]
async fn a_vanished_backup_that_is_not_ours_is_still_waited_for() {
    let portal = portal().await;
    let plan = JobPlan::vanish(Vanish::WithRecord, 50).lasting(Duration::from_secs(4));
    let plan = plan.curve(&[(0.0, 10), (0.6, 10), (0.6, 50), (1.0, 90)]); // It is gone for the last two fifths.
    let id = portal.put_in_slot(SlotJob::new(plan, Duration::from_millis(100)));
    let wait = Program::of(&portal).run(&format!("wait {id} -o json")).await.exits(0).json();
    assert_eq!(wait["outcome"], "completed");
}

/// What a dry run says; nothing may have been started or told by it.
async fn dry(portal: &MockPortal, line: &str) -> Finished {
    let told = Program::of(portal).run(line).await;
    assert_eq!(portal.calls_of(Operation::Start), []);
    assert!(!told.stdout.contains("[ADMIN NOTIFICATION]"), "{told}");
    told
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_done() {
    let portal = portal().await;
    dry(&portal, "run --dry-run --folder 123 --timeout 2h").await.shows(expect![[r#"
        $ docspace-backup run --dry-run --folder 123 --timeout 2h
        exit code 0
        --- stdout
        A dry run: nothing was started.
          Portal:  http://127.0.0.1:[PORT]
          Covers:  this portal
          Storage: documents, folder 123
          Slot:    free
          Would:   start a backup
          Costs:   backups cost nothing at this portal
          Tells:   stdout
          Waits:   2 h 0 min at most
        --- stderr
    "#]]);
    dry(&portal, "run --dry-run --output json").await.shows(expect![[r#"
        $ docspace-backup run --dry-run --output json
        exit code 0
        --- stdout
        {
          "schema_version": 1,
          "kind": "backup_plan",
          "exit_code": 0,
          "portal": {
            "name": "main",
            "host": "http://127.0.0.1:[PORT]"
          },
          "storage": "temporary",
          "dump": false,
          "running": null,
          "would": "start a backup",
          "timeout_seconds": [SECONDS],
          "stall_timeout_seconds": [SECONDS],
          "notifications": [
            "stdout"
          ],
          "checks": [
            {
              "check": "key",
              "state": "ok",
              "found": "the portal takes the key \"mock\" (…cdef)",
              "mend": null
            },
            {
              "check": "key_expiry",
              "state": "ok",
              "found": "the key never expires",
              "mend": null
            },
            {
              "check": "scope",
              "state": "ok",
              "found": "the key may do all that its owner may",
              "mend": null
            },
            {
              "check": "role",
              "state": "ok",
              "found": "Key Owner owns the portal",
              "mend": null
            },
            {
              "check": "cost",
              "state": "ok",
              "found": "backups cost nothing at this portal",
              "mend": null
            }
          ],
          "error": null
        }
        --- stderr
    "#]]);
    dry(&portal, "start --dry-run --storage local --param filePath=/backups --dump").await.exits(0);
}

#[tokio::test]
async fn a_dry_run_sees_that_the_portal_is_busy() {
    let (portal, id) = with_job(Duration::from_secs(600)).await;
    let told = dry(&portal, "run --dry-run").await;
    assert!(told.exits(11).stdout.contains(&id), "{told}");
    dry(&portal, "run --dry-run --if-running wait").await.exits(0);
    dry(&portal, "run --dry-run --if-running join").await.exits(0);
}

#[tokio::test]
async fn a_dry_run_finds_a_key_that_is_refused() {
    let portal = portal().await;
    portal.set_troubles([mock_portal::Trouble::KeyRefused]);
    dry(&portal, "run --dry-run").await.exits(4);
}
