//! A trouble from its first failure to the recovery: who is told when, and that it hangs together.

use std::time::Duration;

use mock_portal::JobPlan;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::rig::{Program, Sink, mail_server, portal_of};

const TO: [&str; 1] = ["admin@example.com"];

/// What is said of the incident in each body, in order.
fn told(hook: &Sink) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let line = |body: Value| {
        let incident = &body["incident"];
        format!("{} {} {}", word(&body["state"]), word(&incident["phase"]), incident["failures"])
    };
    hook.posts().iter().map(|post| line(post.json())).collect()
}

#[tokio::test]
async fn three_failures_and_a_recovery_while_the_mail_is_down_come_in_order_and_without_repeats() {
    let portal = portal_of(JobPlan::fail("the disk is full")).await;
    let (server, hook) = (mail_server().start().await.unwrap(), Sink::answering(200, "").await);
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let program = Program::of(&portal).file("config/docspace-backup/ca.pem", server.ca_pem());
    let program = program.with_webhook(&hook).with_mail_at(nobody, &TO);
    for _ in 0..3 {
        program.run("run --folder 123").await.exits(1);
    }
    let waiting = program.run("notify retry --dry-run --output json").await.exits(0).json();
    assert_eq!(waiting["notifications"].as_array().unwrap().len(), 1, "people hear of a trouble once: {waiting}");

    portal.plan_every_job(JobPlan::succeed());
    let program = program.settings("").with_webhook(&hook).with_mail(&server, &TO);
    program.run("run --folder 123").await.exits(0).mentions("email was told late: \"Backup failed");
    assert_eq!(told(&hook), ["failed opened 1", "failed ongoing 2", "failed ongoing 3", "recovered resolved 3"]);
    let subjects: Vec<String> = server.mails().iter().map(|mail| header(&mail.source, "Subject")).collect();
    assert!(subjects[0].starts_with("Backup failed after"), "{subjects:?}");
    assert!(subjects[1].starts_with("Backup recovered after"), "{subjects:?}");
    assert!(subjects[1].contains("and 3 failures"), "{subjects:?}");
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    let threads: Vec<String> = server.mails().iter().map(|mail| header(&mail.source, "References")).collect();
    assert_eq!(threads[0], threads[1]);

    program.run("run --folder 123").await.exits(0);
    assert_eq!(told(&hook).last().unwrap(), "completed ? null", "it is over");
}

#[tokio::test]
async fn people_are_reminded_after_a_while() {
    let portal = portal_of(JobPlan::fail("no")).await;
    let slack = Sink::answering(200, "ok").await;
    let program = Program::of(&portal).with_slack(&slack).add_settings("[delivery]\nremind_first = \"1ms\"\n");
    for _ in 0..3 {
        program.run("run --folder 123").await.exits(1);
    }
    assert_eq!(slack.posts().len(), 2, "at once, after the first pause, and then not for a day");
}

#[tokio::test]
async fn by_default_people_are_told_no_good_news_and_machines_all_of_it() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_secs(2))).await;
    let (slack, hook) = (Sink::answering(200, "ok").await, Sink::answering(200, "").await);
    let program = Program::of(&portal).env("SLACK_WEBHOOK_URL", &slack.url()).secret(Sink::PATH);
    let program = program.with_usual_webhook(&hook);
    let document = program.run("run --folder 123 --output json").await.exits(0).json();
    assert_eq!(document["notifications"].as_array().unwrap().len(), 1, "{document}");
    assert_eq!(slack.posts().len(), 0);
    assert_eq!(told(&hook), ["started ? null", "completed ? null"]);
    let ids: Vec<Value> = hook.posts().iter().map(|post| post.json()["id"].clone()).collect();
    assert_eq!(ids[0], ids[1], "both are about one run");
}

/// A header of a mail, unfolded.
fn header(source: &str, name: &str) -> String {
    let head = source.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
    line.unwrap_or_else(|| panic!("no {name} in {head}"))
}
