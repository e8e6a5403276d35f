//! Channels that are down while the backup is fine: nobody else is deprived, and the report says who was not told.

use expect_test::expect;
use mock_portal::JobPlan;
use notify::test_servers::Fault;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::rig::{Program, Sink, mail_server, portal, portal_of};

/// A port at which nobody listens.
async fn dead_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

/// The notification of that name in a report.
fn notification<'a>(document: &'a Value, name: &str) -> &'a Value {
    let all = document["notifications"].as_array().unwrap();
    all.iter().find(|told| told["name"] == name).unwrap_or_else(|| panic!("{document}"))
}

#[tokio::test]
async fn a_good_backup_of_which_some_could_not_be_told_is_16() {
    let (portal, server) = (portal().await, mail_server().start().await.unwrap());
    let slack = Sink::answering(404, "no_service").await;
    let program = Program::of(&portal).with_stdout().with_slack(&slack);
    let program = program.file("config/docspace-backup/ca.pem", server.ca_pem());
    let program = program.with_mail_at(dead_port().await, &["admin@example.com"]);
    let run = program.run("run --folder 123").await;
    run.shows(expect![[r#"
        $ docspace-backup run --folder 123
        exit code 16
        --- stdout
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup completed after [DURATION]: 127.0.0.1:[PORT]

        The backup completed successfully.

        Portal:      http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
        Backup ID:   [ID]
        Covers:      this portal
        Started at:  [TIME]
        Finished at: [TIME]
        Duration:    [DURATION]
        Storage:     documents
        File:        acme_[STAMP].tar.gz
        Saved at:    [TIME]
        Expires:     never

        Backup completed after [DURATION]: 127.0.0.1:[PORT]
          Told: stdout, NOT slack, NOT email
        --- stderr
        warning: email may not be told at the end: cannot connect to localhost:[PORT]: Connection refused (os error [N])
        starting the backup
        backup [ID] started
        backup [ID] is over: looking for its copy in the history
        warning: slack was not told: not delivered: status 404 Not Found: no_service
        warning: email was not told: cannot connect to localhost:[PORT]: Connection refused (os error [N])
        note: it is kept, and told by the next run or by `docspace-backup notify retry`
    "#]]);
    let document = program.run("run --folder 123 --output json").await.exits(16).json();
    assert_eq!([&document["outcome"], &document["error"]], [&Value::from("completed"), &Value::Null]);
    assert_eq!(notification(&document, "stdout")["status"], "delivered");
    assert_eq!(notification(&document, "slack")["attempts"], 1, "404 is final");
    assert!(notification(&document, "slack")["error"].is_string());
    let email = notification(&document, "email");
    assert_eq!([&email["status"], &email["attempts"]], [&Value::from("waiting"), &Value::from(0)], "in its order");
}

#[tokio::test]
async fn a_failed_backup_stays_1_whoever_could_not_be_told() {
    let portal = portal_of(JobPlan::fail("no")).await;
    let slack = Sink::answering(404, "no_service").await;
    let document = Program::of(&portal).with_slack(&slack).run("run --output json").await.exits(1).json();
    assert_eq!(notification(&document, "slack")["status"], "failed");
}

#[tokio::test]
async fn a_slack_that_stumbles_is_told_at_the_next_try() {
    let portal = portal().await;
    let slack = Sink::stumbling(503, 200, "ok").await;
    let document = Program::of(&portal).with_slack(&slack).run("run --output json").await.exits(0).json();
    assert_eq!(notification(&document, "slack")["attempts"], 2);
}

#[tokio::test]
async fn one_refused_recipient_deprives_no_other() {
    let portal = portal().await;
    let gone = Fault::Answer("550 5.1.1 no such user");
    let server = mail_server().fault("RCPT TO:<gone@", gone).start().await.unwrap();
    let program = Program::of(&portal).with_mail(&server, &["gone@example.com", "admin@example.com"]);
    let document = program.run("run --output json").await.exits(16).json();
    assert!(notification(&document, "email")["error"].as_str().unwrap().contains("gone@example.com"), "{document}");
    assert_eq!(server.mails().len(), 1);
    assert_eq!(server.mails()[0].to, ["admin@example.com"]);
}

#[tokio::test]
async fn a_wrong_mail_password_is_told_in_the_servers_words() {
    let portal = portal().await;
    let server = mail_server().login("backup", "another password").start().await.unwrap();
    let program = Program::of(&portal).with_mail(&server, &["admin@example.com"]);
    program.run("run --output json").await.exits(16).mentions("535 5.7.8 bad user or password");
}

#[tokio::test]
async fn a_mail_server_of_nobodys_gets_no_password() {
    let (portal, other) = (portal().await, mail_server().start().await.unwrap());
    let server = mail_server().start().await.unwrap();
    let program = Program::of(&portal).with_mail(&server, &["admin@example.com"]);
    let program = program.file("config/docspace-backup/ca.pem", other.ca_pem());
    let run = program.run("run --output json").await;
    assert!([2, 16].contains(&run.code), "{run}");
    let commands = server.commands();
    assert!(!commands.iter().any(|command| command.starts_with("AUTH")), "{commands:?}");
    assert_eq!(server.mails(), []);
}

#[tokio::test]
async fn the_other_sides_own_word_is_told() {
    let (portal, slack) = (portal().await, Sink::answering(404, "no_service").await);
    let program = Program::of(&portal).with_slack(&slack);
    let run = program.run("run --folder 123 --output json").await;
    let document = run.exits(16).json();
    assert!(document["notifications"][0]["error"].as_str().unwrap().contains("no_service"), "{run}");
    run.mentions("no_service");
    let test = program.run("notify test").await;
    assert!(test.exits(1).to_string().contains("no_service"), "{test}");
}
