//! `notify retry`: what waits is shown, sent, or given up with a loud word.

use expect_test::expect;
use serde_json::Value;

use crate::rig::{Program, Reply, Sink, portal};

/// A run whose message to Slack waits.
async fn with_a_message_that_waits(program: &Program) {
    program.run("run --folder 123").await.exits(16);
}

#[tokio::test]
async fn what_waits_is_shown_and_nothing_is_sent() {
    let (portal, slack) = (portal().await, Sink::answering(404, "no_service").await);
    let program = Program::of(&portal).with_slack(&slack);
    with_a_message_that_waits(&program).await;
    let shown = program.without("SLACK_ADDRESS");
    let document = shown.run("notify retry --dry-run --output json").await.exits(0).json();
    let waiting = &document["notifications"][0];
    assert_eq!([&document["dry_run"], &waiting["attempts"]], [&Value::from(true), &Value::from(1)]);
    assert!(waiting["subject"].as_str().unwrap().starts_with("Backup completed"), "{waiting}");
    assert!(waiting["error"].as_str().unwrap().contains("no_service"), "{waiting}");
    assert_eq!(slack.posts().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_told_now_either_is_16() {
    let (portal, slack) = (portal().await, Sink::answering(404, "no_service").await);
    let program = Program::of(&portal).with_slack(&slack);
    with_a_message_that_waits(&program).await;
    let retry = program.run("notify retry --output json").await.exits(16).json();
    assert_eq!([&retry["exit_code"], &retry["notifications"][0]["attempts"]], [16, 2]);
    assert_eq!(retry["notifications"][0]["status"], "failed");
}

#[tokio::test]
async fn a_channel_that_the_settings_name_no_longer_keeps_its_messages() {
    let (portal, slack) = (portal().await, Sink::playing(vec![Reply::new(404, ""), Reply::new(200, "ok")]).await);
    let program = Program::of(&portal).with_slack(&slack);
    with_a_message_that_waits(&program).await;
    let program = program.settings("").with_stdout();
    let retry = program.run("notify retry --output json").await.exits(16).json();
    let waiting = &retry["notifications"][0];
    assert_eq!([&waiting["status"], &waiting["error"]], ["waiting", "the settings name no such channel"]);
    let run = program.run("run --folder 123").await;
    run.exits(0).mentions("1 message waits for a channel: slack, which the settings do not name");
    program.settings("").with_slack(&slack).run("notify retry").await.exits(0);
    assert_eq!(slack.posts().len(), 2);
}

#[tokio::test]
async fn what_waited_too_long_is_given_up_loudly_after_a_last_try() {
    let (portal, slack) = (portal().await, Sink::answering(404, "no_service").await);
    let program = Program::of(&portal).with_slack(&slack).add_settings("[delivery]\ngive_up_after = \"1ms\"\n");
    let run = program.run("run --folder 123 --quiet --output json").await;
    run.exits(16).mentions("error: slack was never told, and nobody tries any more: \"Backup completed");
    let document = run.json();
    assert!(document["warnings"][0].as_str().unwrap().starts_with("slack was never told"), "{run}");
    program.run("notify retry").await.shows(expect![[r#"
        $ docspace-backup notify retry
        exit code 0
        --- stdout
        Nothing waits.
        --- stderr
    "#]]);
    let runs = program.run("runs --output json").await.exits(0).json();
    assert_eq!(runs["runs"][0]["notifications"][0]["status"], "given_up");
}

#[tokio::test]
async fn a_digest_tells_people_of_all_runs_the_failures_first() {
    let (portal, slack, hook) = (portal().await, Sink::answering(200, "ok").await, Sink::answering(200, "").await);
    let program = Program::of(&portal).with_webhook(&hook);
    program.run("start --folder 404").await.exits(10);
    program.run("run --folder 123").await.exits(0);
    let (program, told) = (program.with_slack(&slack), hook.posts().len());
    let digest = program.run("notify digest --since 1h --output json").await.exits(0).json();
    assert_eq!(digest["kind"], "notification_digest");
    assert_eq!(digest["notifications"].as_array().unwrap().len(), 1, "{digest}");
    let body = slack.post().body;
    assert!(body.contains("Backup digest: 1 of 2 FAILED"), "{body}");
    assert!(body.find("not_started").unwrap() < body.find("completed (").unwrap(), "{body}");
    assert_eq!(hook.posts().len(), told, "machines were told of each run");
}
