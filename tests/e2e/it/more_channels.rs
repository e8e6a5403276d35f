//! The services on the web that people and machines are told by: each in its own words, and without a secret.

use expect_test::expect;
use mock_portal::JobPlan;
use serde_json::Value;

use crate::{
    bad_input::assert_silence,
    rig::{Program, Service, Sink, portal, portal_of},
};

/// What the portal says about the backup that fails.
pub(crate) const REASON: &str = "The disk is full";

/// The service after a test notice and after a backup that failed.
async fn told(service: Service) -> [Sink; 2] {
    let (test, run) = (service.start().await, service.start().await);
    let portal = portal_of(JobPlan::fail(REASON)).await;
    let program = Program::of(&portal).with_service(service, &test);
    program.run(&format!("notify test {}", service.kind)).await.exits(0);
    let program = Program::of(&portal).with_service(service, &run);
    let failed = program.run("run --folder 123 --output json -vv").await;
    let document = failed.exits(1).json();
    let told = document["notifications"].as_array().unwrap().iter().find(|told| told["name"] == service.kind);
    assert_eq!(told.unwrap_or_else(|| panic!("{failed}"))["status"], "delivered", "{failed}");
    [test, run]
}

/// The fields of a document, by their pointers.
pub(crate) fn fields(document: &Value, pointers: &[&str]) -> String {
    let field = |pointer: &&str| format!("{pointer}: {}\n", document.pointer(pointer).unwrap_or(&Value::Null));
    pointers.iter().map(field).collect()
}

/// What a service that does not take the notice makes of a test: exit code 1, and no secret.
async fn check_refusal(service: Service, status: u16, body: &'static str, expected: &str) {
    let sink = Sink::answering(status, body).await;
    let program = Program::alone().with_service(service, &sink);
    let test = program.run(&format!("notify test {}", service.kind)).await;
    assert_eq!(test.exits(1).stdout, format!("  {}: FAILED: {expected}\n", service.kind));
}

#[tokio::test]
async fn teams_gets_an_adaptive_card() {
    let [test, run] = told(Service::TEAMS).await;
    assert!(test.post().body.contains("A test of docspace-backup"));
    let post = run.post();
    assert_eq!(post.path, Sink::PATH);
    let card = post.json();
    let pointers = ["/type", "/attachments/0/contentType", "/attachments/0/content/version"];
    expect![[r#"
        /type: "message"
        /attachments/0/contentType: "application/vnd.microsoft.card.adaptive"
        /attachments/0/content/version: "1.4"
    "#]]
    .assert_eq(&fields(&card, &pointers));
    assert!(card["attachments"][0].to_string().contains(REASON), "{card}");
}

#[tokio::test]
async fn discord_gets_an_embed_that_mentions_nobody() {
    let [test, run] = told(Service::DISCORD).await;
    assert!(test.post().body.contains("A test of docspace-backup"));
    let post = run.post();
    assert_eq!((post.path.as_str(), post.query.as_str()), (Sink::PATH, "wait=true"));
    assert_eq!(run.gets()[0].path, Sink::PATH, "the webhook is asked for before the backup");
    let message = post.json();
    assert_eq!(message["allowed_mentions"]["parse"], Value::Array(Vec::new()));
    assert!(message["embeds"][0]["title"].as_str().unwrap().contains("Backup failed"), "{message}");
    assert!(message["embeds"][0]["description"].as_str().unwrap().contains(REASON), "{message}");
}

#[tokio::test]
async fn telegram_gets_a_message_in_the_chat() {
    let [test, run] = told(Service::TELEGRAM).await;
    assert!(test.last_to("/sendMessage").body.contains("A test of docspace-backup"));
    assert_eq!(run.last_to("/getChat").json()["chat_id"], -1_001_234_567_890_i64);
    let post = run.last_to("/sendMessage");
    assert_eq!(post.path, format!("/bot{}/sendMessage", Service::TELEGRAM.token));
    let message = post.json();
    let pointers = ["/chat_id", "/parse_mode", "/link_preview_options", "/disable_notification"];
    expect![[r#"
        /chat_id: -1001234567890
        /parse_mode: "HTML"
        /link_preview_options: {"is_disabled":true}
        /disable_notification: false
    "#]]
    .assert_eq(&fields(&message, &pointers));
    assert!(message["text"].as_str().unwrap().contains(REASON), "{message}");
}

#[tokio::test]
async fn ntfy_gets_a_message_for_the_topic() {
    let [test, run] = told(Service::NTFY).await;
    assert!(test.post().body.contains("A test of docspace-backup"));
    let post = run.post();
    assert_eq!(post.headers["authorization"], format!("Bearer {}", Service::NTFY.token));
    let message = post.json();
    expect![[r#"
        /topic: "thesecretpart"
        /priority: 5
        /tags: ["x"]
    "#]]
    .assert_eq(&fields(&message, &["/topic", "/priority", "/tags"]));
    assert!(message["message"].as_str().unwrap().contains(REASON), "{message}");
}

#[tokio::test]
async fn pagerduty_is_triggered_by_a_failure_and_left_alone_by_a_test() {
    let [test, run] = told(Service::PAGERDUTY).await;
    let events: Vec<Value> = test.posts().iter().map(|post| post.json()).collect();
    let actions: Vec<&Value> = events.iter().map(|event| &event["event_action"]).collect();
    assert_eq!(actions, ["trigger", "resolve"], "what a test opens it closes");
    assert_eq!(events[0]["payload"]["severity"], "info");
    let event = run.last_to("/v2/enqueue").json();
    assert_eq!(event["routing_key"], Service::PAGERDUTY.token);
    expect![[r#"
        /event_action: "trigger"
        /payload/severity: "error"
    "#]]
    .assert_eq(&fields(&event, &["/event_action", "/payload/severity"]));
    assert!(event["dedup_key"].as_str().unwrap().starts_with("docspace-backup/"), "{event}");
    assert!(event["payload"]["summary"].as_str().unwrap().contains("Backup failed"), "{event}");
    assert!(event["payload"]["custom_details"].to_string().contains(REASON), "{event}");
}

#[tokio::test]
async fn healthchecks_is_pinged_with_the_exit_code_and_the_id_of_the_run() {
    let [test, run] = told(Service::HEALTHCHECKS).await;
    assert_eq!(test.post().path, format!("{}/log", Sink::PATH), "a test is neither good nor bad");
    let ping = run.last_to("/1");
    assert_eq!(ping.path, format!("{}/1", Sink::PATH));
    assert!(ping.body.contains(REASON), "{ping:?}");
    let id = ping.query.strip_prefix("rid=").unwrap();
    assert_eq!((id.len(), id.matches('-').count()), (36, 4), "{id}");
    assert!(run.posts().iter().all(|post| post.query == ping.query), "{:?}", run.posts());
}

#[tokio::test]
async fn healthchecks_is_told_of_a_good_run() {
    let (portal, sink) = (portal().await, Service::HEALTHCHECKS.start().await);
    Program::of(&portal).with_service(Service::HEALTHCHECKS, &sink).run("run --folder 123").await.exits(0);
    assert!(sink.last_to("/thesecretpart").body.contains("The backup completed successfully."));
}

#[tokio::test]
async fn uptime_kuma_is_told_that_it_is_down() {
    let [test, run] = told(Service::UPTIME_KUMA).await;
    assert_eq!((test.posts().len(), test.gets().len()), (0, 0), "a test changes nothing");
    let gets = run.gets();
    let [push] = &gets[..] else { panic!("{gets:?}") };
    assert_eq!(push.path, Sink::PATH);
    assert!(push.query.starts_with("status=down&msg=Backup+failed"), "{push:?}");
}

#[tokio::test]
async fn a_slack_bot_posts_in_its_channel() {
    let [test, run] = told(Service::SLACK_BOT).await;
    assert!(test.last_to("/api/chat.postMessage").body.contains("A test of docspace-backup"));
    run.last_to("/api/auth.test");
    let post = run.last_to("/api/chat.postMessage");
    assert_eq!(post.headers["authorization"], format!("Bearer {}", Service::SLACK_BOT.token));
    let message = post.json();
    assert_eq!(message["channel"], "C0123456789");
    assert!(message["text"].as_str().unwrap().contains("Backup failed"), "{message}");
    assert!(message["blocks"].to_string().contains(REASON), "{message}");
}

#[tokio::test]
async fn a_refusal_is_told_in_the_words_of_the_service() {
    let refused = |body| (400, body);
    for (service, (status, body), expected) in [
        (
            Service::TEAMS,
            (401, r#"{"error":{"code":"DirectApiAuthorizationRequired","message":"no"}}"#),
            "not delivered: status 401 Unauthorized: DirectApiAuthorizationRequired",
        ),
        (
            Service::DISCORD,
            (404, r#"{"message":"Unknown Webhook","code":10015}"#),
            "not delivered: status 404 Not Found: Unknown Webhook",
        ),
        (
            Service::TELEGRAM,
            refused(r#"{"ok":false,"description":"Bad Request: chat not found"}"#),
            "not delivered: status 400 Bad Request: chat not found",
        ),
        (Service::NTFY, (403, r#"{"error":"forbidden"}"#), "not delivered: status 403 Forbidden: forbidden"),
        (
            Service::PAGERDUTY,
            refused(r#"{"status":"invalid event","errors":["Invalid routing key"]}"#),
            "not delivered: status 400 Bad Request: Invalid routing key",
        ),
        (Service::HEALTHCHECKS, (404, "not found"), "not delivered: there is no check with this address"),
        (Service::SLACK_BOT, (200, r#"{"ok":false,"error":"not_in_channel"}"#), "refused by Slack: not_in_channel"),
    ] {
        check_refusal(service, status, body, expected).await;
    }
}

#[tokio::test]
async fn a_service_that_repeats_its_secrets_is_not_quoted() {
    for (service, echo) in [
        (Service::TEAMS, r#"{"error":{"code":"/services/T00000000/B00000000/thesecretpart"}}"#),
        (Service::DISCORD, r#"{"message":"no /services/T00000000/B00000000/thesecretpart"}"#),
        (Service::TELEGRAM, r#"{"ok":false,"description":"no 123456789:AAF-a_token_of_thirty-five_letters_x"}"#),
        (Service::NTFY, r#"{"error":"no tk_thesecrettoken"}"#),
        (Service::PAGERDUTY, r#"{"errors":["no 0123456789abcdef0123456789abcdef"]}"#),
        (Service::HEALTHCHECKS, "/services/T00000000/B00000000/thesecretpart"),
        (Service::SLACK_BOT, r#"{"ok":false,"error":"xoxb-0123456789-thesecrettoken"}"#),
    ] {
        let sink = Sink::answering(403, echo).await;
        let program = Program::alone().with_service(service, &sink).env("RUST_LOG", "trace");
        program.run(&format!("notify test {} -vv", service.kind)).await.exits(1);
    }
}

#[tokio::test]
async fn no_service_is_shown_with_its_secrets() {
    for service in Service::ALL {
        let (portal, sink) = (portal().await, service.start().await);
        let program = Program::of(&portal).with_service(service, &sink);
        for line in ["config show", "config show -o json", "config check", "notify list", "run --dry-run"] {
            program.run(line).await.exits(0);
        }
    }
}

#[tokio::test]
async fn a_secret_that_is_missing_is_told_before_anything_starts() {
    for service in Service::ALL {
        let (portal, sink) = (portal().await, service.start().await);
        let program = Program::of(&portal).with_service(service, &sink).without("ADDRESS").without("TOKEN");
        program.run("run").await.exits(2).mentions("is not set, or empty").mentions("config.toml:9): ");
        assert_silence(&portal);
        assert_eq!((sink.posts().len(), sink.gets().len()), (0, 0));
    }
}

#[tokio::test]
async fn addresses_without_protection_are_refused() {
    for service in Service::ALL {
        let portal = portal().await;
        let program = Program::of(&portal).with_service_at(service, "http://service.example.com");
        program.run("run").await.exits(2).mentions("the address is http://, and only https:// keeps it secret");
        assert_silence(&portal);
    }
}
