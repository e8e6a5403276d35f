//! Messages for ntfy over real sockets.

use expect_test::{Expect, expect};
use serde_json::Value;

use super::*;
use crate::{
    Severity, conformance, conformance_of_failure,
    http::sink::{Reply, Sink, direct, outcome},
    sample::{EVIL, endless, full_of, notice},
};

const TOPIC: &str = "backups-secrettopic";
const TOKEN: &str = "tk_secrettoken";
const PUBLISHED: Reply = (200, "", r#"{"id":"hwQ2YpKdmg","event":"message"}"#);

fn settings(sink: &Sink) -> NtfySettings {
    let url = format!("http://127.0.0.1:{}/{TOPIC}", sink.port).into();
    NtfySettings { url, token: Some(TOKEN.into()), http: direct() }
}

fn channel(sink: &Sink) -> NtfyNotifier {
    NtfyNotifier::new("ntfy", settings(sink)).unwrap()
}

#[tokio::test]
async fn a_message_has_title_text_priority_symbol_and_link() {
    let sink = Sink::start(&[PUBLISHED]).await;
    let notice = Notice { link: Some("https://portal.example.com/backup".into()), ..notice() };
    channel(&sink).deliver(&notice).await.unwrap();
    let request = &sink.received()[0];
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/"));
    assert_eq!(request.headers["authorization"], format!("Bearer {TOKEN}"));
    let body: Value = serde_json::from_str(&request.body).unwrap();
    expect![[r#"
        {
          "topic": "backups-secrettopic",
          "title": "portal.example.com: backup failed",
          "message": "The portal ran out of disk space.\n\nStarted: 2026-07-29 10:15 UTC\nPortal: https://portal.example.com/?a=1&b=2\n\nNext step: Free some space, then start the backup again.",
          "priority": 5,
          "tags": [
            "x"
          ],
          "click": "https://portal.example.com/backup"
        }
    "#]].assert_eq(&format!("{body:#}\n"));
}

#[tokio::test]
async fn a_server_below_a_path_is_kept_and_without_a_token_none_is_sent() {
    let sink = Sink::start(&[PUBLISHED]).await;
    let url = format!("http://127.0.0.1:{}/push/{TOPIC}?auth=x#y", sink.port).into();
    let settings = NtfySettings { url, token: None, http: direct() };
    let channel = NtfyNotifier::new("ntfy", settings).unwrap();
    channel.deliver(&notice()).await.unwrap();
    channel.preflight().await.unwrap();
    let received = sink.received();
    assert_eq!((received[0].path.as_str(), received[0].query.as_str()), ("/push/", ""));
    assert_eq!((received[1].path.as_str(), received[1].method.as_str()), ("/push/v1/account", "GET"));
    assert!(received.iter().all(|request| request.headers.get("authorization").is_none()));
}

#[test]
fn the_worse_it_is_the_louder() {
    let shown = Severity::ALL.map(|severity| {
        let message = message::message(&Notice { severity, ..notice() }, TOPIC);
        format!("{severity}: {} {}", message["priority"], message["tags"])
    });
    assert_eq!(
        shown,
        [
            r#"info: 2 ["information_source"]"#,
            r#"success: 3 ["white_check_mark"]"#,
            r#"warning: 4 ["warning"]"#,
            r#"error: 5 ["x"]"#,
        ]
    );
}

#[test]
fn foreign_text_stays_text() {
    let message = message::message(&Notice { link: Some("javascript:alert(1)".into()), ..full_of(EVIL, 1) }, TOPIC);
    assert!(message.get("click").is_none() && message.get("markdown").is_none(), "{message}");
    expect![[r#"
        @everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \

        @everyone <!channel> <@U1> <at>you</at> <b>x</b> [y… (cut, 83 characters in all): @everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \
        Failing since: 2026-07-28 22:15 UTC (3 failures)

        Next step: @everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \"#]].assert_eq(message["message"].as_str().unwrap());
}

#[test]
fn whatever_the_length_ntfys_limits_are_kept_and_it_says_that_it_was_cut() {
    for (text, facts) in endless() {
        let link = Some(format!("https://example.com/{}", "a".repeat(1_000 - 20)));
        let notice = Notice { link, ..full_of(&text, facts) };
        fuzzing::check(&notice);
        assert!(message::message(&notice, TOPIC).to_string().contains("in all)"), "{facts} facts");
    }
}

async fn check_answer(reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    expected.assert_eq(&outcome(&channel(&sink), &notice()).await);
    assert_eq!(sink.received().len(), 1);
}

#[tokio::test]
async fn only_200_with_the_message_is_delivered_and_the_rest_is_final_or_tried_again() {
    check_answer(PUBLISHED, expect!["delivered"]).await;
    check_answer((200, "", "<html>log in first</html>"), expect!["ntfy: not delivered: status 200 OK Permanent"]).await;
    check_answer(
        (400, "", r#"{"code":40009,"http":400,"error":"invalid request: topic invalid"}"#),
        expect!["ntfy: not delivered: status 400 Bad Request: invalid request: topic invalid Permanent"],
    )
    .await;
    check_answer(
        (401, "", r#"{"code":40101,"http":401,"error":"unauthorized"}"#),
        expect!["ntfy: not delivered: status 401 Unauthorized: unauthorized Permanent"],
    )
    .await;
    check_answer(
        (403, "", r#"{"error":"backups-secrettopic is not yours"}"#),
        expect!["ntfy: not delivered: status 403 Forbidden Permanent"],
    )
    .await;
    check_answer(
        (404, "", r#"{"error":"nobody has tk_secrettoken"}"#),
        expect!["ntfy: not delivered: status 404 Not Found Permanent"],
    )
    .await;
    check_answer(
        (413, "", r#"{"code":41303,"http":413,"error":"JSON body too large"}"#),
        expect!["ntfy: not delivered: status 413 Payload Too Large: JSON body too large Permanent"],
    )
    .await;
    check_answer((429, "9", r#"{"code":42901,"http":429,"error":"limit reached: too many requests"}"#), expect!["ntfy: not delivered: status 429 Too Many Requests: limit reached: too many requests Transient { retry_after: Some(9s) }"])
        .await;
    check_answer((500, "", r#"{"code":50001,"http":500,"error":"internal server error"}"#), expect!["ntfy: not delivered: status 500 Internal Server Error: internal server error Transient { retry_after: None }"]).await;
}

fn check_settings(url: &str, token: Option<&str>, expected: &str) {
    let settings = NtfySettings { url: url.into(), token: token.map(Into::into), http: direct() };
    let error = NtfyNotifier::new("ntfy", settings).unwrap_err();
    assert_eq!(error.kind(), NotifyErrorKind::Settings);
    assert_eq!(error.to_string(), format!("ntfy: {expected}"), "{url}");
}

#[tokio::test]
async fn wrong_settings_are_told_without_topic_and_token() {
    let no_topic = "the address must end in a topic of 1 to 64 letters, digits, _ and -";
    for url in ["https://ntfy.sh", "https://ntfy.sh/a.b", "https://ntfy.sh/backups/", "https://ntfy.sh/ä"] {
        check_settings(url, None, no_topic);
    }
    check_settings(&format!("https://ntfy.sh/{}", "a".repeat(65)), None, no_topic);
    check_settings("ntfy.sh/topic", None, "the address cannot be read: relative URL without a base");
    check_settings("http://ntfy.sh/topic", None, "the address is http://, and only https:// keeps it secret");
    for token in ["", " ", "tk\nx"] {
        check_settings("https://ntfy.sh/topic", Some(token), "the token is empty or holds what no header can");
    }
}

#[tokio::test]
async fn preflight_tries_the_token_and_publishes_nothing() {
    let refused = (401, "", r#"{"code":40101,"http":401,"error":"unauthorized"}"#);
    let sink = Sink::start(&[PUBLISHED, (404, "", ""), refused]).await;
    let channel = channel(&sink);
    channel.preflight().await.unwrap();
    channel.preflight().await.unwrap();
    assert_eq!(channel.preflight().await.unwrap_err().kind(), NotifyErrorKind::Permanent);
    assert!(sink.received().iter().all(|request| request.method == "GET" && request.path == "/v1/account"));
}

#[tokio::test]
async fn it_conforms() {
    let secrets = [TOPIC, TOKEN, "secrettopic", "secrettoken"];
    let good = Sink::start(&[PUBLISHED]).await;
    assert_eq!(conformance(&channel(&good), &secrets).await, []);
    let channel = channel(&good);
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
}
