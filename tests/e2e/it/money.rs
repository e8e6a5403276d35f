//! What is checked before a start: money, scope, role and the key's age. What cannot be checked stands in nobody's way.

use std::time::Duration;

use expect_test::expect;
use jiff::Timestamp;
use mock_portal::{
    Answer, Caller, Config, Fault, JobPlan, MockPortal, Operation, Record, Role, Scope, SlotJob, Wallet,
};
use serde_json::Value;

use crate::rig::{Finished, Program, Reply, Signal, Sink, portal, portal_of};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What is asked before a start, besides the settings.
const CHECKS: [Operation; 5] =
    [Operation::Key, Operation::Person, Operation::Quota, Operation::BackupsCount, Operation::ServiceState];

/// A hosted portal whose two free backups of the month are used.
async fn spent(wallet: Wallet) -> MockPortal {
    let backup_duration = Duration::from_millis(300);
    let portal = MockPortal::start(Config { standalone: false, wallet, backup_duration, ..Config::default() }).await;
    for name in ["a.tar.gz", "b.tar.gz"] {
        portal.add_record(Record::new(name, Timestamp::now()));
    }
    portal
}

/// Refused before anything was sent.
#[track_caller]
fn is_refused(told: &Finished, portal: &MockPortal, exit: i32, code: &str) {
    let document = told.exits(exit).json();
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["not_started", code], "{told}");
    assert_eq!(document["error"]["status"], Value::Null, "the portal has not refused anything: {told}");
    assert_eq!(portal.calls_of(Operation::Start), [], "{}", portal.log());
}

#[tokio::test]
async fn no_money_is_spent_without_leave() {
    let portal = spent(Wallet::On).await;
    for line in ["run --folder 123", "start --folder 123", "run --folder 123 --allow-paid=false"] {
        let told = Program::of(&portal).run(&format!("{line} --output json")).await;
        is_refused(&told, &portal, 13, "payment_required");
    }
    Program::of(&portal).run("run --folder 123 --no-notify").await.shows(expect![[r#"
        $ docspace-backup run --folder 123 --no-notify
        exit code 13
        --- stdout
        --- stderr
        error: 2 of 2 free backups of this month are used: the next one would cost money, which is not allowed
        hint: give --allow-paid, write allow_paid = true under [run] in the settings file, or wait for the next month, by UTC
    "#]]);
}

#[tokio::test]
async fn with_leave_it_is_spent_and_said() {
    for (line, more) in [("--allow-paid", ""), ("", "allow_paid = true\n")] {
        let portal = spent(Wallet::On).await;
        let program = Program::of(&portal).add_settings(more);
        let told = program.run(&format!("run --folder 123 --output json {line}")).await;
        let notes = told.exits(0).json()["notes"].to_string();
        assert_eq!(notes, r#"["2 of 2 free backups of this month are used: the next one costs money"]"#);
        told.mentions("warning: 2 of 2 free backups of this month are used");
        assert_eq!(portal.starts(), 1);
    }
}

#[tokio::test]
async fn leave_does_not_help_where_nothing_pays() {
    let portal = spent(Wallet::Off).await;
    let told = Program::of(&portal).run("run --folder 123 --allow-paid --output json").await;
    is_refused(&told, &portal, 13, "payment_required");
    told.says(expect![[r#"
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup not started: 127.0.0.1:[PORT]

        The backup could not be started.
        Reason: 2 of 2 free backups of this month are used, and the portal's wallet does not pay for further ones.

        Portal: http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)

        Next step: Switch the wallet's backup service on at the portal, or wait for the next month, by UTC.
        error: 2 of 2 free backups of this month are used, and the portal's wallet does not pay for further ones
        hint: switch the wallet's backup service on at the portal, or wait for the next month, by UTC
    "#]]);
}

#[tokio::test]
async fn who_is_told_of_a_failure_is_told_of_a_refusal_and_it_is_remembered() {
    let (portal, sink) = (spent(Wallet::On).await, Sink::playing(vec![Reply::new(200, "")]).await);
    let program = Program::of(&portal).with_webhook(&sink);
    program.run("run --folder 123").await.exits(13);
    let posts = sink.posts();
    assert_eq!(posts.len(), 1);
    assert!(posts[0].body.contains("2 of 2 free backups"), "{}", posts[0].body);
    let runs = program.run("runs --output json").await.json();
    let run = &runs["runs"][0];
    assert_eq!([&run["phase"], &run["outcome"]], ["closed", "not_started"], "{runs}");
}

#[tokio::test]
async fn a_dry_run_tells_the_price() {
    let portal = spent(Wallet::On).await;
    Program::of(&portal).run("run --folder 123 --dry-run").await.shows(expect![[r#"
        $ docspace-backup run --folder 123 --dry-run
        exit code 13
        --- stdout
        A dry run: nothing was started.
          Portal:  http://127.0.0.1:[PORT]
          Covers:  this portal
          Storage: documents, folder 123
          Slot:    free
          Would:   start nothing, because something forbids it
          Costs:   2 of 2 free backups of this month are used: the next one would cost money, which is not allowed
          Tells:   stdout
          Waits:   6 h 0 min at most
        --- stderr
        error: 2 of 2 free backups of this month are used: the next one would cost money, which is not allowed
        hint: give --allow-paid, write allow_paid = true under [run] in the settings file, or wait for the next month, by UTC
    "#]]);
    let plan = Program::of(&portal).run("run --folder 123 --dry-run --allow-paid --output json").await.exits(0).json();
    assert_eq!([&plan["would"], &plan["error"]], [&Value::from("start a backup"), &Value::Null]);
    let states = plan["checks"].as_array().unwrap().iter().map(|row| format!("{} {}\n", row["check"], row["state"]));
    expect![[r#"
        "key" "ok"
        "key_expiry" "ok"
        "scope" "ok"
        "role" "ok"
        "cost" "warning"
    "#]]
    .assert_eq(&states.collect::<String>());
    assert_eq!(portal.calls_of(Operation::Start), []);
}

#[tokio::test]
async fn the_backup_before_a_restore_costs_nothing_without_leave_either() {
    let portal = spent(Wallet::On).await;
    let record = portal.records().remove(0).id;
    let words = ["restore", &record, "--folder", "123", "--yes", "--portal-name", "Mock portal"];
    let program = Program::of(&portal);
    program.run_words(&words).await.exits(13).mentions("2 of 2 free backups").mentions("nothing was restored");
    assert_eq!((portal.starts(), portal.calls_of(Operation::StartRestore)), (0, Vec::new()), "{}", portal.log());
    program.run_words(&[&words[..], &["--allow-paid", "--timeout", "1s"]].concat()).await;
    assert_eq!(portal.starts(), 1, "{}", portal.log());
}

#[tokio::test]
async fn a_key_or_a_role_that_cannot_suffice_sends_no_start() {
    for caller in [
        Caller { scope: Scope::ReadOnly, ..Caller::default() },
        Caller { scope: Scope::Narrow, ..Caller::default() },
        Caller { role: Role::RoomAdmin, ..Caller::default() },
        Caller { role: Role::User, ..Caller::default() },
    ] {
        let portal = portal().await;
        portal.set_caller(caller);
        let told = Program::of(&portal).run("run --folder 123 --output json").await;
        is_refused(&told, &portal, 4, "forbidden");
        let plan = Program::of(&portal).run("run --folder 123 --dry-run --output json").await;
        assert_eq!(plan.exits(4).json()["error"]["code"], "forbidden", "{plan}");
    }
}

#[tokio::test]
async fn a_key_that_expires_soon_is_warned_of_and_no_hindrance() {
    for (left, words) in [(20, "the key expires in 19 days"), (5, "within a week"), (1, "within a day")] {
        let portal = portal().await;
        portal.expire_key_in(left * DAY);
        let told = Program::of(&portal).run("run --folder 123 --output json").await;
        let notes = told.exits(0).json()["notes"].to_string();
        assert!(notes.contains(words), "{notes}");
        told.mentions("warning: the key expires").mentions(words);
    }
    let portal = portal().await;
    portal.expire_key_in(40 * DAY);
    let told = Program::of(&portal).run("run --folder 123 --output json").await;
    assert_eq!(told.exits(0).json()["notes"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn what_cannot_be_checked_is_no_reason_to_refuse() {
    for operation in CHECKS.into_iter().chain([Operation::Settings]) {
        for fault in [Fault::on(operation).always().status(500), Fault::on(operation).always().hang()] {
            let portal = spent(Wallet::On).await;
            portal.change(|config| config.free_backups = 9);
            portal.inject(fault);
            Program::of(&portal).run("run --folder 123 --no-notify").await.exits(0);
            assert_eq!(portal.calls_of(operation).len(), 1, "asked once: {}", portal.log());
        }
    }
}

#[tokio::test]
async fn a_server_of_ones_own_is_asked_three_things() {
    let portal = portal().await;
    Program::of(&portal).run("run --folder 123 --no-notify").await.exits(0);
    let before: Vec<String> = portal
        .calls()
        .iter()
        .take_while(|call| call.operation != Operation::Start)
        .map(|call| format!("{:?}", call.operation))
        .collect();
    assert_eq!(before[0], "Version", "{before:?}");
    assert_eq!(before[4..], ["Progress"], "{before:?}");
    let mut checks = before[1..4].to_vec();
    checks.sort();
    assert_eq!(checks, ["Key", "Person", "Settings"]);
}

/// Nothing was asked about what a start would cost.
#[track_caller]
fn is_unchecked(portal: &MockPortal) {
    assert!(CHECKS.iter().all(|operation| portal.calls_of(*operation).is_empty()), "{}", portal.log());
}

#[tokio::test]
async fn joining_costs_nothing_and_is_not_checked() {
    let portal = spent(Wallet::On).await;
    portal.put_in_slot(SlotJob::running_for(Duration::from_secs(1)));
    let told = Program::of(&portal).run("run --folder 123 --if-running join --output json").await;
    assert_eq!(told.exits(0).json()["joined"], true);
    is_unchecked(&portal);
    assert_eq!(portal.starts(), 0);
}

#[tokio::test]
async fn joining_an_idle_portal_starts_a_backup_and_is_checked() {
    let portal = spent(Wallet::On).await;
    let told = Program::of(&portal).run("run --folder 123 --if-running join --output json").await;
    is_refused(&told, &portal, 13, "payment_required");
}

#[tokio::test]
async fn a_run_that_was_left_is_joined_unchecked() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_secs(3))).await;
    let program = Program::of(&portal);
    program.run("run --folder 123 --timeout 1s --no-notify").await.exits(8);
    portal.inject(Fault::on(Operation::Key).always().answer(Answer::login_page()));
    program.run("run --folder 123 --no-notify").await.exits(0);
    assert_eq!((portal.starts(), portal.calls_of(Operation::Key).len()), (1, 1), "{}", portal.log());
}

#[tokio::test]
async fn a_run_that_was_killed_is_continued_unchecked() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_secs(3))).await;
    let program = Program::of(&portal);
    let running = program.start("run --folder 123");
    portal.wait_for_calls(Operation::Progress, 2).await;
    running.signal(Signal::Kill).await;
    running.end().await;
    program.run("run --folder 123").await.exits(0);
    assert_eq!((portal.starts(), portal.calls_of(Operation::Key).len()), (1, 1), "{}", portal.log());
}

#[tokio::test]
async fn a_run_that_was_killed_before_its_start_is_checked_again() {
    let portal = spent(Wallet::On).await;
    portal.inject(Fault::on(Operation::Key).hang());
    let program = Program::of(&portal);
    let running = program.start("run --folder 123");
    portal.wait_for_calls(Operation::Key, 1).await;
    running.signal(Signal::Kill).await;
    running.end().await;
    let told = program.run("run --folder 123 --output json").await;
    is_refused(&told, &portal, 13, "payment_required");
}
