//! `cancel`: the backup that somebody agreed to cancel and no other, once, and followed until it is gone.

use std::time::Duration;

use expect_test::{Expect, expect};
use mock_portal::{Answer, CancelPlan, Config, Fault, JobPlan, MockPortal, Operation, SlotJob, Trouble};
use serde_json::{Value, json};

use crate::{
    bad_input::{as_it_is, check as check_mistake},
    rig::{Program, Signal, Terminal, portal},
};

const UNKNOWN: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";

/// A doubt is looked into for longer than the portal may take to show a cancelled job again.
const PATIENT: &str = "[run]\nrecheck_after = \"15s\"\n";

/// A portal with a job that no test sees the end of, and its id.
async fn with_job() -> (MockPortal, String) {
    let portal = portal().await;
    let plan = JobPlan::succeed().lasting(Duration::from_secs(3600)).curve(&[(0.0, 40), (1.0, 40)]);
    let id = portal.put_in_slot(SlotJob::new(plan, Duration::from_secs(60)));
    (portal, id)
}

/// The same with a job of a minute, cancelled by that plan so long before its end.
async fn with_short_job(plan: CancelPlan, left: Duration) -> (MockPortal, String) {
    let portal = portal().await;
    portal.plan_cancels(plan);
    let minute = Duration::from_secs(60);
    let id = portal.put_in_slot(SlotJob::new(JobPlan::succeed().lasting(minute), minute - left));
    (portal, id)
}

#[track_caller]
fn assert_nothing_sent(portal: &MockPortal) {
    assert_eq!(portal.calls_of(Operation::Cancel), [], "{}", portal.log());
}

#[track_caller]
fn assert_sent_once(portal: &MockPortal) {
    assert_eq!(portal.calls_of(Operation::Cancel).len(), 1, "{}", portal.log());
}

#[tokio::test]
async fn the_running_backup_is_cancelled_and_seen_to_be_gone() {
    let (portal, _) = with_job().await;
    let told = Program::of(&portal).run("cancel --yes").await;
    told.shows(expect![[r#"
        $ docspace-backup cancel --yes
        exit code 0
        --- stdout
        Backup cancelled: http://127.0.0.1:[PORT]
          Backup ID: [ID]
          Covers:    this portal
          Progress:  40 %
          Waited:    [DURATION]
        --- stderr
        cancelling backup [ID]
        backup [ID] has left the portal's slot: looking whether it comes back
        backup [ID] is over: looking for its copy in the history
    "#]]);
    assert_sent_once(&portal);
    assert_eq!(portal.records(), []);
}

#[tokio::test]
async fn a_named_backup_is_cancelled_and_told_in_each_form() {
    let (portal, id) = with_job().await;
    let document = Program::of(&portal).run(&format!("cancel {id} --yes -o json")).await.exits(0).json();
    assert_eq!([&document["kind"], &document["outcome"]], ["backup_cancellation", "cancelled"]);
    assert_eq!(document["backup"], json!({ "id": id, "progress": 40, "dump": false, "file_name": null }));
    assert_eq!([&document["dry_run"], &document["error"]], [&json!(false), &Value::Null]);
    let (portal, id) = with_job().await;
    let told = Program::of(&portal).run(&format!("cancel {id} --yes -o markdown")).await;
    let (page, _) = told.exits(0).stdout.split_once("- Waited: ").unwrap();
    let known = page.split_once("\n\n").unwrap().1.replace(&id, "[ID]");
    assert_eq!(known, "- Backup ID: [ID]\n- Covers: this portal\n- Progress: 40 %\n");
    let (portal, _) = with_job().await;
    let lines = Program::of(&portal).run("cancel --yes -o jsonl").await.exits(0).json_lines();
    let events: Vec<&str> = lines.iter().filter_map(|line| line["event"].as_str()).collect();
    assert_eq!([events.first(), events.last()], [Some(&"bound"), Some(&"confirming")], "{events:?}");
    assert_eq!(lines.last().unwrap()["kind"], "backup_cancellation");
}

#[tokio::test]
async fn where_nothing_runs_nothing_is_sent() {
    let portal = portal().await;
    let program = Program::of(&portal);
    program.run("cancel").await.shows(expect![[r#"
        $ docspace-backup cancel
        exit code 0
        --- stdout
        Nothing to cancel, for no backup runs: http://127.0.0.1:[PORT]
        --- stderr
    "#]]);
    let id = portal.put_in_slot(SlotJob::finished(Duration::from_secs(60)));
    let document = program.run("cancel -o json").await.exits(0).json();
    assert_eq!([&document["outcome"], &document["backup"]], [&json!("nothing_to_cancel"), &Value::Null]);
    assert_nothing_sent(&portal);
    let status = program.run("status -o json").await.exits(0).json();
    assert_eq!(status["backup"]["id"], id, "a cancel would have wiped the result of the last backup");
}

#[tokio::test]
async fn another_backup_than_the_named_one_is_left_alone() {
    let (portal, id) = with_job().await;
    let program = Program::of(&portal);
    program.run(&format!("cancel {UNKNOWN} --yes")).await.shows(expect![[r#"
        $ docspace-backup cancel [ID] --yes
        exit code 10
        --- stdout
        --- stderr
        error: backup [ID] does not run, but [ID] does; nothing was sent
        hint: if that is the one you mean: `docspace-backup cancel [ID]`
    "#]]);
    let document = program.run(&format!("cancel {id} --dump --yes -o json")).await.exits(10).json();
    assert_eq!(document["error"]["code"], "not_running", "the slot of dumps is another one");
    portal.put_in_slot(SlotJob::finished(Duration::from_secs(60)).task_id(UNKNOWN));
    program.run(&format!("cancel {UNKNOWN} --yes")).await.exits(10).mentions("does not run");
    assert_nothing_sent(&portal);
}

#[tokio::test]
async fn a_dump_beside_it_would_be_hit_too() {
    let (portal, _) = with_job().await;
    let dump = portal.put_in_slot(SlotJob::running_for(Duration::from_secs(600)).dump());
    let told = Program::of(&portal).run("cancel --yes").await;
    told.exits(11).mentions(&format!("another job runs, {dump}, and a cancel would hit it too; nothing was sent"));
    Program::of(&portal).run("cancel --dump --yes").await.exits(11);
    assert_nothing_sent(&portal);
}

#[tokio::test]
async fn a_dump_alone_is_cancelled_by_that_name() {
    let portal = portal().await;
    portal.put_in_slot(SlotJob::running_for(Duration::from_secs(600)).dump());
    let document = Program::of(&portal).run("cancel --dump --yes -o json").await.exits(0).json();
    assert_eq!(document["backup"]["dump"], true);
    assert_sent_once(&portal);
}

#[tokio::test]
async fn without_a_terminal_nothing_is_done_unless_that_was_agreed_to() {
    let (portal, _) = with_job().await;
    let program = Program::of(&portal);
    let document = program.run("cancel -o json").await.exits(2).json();
    assert_eq!(document["error"]["code"], "consent_needed");
    program.run("cancel --dry-run").await.shows(expect![[r#"
        $ docspace-backup cancel --dry-run
        exit code 0
        --- stdout
        A dry run: nothing was cancelled: http://127.0.0.1:[PORT]
          Backup ID: [ID]
          Covers:    this portal
          Progress:  40 %
        --- stderr
    "#]]);
    let document = program.run("cancel --dry-run -o json").await.exits(0).json();
    assert_eq!([&document["outcome"], &document["dry_run"]], [&json!("planned"), &json!(true)]);
    assert_nothing_sent(&portal);
}

#[tokio::test]
async fn somebody_at_a_terminal_is_asked() {
    let (portal, id) = with_job().await;
    let program = Program::of(&portal);
    for keys in ["n\r", "\u{4}"] {
        let (screen, code) = Terminal::answer(&program, "cancel", keys).await;
        assert_eq!(code, 1, "{keys:?}: {screen}");
        assert!(screen.contains(&format!("Cancel the backup {id}, at 40 %, of http://")), "{screen}");
        assert_nothing_sent(&portal);
    }
    let (screen, code) = Terminal::answer(&program, "cancel", "y\r").await;
    assert_eq!(code, 0, "{screen}");
    assert!(screen.contains("Backup cancelled"), "{screen}");
    assert_sent_once(&portal);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_before_anything_is_sent() {
    async fn check(line: &str, expected: Expect) {
        check_mistake(as_it_is, line, expected).await;
    }
    check("cancel 4711", expect![[r#"
        error: invalid value '4711' for '[ID]': not a backup id: 32 hexadecimal digits in groups of 8-4-4-4-12 are expected

        For more information, try '--help'.
    "#]]).await;
    check(
        "cancel --timeout 0s",
        expect![[r#"
        error: invalid value '0s' for '--timeout <DURATION>': a length of time above zero is needed

        For more information, try '--help'.
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_job_that_comes_back_as_cancelled_confirms_it() {
    let (portal, _) = with_short_job(CancelPlan::ComesBack, Duration::from_secs(50)).await;
    let program = Program::of(&portal).settings_alone(PATIENT);
    let document = program.run("cancel --yes -o json").await.exits(0).json();
    assert_eq!([&document["outcome"], &document["confirmed"]], [&json!("cancelled"), &json!(true)]);
}

#[tokio::test]
async fn a_cancel_that_got_lost_is_told() {
    let (portal, _) = with_short_job(CancelPlan::Lost, Duration::from_secs(50)).await;
    let program = Program::of(&portal).settings_alone(PATIENT);
    let told = program.run("cancel --yes --timeout 1s").await;
    told.exits(8).mentions("the cancel was sent, and the backup runs on");
    assert_sent_once(&portal);
}

#[tokio::test]
async fn a_cancel_that_came_too_late_is_told_with_the_copy() {
    let (portal, id) = with_short_job(CancelPlan::TooLate, Duration::from_secs(4)).await;
    let program = Program::of(&portal).settings_alone(PATIENT);
    let document = program.run("cancel --yes -o json").await.exits(3).json();
    assert_eq!(document["outcome"], "completed_anyway");
    assert!(document["backup"]["file_name"].is_string(), "{document}");
    assert!(document["notes"][0].as_str().unwrap().contains(&format!("docspace-backup delete {id}")), "{document}");
}

#[tokio::test]
async fn an_older_portal_cannot_do_it() {
    let portal = MockPortal::start(Config { version: "3.6.0".into(), ..Config::default() }).await;
    portal.put_in_slot(SlotJob::running_for(Duration::from_secs(600)));
    Program::of(&portal).run("cancel --yes").await.shows(expect![[r#"
        $ docspace-backup cancel --yes
        exit code 1
        --- stdout
        Nothing was cancelled: http://127.0.0.1:[PORT]
          Backup ID: [ID]
          Covers:    this portal
          Progress:  63 %
          Waited:    [DURATION]
        --- stderr
        cancelling backup [ID]
        error: cannot cancel the backup: the portal is too old: this needs DocSpace 3.7.1 or newer
        hint: update the portal, or do this at the portal's web page
    "#]]);
}

#[tokio::test]
async fn after_a_doubt_the_portal_is_looked_at_and_nothing_sent_again() {
    let (portal, _) = with_job().await;
    portal.inject(Fault::on(Operation::Cancel).answer(Answer::gateway(504)).after_effect());
    let document = Program::of(&portal).run("cancel --yes -o json").await.exits(0).json();
    assert!(document["notes"][0].as_str().unwrap().contains("the portal's answer was lost"), "{document}");
    assert_sent_once(&portal);
    let (portal, _) = with_job().await;
    portal.inject(Fault::on(Operation::Cancel).answer(Answer::gateway(504)));
    Program::of(&portal).run("cancel --yes --timeout 1s").await.exits(8);
    assert_sent_once(&portal);
}

#[tokio::test]
async fn what_cannot_be_looked_at_any_more_is_unknown() {
    let (portal, _) = with_job().await;
    portal.inject(Fault::on(Operation::History).always().answer(Answer::gateway(502)));
    let document = Program::of(&portal).run("cancel --yes -o json").await.exits(17).json();
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["unknown", "cancel_unknown"]);
}

#[tokio::test]
async fn refusals_have_their_codes() {
    let (portal, _) = with_job().await;
    let program = Program::of(&portal);
    portal.inject(Fault::on(Operation::Cancel).answer(Answer::exception(403, "SecurityException", "Access denied")));
    let document = program.run("cancel --yes -o json").await.exits(4).json();
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["refused", "forbidden"]);
    portal.set_troubles([Trouble::KeyRefused]);
    program.run("cancel --yes").await.exits(4);
    portal.go_down().await;
    program.run("cancel --yes").await.exits(75);
}

#[tokio::test]
async fn a_signal_ends_the_waiting_and_not_the_cancel() {
    let (portal, _) = with_job().await;
    let mut run = Program::of(&portal).settings_alone(PATIENT).start("cancel --yes -o json");
    run.says("looking whether it comes back").await;
    run.signal(Signal::Interrupt).await;
    let document = run.finish().await.exits(130).json();
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["unknown", "interrupted"]);
    assert_sent_once(&portal);
}
