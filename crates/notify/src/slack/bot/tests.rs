//! Posts as a bot over real sockets.

use std::{sync::Arc, time::Duration};

use expect_test::{Expect, expect};

use super::*;
use crate::{
    DeliveryPolicy, Incident, State, conformance, conformance_of_failure, deliver_one,
    http::sink::{Reply, Sink, direct, outcome},
    sample::{EVIL, endless, full_of, notice},
};

const TOKEN: &str = "xoxb-1234567890-secretpart";
const ROOT: Reply = (200, "", r#"{"ok":true,"channel":"C1","ts":"1503435956.000247","message":{"text":"…"}}"#);
const NEXT: Reply = (200, "", r#"{"ok":true,"channel":"C1","ts":"1503435999.000100"}"#);

fn settings(sink: &Sink) -> SlackBotSettings {
    let api = format!("http://127.0.0.1:{}/api/", sink.port);
    SlackBotSettings { token: TOKEN.into(), channel: "#backups".into(), api, http: direct() }
}

fn channel(sink: &Sink) -> SlackBotNotifier {
    SlackBotNotifier::new("slack", settings(sink)).unwrap()
}

/// The bodies of all posts.
fn posts(sink: &Sink) -> Vec<Value> {
    sink.received().iter().map(|request| serde_json::from_str(&request.body).unwrap()).collect()
}

fn of_incident(phase: IncidentPhase) -> Notice {
    let incident = Incident { id: "i-17".into(), phase, since: notice().at, failures: 1 };
    Notice { incident: Some(incident), ..notice() }
}

#[tokio::test]
async fn a_post_is_the_card_of_the_webhook_with_channel_and_token() {
    let sink = Sink::start(&[ROOT]).await;
    channel(&sink).deliver(&notice()).await.unwrap();
    let request = sink.received().remove(0);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/chat.postMessage"));
    assert_eq!(request.headers["authorization"], format!("Bearer {TOKEN}"));
    assert_eq!(request.headers["content-type"], "application/json");
    let mut body = posts(&sink).remove(0);
    let blocks = body.as_object_mut().unwrap().remove("blocks").unwrap();
    assert_eq!(blocks, card::card(&notice())["blocks"]);
    expect![[r##"
        {
          "text": "❌ portal.example.com: backup failed\nThe portal ran out of disk space.",
          "unfurl_media": false,
          "channel": "#backups",
          "unfurl_links": false
        }
    "##]]
    .assert_eq(&format!("{body:#}\n"));
}

#[tokio::test]
async fn messages_of_an_incident_form_a_thread_whichever_receipt_is_kept() {
    let sink = Sink::start(&[ROOT, NEXT]).await;
    let channel = channel(&sink);
    let opened = channel.deliver_in_thread(&of_incident(IncidentPhase::Opened), None).await.unwrap();
    assert_eq!(opened.as_deref(), Some("1503435956.000247"));
    let ongoing = channel.deliver_in_thread(&of_incident(IncidentPhase::Ongoing), opened.as_deref()).await.unwrap();
    let resolved = channel.deliver_in_thread(&of_incident(IncidentPhase::Resolved), ongoing.as_deref()).await.unwrap();
    assert_eq!((&ongoing, &resolved), (&opened, &opened));
    let threads: Vec<_> =
        posts(&sink).iter().map(|post| format!("{} {}", post["thread_ts"], post["reply_broadcast"])).collect();
    assert_eq!(threads, ["null null", r#""1503435956.000247" false"#, r#""1503435956.000247" true"#]);
}

#[tokio::test]
async fn a_thread_that_is_gone_is_begun_anew() {
    for word in ["thread_not_found", "message_not_found", "invalid_thread_ts", "cannot_reply_to_message"] {
        let refused = (200, "", &*format!(r#"{{"ok":false,"error":"{word}"}}"#).leak());
        let sink = Sink::start(&[refused, NEXT]).await;
        let receipt = channel(&sink).deliver_in_thread(&notice(), Some("1.0")).await.unwrap();
        assert_eq!(receipt.as_deref(), Some("1503435999.000100"));
        let threads: Vec<_> = posts(&sink).iter().map(|post| post["thread_ts"].clone()).collect();
        assert_eq!(threads, [Value::from("1.0"), Value::Null]);
    }
}

#[tokio::test]
async fn a_refused_card_goes_once_more_as_plain_text_in_the_same_thread() {
    for word in ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"] {
        let refused = (200, "", &*format!(r#"{{"ok":false,"error":"{word}"}}"#).leak());
        let sink = Sink::start(&[refused, NEXT]).await;
        channel(&sink).deliver_in_thread(&notice(), Some("1.0")).await.unwrap();
        let (card, plain) = (&posts(&sink)[0], &posts(&sink)[1]);
        assert!(card["blocks"].is_array() && plain.get("blocks").is_none());
        assert_eq!(plain["text"], card::plain(&notice())["text"]);
        assert_eq!((&plain["thread_ts"], &plain["channel"]), (&Value::from("1.0"), &Value::from("#backups")));
        let sink = Sink::start(&[refused]).await;
        assert_eq!(channel(&sink).deliver(&notice()).await.unwrap_err().kind(), NotifyErrorKind::Permanent);
        assert_eq!(sink.received().len(), 2);
    }
}

#[tokio::test]
async fn an_answer_that_repeats_a_long_message_is_read_whole() {
    let echo = format!(r#"{{"ok":true,"message":{{"text":"{}"}},"ts":"1503435956.000247"}}"#, "x".repeat(100_000));
    let sink = Sink::start(&[(200, "", echo.leak())]).await;
    let receipt = channel(&sink).deliver_in_thread(&notice(), None).await.unwrap();
    assert_eq!(receipt.as_deref(), Some("1503435956.000247"));
}

#[tokio::test]
async fn a_message_without_a_receipt_is_delivered_all_the_same() {
    for answer in [r#"{"ok":true}"#, r#"{"ok":true,"ts":"1\n"}"#] {
        let sink = Sink::start(&[(200, "", answer)]).await;
        assert_eq!(channel(&sink).deliver_in_thread(&notice(), None).await, Ok(None), "{answer}");
    }
}

#[tokio::test]
async fn foreign_text_mentions_nobody() {
    let sink = Sink::start(&[ROOT]).await;
    channel(&sink).deliver(&full_of(EVIL, 2)).await.unwrap();
    let body = &sink.received()[0].body;
    assert!(!body.contains("<!") && !body.contains("<@") && !body.contains("<http://evil"), "{body}");
}

#[tokio::test]
async fn whatever_the_length_it_arrives_cut() {
    let sink = Sink::start(&[ROOT]).await;
    for (text, facts) in endless() {
        channel(&sink).deliver(&full_of(&text, facts)).await.unwrap();
    }
    channel(&sink).deliver(&full_of(&"ё".repeat(100_000), 100)).await.unwrap();
    let last = posts(&sink).pop().unwrap().to_string();
    assert!(last.contains("… (cut, 100000 characters in all)") && last.contains("(cut, 100 rows in all)"));
    assert!(sink.received().iter().all(|request| request.body.len() < 100_000));
}

#[tokio::test]
async fn every_state_is_posted() {
    let sink = Sink::start(&[ROOT]).await;
    let states = State::ALL.into_iter().chain([State::Test]);
    for state in states.clone() {
        channel(&sink).deliver(&Notice { state, ..notice() }).await.unwrap();
    }
    assert_eq!(posts(&sink).len(), states.count());
}

async fn check(reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    expected.assert_eq(&outcome(&channel(&sink), &notice()).await);
}

#[tokio::test]
async fn slacks_words_decide_and_are_shown_and_nothing_else() {
    check(ROOT, expect!["delivered"]).await;
    check(
        (200, "", r#"{"ok":false,"error":"invalid_auth"}"#),
        expect!["slack: refused by Slack: invalid_auth Permanent"],
    )
    .await;
    check(
        (200, "", r#"{"ok":false,"error":"not_in_channel"}"#),
        expect!["slack: refused by Slack: not_in_channel Permanent"],
    )
    .await;
    check(
        (200, "", r#"{"ok":false,"error":"thread_not_found"}"#),
        expect!["slack: refused by Slack: thread_not_found Permanent"],
    )
    .await;
    check(
        (200, "", r#"{"ok":false,"error":"ratelimited"}"#),
        expect!["slack: refused by Slack: ratelimited Transient { retry_after: None }"],
    )
    .await;
    check(
        (200, "", r#"{"ok":false,"error":"internal_error"}"#),
        expect!["slack: refused by Slack: internal_error Transient { retry_after: None }"],
    )
    .await;
    check(
        (200, "", r#"{"ok":false,"error":"xoxb-1234567890-secretpart"}"#),
        expect!["slack: not delivered: status 200 OK Permanent"],
    )
    .await;
    check((200, "", "ok"), expect!["slack: not delivered: status 200 OK Permanent"]).await;
    check((200, "", "<html>log in first</html>"), expect!["slack: not delivered: status 200 OK Permanent"]).await;
    check(
        (429, "30", r#"{"ok":false,"error":"ratelimited"}"#),
        expect!["slack: not delivered: status 429 Too Many Requests: ratelimited Transient { retry_after: Some(30s) }"],
    )
    .await;
    check(
        (503, "", r#"{"ok":true}"#),
        expect!["slack: not delivered: status 503 Service Unavailable Transient { retry_after: None }"],
    )
    .await;
    check((404, "", "xoxb-1234567890-secretpart"), expect!["slack: not delivered: status 404 Not Found Permanent"])
        .await;
}

#[tokio::test]
async fn a_busy_slack_is_tried_again_in_the_same_thread() {
    let busy = (429, "0", r#"{"ok":false,"error":"ratelimited"}"#);
    let sink = Sink::start(&[busy, NEXT]).await;
    let policy = DeliveryPolicy { first_delay: Duration::from_millis(1), ..DeliveryPolicy::default() };
    let channel: Arc<dyn Notifier> = Arc::new(channel(&sink));
    let (delivery, receipt) = deliver_one(&channel, &notice(), Some("1.0"), &policy).await;
    assert_eq!((delivery.status(), delivery.attempts, receipt.as_deref()), ("delivered", 2, Some("1.0")));
    assert!(posts(&sink).iter().all(|post| post["thread_ts"] == "1.0"));
}

#[tokio::test]
async fn a_preflight_asks_whose_the_token_is_and_posts_nothing() {
    let sink = Sink::start(&[
        (200, "", r#"{"ok":true,"user":"backup"}"#),
        (200, "", r#"{"ok":false,"error":"invalid_auth"}"#),
    ])
    .await;
    channel(&sink).preflight().await.unwrap();
    let error = channel(&sink).preflight().await.unwrap_err();
    expect!["slack: refused by Slack: invalid_auth"]
        .assert_eq(&format!("{error}: {}", std::error::Error::source(&error).unwrap()));
    for request in sink.received() {
        assert_eq!(
            (request.path.as_str(), &request.headers["authorization"]),
            ("/api/auth.test", &format!("Bearer {TOKEN}").parse().unwrap())
        );
    }
}

#[tokio::test]
async fn wrong_settings_are_named_without_being_quoted() {
    let sink = Sink::start(&[ROOT]).await;
    let error = |change: fn(&mut SlackBotSettings)| {
        let mut settings = settings(&sink);
        change(&mut settings);
        let error = SlackBotNotifier::new("slack", settings).unwrap_err();
        assert_eq!(error.kind(), NotifyErrorKind::Settings);
        error.to_string()
    };
    expect!["slack: the token is none; a bot's begins with xoxb-"]
        .assert_eq(&error(|settings| settings.token = " ".into()));
    expect!["slack: the token is none; a bot's begins with xoxb-"]
        .assert_eq(&error(|settings| settings.token = "xoxb 1".into()));
    expect!["slack: the channel is neither an id such as C0123456789 nor a name such as #backups"]
        .assert_eq(&error(|settings| settings.channel = "# backups".into()));
    expect!["slack: the address is http://, and only https:// keeps it secret"]
        .assert_eq(&error(|settings| settings.api = "http://slack.example.com/api/".into()));
}

#[tokio::test]
async fn it_conforms() {
    let good = Sink::start(&[ROOT]).await;
    assert_eq!(conformance(&channel(&good), &[TOKEN, "secretpart"]).await, []);
    let channel = channel(&good);
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &[TOKEN, "secretpart"]).await, []);
}
