//! Who is told: mail, Slack, webhook and standard output, each as it arrives.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{JobPlan, SlotJob, Vanish};
use serde_json::Value;

use crate::rig::{Program, SIGNING_SECRET, Sink, is_signed_with, job, mail_server, part, portal, portal_of};

/// Runs a backup and gives the statuses of the notifications by name.
async fn told(program: &Program, exit: i32) -> Vec<(String, String)> {
    let document = program.run("run --folder 123 --output json").await.exits(exit).json();
    let pair = |told: &Value| (told["name"].as_str().unwrap().to_owned(), told["status"].as_str().unwrap().to_owned());
    document["notifications"].as_array().unwrap().iter().map(pair).collect()
}

fn delivered(names: &[&str]) -> Vec<(String, String)> {
    names.iter().map(|name| ((*name).to_owned(), "delivered".to_owned())).collect()
}

#[tokio::test]
async fn a_mail_goes_over_starttls_with_login_to_every_recipient() {
    let (portal, server) = (portal().await, mail_server().start().await.unwrap());
    let to = ["Admin <admin@example.com>", "second@example.com"];
    let program = Program::of(&portal).with_mail(&server, &to);
    assert_eq!(told(&program, 0).await, delivered(&["email"]));
    let [mail] = &server.mails()[..] else { panic!("{:?}", server.mails()) };
    assert!(mail.encrypted);
    assert_eq!(mail.from, "backup@example.com");
    assert_eq!(mail.to, ["admin@example.com", "second@example.com"]);
}

#[tokio::test]
async fn a_mail_has_the_headers_that_keep_it_in_its_thread_and_from_being_answered() {
    let (portal, server) = (portal().await, mail_server().start().await.unwrap());
    let program = Program::of(&portal).with_mail(&server, &["admin@example.com"]);
    program.run("run --folder 123").await.exits(0);
    program.run("run --folder 123").await.exits(0);
    let mails = server.mails();
    let header = |number: usize, name: &str| {
        let head = mails[number].source.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
        line.unwrap_or_else(|| panic!("no {name} in {head}"))
    };
    assert_eq!(header(0, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(0, "X-Auto-Response-Suppress"), "All");
    assert!(header(0, "Subject").starts_with("Backup completed"), "{}", header(0, "Subject"));
    assert!(header(0, "List-Id").contains("example.com"));
    assert!(header(0, "Content-Type").starts_with("multipart/alternative"));
    assert!(!header(0, "Date").is_empty());
    assert_eq!(header(0, "In-Reply-To"), header(0, "References"));
    assert_ne!(header(0, "References"), header(1, "References"), "two good runs have nothing to do with each other");
    assert_ne!(header(0, "Message-ID"), header(1, "Message-ID"));
}

#[tokio::test]
async fn both_parts_of_a_mail_are_complete() {
    let (portal, server) = (portal().await, mail_server().start().await.unwrap());
    Program::of(&portal).with_mail(&server, &["admin@example.com"]).run("run --folder 123").await.exits(0);
    let mail = &server.mails()[0];
    for kind in ["text/plain", "text/html"] {
        let text = part(mail, kind);
        for fact in [job(&portal).as_str(), "acme_", "documents", "never", &portal.url(), "Started at", "Duration"] {
            assert!(text.contains(fact), "no {fact} in {text}");
        }
    }
    let place = |kind: &str| mail.source.find(kind).unwrap();
    assert!(place("text/plain") < place("text/html"), "the best part comes last");
}

#[tokio::test]
async fn slack_gets_a_card_with_a_text_beside_it() {
    let (portal, sink) = (portal().await, Sink::answering(200, "ok").await);
    let program = Program::of(&portal).with_slack(&sink);
    assert_eq!(told(&program, 0).await, delivered(&["slack"]));
    let post = sink.post();
    assert_eq!(post.path, Sink::PATH);
    let card = post.json();
    assert!(card["text"].as_str().unwrap().contains("Backup completed"), "{card}");
    assert_eq!(card["blocks"][0]["type"], "header");
    assert!(card["blocks"].to_string().contains(&job(&portal)), "{card}");
}

#[tokio::test]
async fn a_webhook_gets_a_signed_document() {
    let (portal, sink) = (portal().await, Sink::answering(204, "").await);
    let program = Program::of(&portal).with_webhook(&sink);
    assert_eq!(told(&program, 0).await, delivered(&["monitoring"]));
    let post = sink.post();
    assert!(is_signed_with(&post, SIGNING_SECRET), "{post:?}");
    let body = post.json();
    assert_eq!([&body["state"], &body["severity"]], ["completed", "success"]);
    assert_eq!(body["schema_version"], 1);
    let facts = body["facts"].as_array().unwrap();
    assert!(facts.iter().any(|fact| fact["label"] == "Backup ID" && fact["value"] == job(&portal).as_str()));
}

#[tokio::test]
async fn everybody_is_told_in_the_order_of_the_file() {
    let (portal, server) = (portal().await, mail_server().start().await.unwrap());
    let (slack, hook) = (Sink::answering(200, "ok").await, Sink::answering(200, "").await);
    let program = Program::of(&portal).with_stdout().with_webhook(&hook).with_slack(&slack);
    let program = program.with_mail(&server, &["admin@example.com"]);
    assert_eq!(told(&program, 0).await, delivered(&["stdout", "monitoring", "slack", "email"]));
}

#[tokio::test]
async fn channels_come_from_the_environment_too() {
    let (portal, server) = (portal_of(JobPlan::fail("no")).await, mail_server().start().await.unwrap());
    let slack = Sink::answering(200, "ok").await;
    let url = server.url().replace("127.0.0.1", "localhost");
    let program = Program::of(&portal).secret_env("SMTP_URL", &url).secret("smtp-password-1234");
    let program = program.secret(Sink::PATH).env("SLACK_WEBHOOK_URL", &slack.url());
    let program = program.env("DOCSPACE_ADMIN_EMAIL", "a@example.com, b@example.com");
    let program = program.env("DOCSPACE_MAIL_FROM", "robot@example.com").file("ca.pem", server.ca_pem());
    let ca = program.path("ca.pem").display().to_string();
    let program = program.env("SSL_CERT_FILE", &ca);
    assert_eq!(told(&program, 1).await, delivered(&["stdout", "email", "slack"]));
    assert_eq!(server.mails()[0].from, "robot@example.com");
    assert_eq!(server.mails()[0].to, ["a@example.com", "b@example.com"]);
    slack.post();
}

#[tokio::test]
async fn channels_are_listed_without_asking_for_a_secret() {
    let (portal, slack) = (portal().await, Sink::answering(200, "ok").await);
    let program = Program::of(&portal).with_stdout().with_slack(&slack).with_webhook(&slack);
    let program = program.without("SLACK_ADDRESS").without("HOOK_SECRET");
    program.run("notify list").await.shows(expect![[r#"
        $ docspace-backup notify list
        exit code 0
        --- stdout
        Channel     Type     Read by   Told of                                                      Fallback  Waiting  Set in
        stdout      stdout   machines  everything                                                             0        [HOME]/config/docspace-backup/config.toml:7
        slack       slack    people    completed, warning, failed, still_running, stale, recovered            0        [HOME]/config/docspace-backup/config.toml:9
        monitoring  webhook  machines  completed, warning, failed, still_running, stale, recovered            0        [HOME]/config/docspace-backup/config.toml:13
        --- stderr
    "#]]);
    let document = program.run("notify list --output json").await.exits(0).json();
    assert_eq!(document["channels"][1]["name"], "slack");
    assert_eq!((slack.posts().len(), portal.calls()), (0, Vec::new()));
}

#[tokio::test]
async fn a_test_notice_reaches_the_channels_that_were_named() {
    let (portal, slack) = (portal().await, Sink::answering(200, "ok").await);
    let hook = Sink::answering(200, "").await;
    let program = Program::of(&portal).with_stdout().with_slack(&slack).with_webhook(&hook);
    program.run("notify test slack stdout").await.shows(expect![[r#"
        $ docspace-backup notify test slack stdout
        exit code 0
        --- stdout
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: A test of docspace-backup

        This is a test: whoever reads it will be told about backups here.

        Sent by: docspace-backup notify test
          slack:  delivered
          stdout: delivered
        --- stderr
    "#]]);
    assert!(slack.post().body.contains("test"));
    assert_eq!((hook.posts().len(), portal.calls()), (0, Vec::new()));
}

#[tokio::test]
async fn a_test_notice_that_does_not_arrive_is_a_failure() {
    let (portal, slack) = (portal().await, Sink::answering(404, "no_service").await);
    let program = Program::of(&portal).with_stdout().with_slack(&slack);
    let test = program.run("notify test").await;
    assert!(test.exits(1).stdout.contains("stdout: delivered\n  slack:  FAILED: "), "{test}");
    let document = program.run("notify test --output json").await.exits(1).json();
    assert_eq!(document["notifications"][0]["status"], "delivered");
    assert_eq!(document["notifications"][1]["status"], "failed");
}

#[tokio::test]
async fn every_outcome_has_its_severity() {
    let rows = [
        (JobPlan::fail("no"), 1, "failed", "error"),
        (JobPlan::succeed().warning("no"), 3, "completed_with_warnings", "warning"),
        (JobPlan::cancelled(10), 1, "cancelled", "warning"),
        (JobPlan::vanish(Vanish::WithoutRecord, 10), 17, "lost", "error"),
    ];
    for (plan, exit, outcome, severity) in rows {
        let (portal, hook) = (portal_of(plan).await, Sink::answering(200, "").await);
        Program::of(&portal).with_webhook(&hook).run("run --folder 123").await.exits(exit);
        let body = hook.post().json();
        assert_eq!([&body["outcome"], &body["severity"]], [outcome, severity], "{body}");
    }
}

#[tokio::test]
async fn a_busy_portal_wakes_nobody() {
    let (portal, hook) = (portal().await, Sink::answering(200, "").await);
    portal.put_in_slot(SlotJob::running_for(Duration::from_secs(600)));
    Program::of(&portal).with_webhook(&hook).run("run --folder 123").await.exits(11);
    let body = hook.post().json();
    assert_eq!([&body["state"], &body["outcome"], &body["severity"]], ["warning", "busy", "info"], "{body}");
}
