//! Posts to Discord over real sockets.

use expect_test::{Expect, expect};

use super::*;
use crate::{
    Fact, conformance, conformance_of_failure,
    http::sink::{PATH, Reply, Sink, direct, outcome},
    sample::{EVIL, endless, full_of, notice},
};

const KEPT: Reply = (200, "", r#"{"id":"1"}"#);

fn channel_at(url: String) -> DiscordNotifier {
    let settings = DiscordSettings { url: url.into(), http: direct() };
    DiscordNotifier::new("discord", settings).unwrap()
}

fn channel(sink: &Sink) -> DiscordNotifier {
    channel_at(sink.url().expose_secret().to_owned())
}

fn check(notice: &Notice, expected: Expect) {
    expected.assert_eq(&format!("{:#}\n", embed::message(notice)));
}

#[test]
fn an_embed_has_headline_message_facts_next_step_and_link() {
    let notice = Notice { link: Some("https://portal.example.com/backup".into()), ..notice() };
    check(
        &notice,
        expect![[r#"
        {
          "embeds": [
            {
              "title": "❌ portal.example.com: backup failed",
              "url": "https://portal.example.com/backup",
              "description": "The portal ran out of disk space.",
              "color": 14427686,
              "fields": [
                {
                  "name": "Started",
                  "value": "2026-07-29 10:15 UTC",
                  "inline": true
                },
                {
                  "name": "Portal",
                  "value": "<https://portal.example.com/?a=1&b=2>",
                  "inline": true
                },
                {
                  "name": "Next step",
                  "value": "Free some space, then start the backup again.",
                  "inline": false
                }
              ],
              "timestamp": "2026-07-29T10:17:02Z"
            }
          ],
          "allowed_mentions": {
            "parse": []
          }
        }
    "#]],
    );
}

#[test]
fn foreign_text_mentions_nobody_and_formats_nothing() {
    let message = embed::message(&full_of(EVIL, 1));
    assert_eq!(message["allowed_mentions"], serde_json::json!({"parse": []}));
    assert!(message.get("content").is_none(), "mentions count in the content alone");
    expect![[r#"@everyone \<!channel> \<@U1> \<at>you\</at> \<b>x\</b> \[y](http://evil) \*z\* \_w\_ \~v\~ \`u\` \\"#]]
        .assert_eq(message["embeds"][0]["description"].as_str().unwrap());
}

#[test]
fn markdown_of_whole_lines_is_escaped_where_lines_begin_and_addresses_stay_whole() {
    let message = "# head\n  - item 2026-07-29\n> quote\n-# small\na # b\nsee https://example.com/a_b*c_d and x_y";
    let notice = Notice { message: message.into(), ..notice() };
    expect![[r#"
        \# head
          \- item 2026-07-29
        \> quote
        \-# small
        a # b
        see https://example.com/a_b*c_d and x\_y"#]]
    .assert_eq(embed::message(&notice)["embeds"][0]["description"].as_str().unwrap());
}

#[test]
fn a_fact_without_text_has_a_dash_and_an_address_is_a_link() {
    let facts = vec![Fact::new("", " \u{1b}[0m"), Fact::new("Link", "https://example.com/a_b?c=<d>")];
    let message = embed::message(&Notice { facts, next_step: Some(String::new()), ..notice() });
    let fields = message["embeds"][0]["fields"].as_array().unwrap();
    let shown: Vec<_> = fields.iter().map(|field| format!("{}: {}", field["name"], field["value"])).collect();
    assert_eq!(shown, [r#""—": "—""#, r#""Link": "<https://example.com/a_b?c=%3Cd%3E>""#, r#""Next step": "—""#]);
}

#[test]
fn whatever_the_length_discords_limits_are_kept_and_it_says_that_it_was_cut() {
    for (text, facts) in endless() {
        let notice = full_of(&text, facts);
        fuzzing::check(&notice);
        assert!(embed::message(&notice).to_string().contains("in all)"), "{facts} facts");
    }
}

async fn check_answer(reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    expected.assert_eq(&outcome(&channel(&sink), &notice()).await);
    assert_eq!(sink.received().len(), 1);
}

#[tokio::test]
async fn a_message_that_was_kept_is_delivered_and_a_page_on_the_way_is_not() {
    check_answer(KEPT, expect!["delivered"]).await;
    check_answer((204, "", ""), expect!["delivered"]).await;
    check_answer((200, "", "<html>log in first</html>"), expect!["discord: not delivered: status 200 OK Permanent"])
        .await;
}

#[tokio::test]
async fn every_other_answer_is_final_or_tried_again_and_waits_as_long_as_asked() {
    let limited = r#"{"message":"You are being rate limited.","retry_after":2.5,"global":false}"#;
    check_answer((429, "", limited), expect!["discord: not delivered: status 429 Too Many Requests: You are being rate limited. Transient { retry_after: Some(2.5s) }"]).await;
    check_answer((429, "7", limited), expect!["discord: not delivered: status 429 Too Many Requests: You are being rate limited. Transient { retry_after: Some(7s) }"]).await;
    check_answer(
        (429, "60", "error code: 1015"),
        expect!["discord: not delivered: status 429 Too Many Requests Transient { retry_after: Some(60s) }"],
    )
    .await;
    check_answer(
        (404, "", r#"{"message":"Unknown Webhook","code":10015}"#),
        expect!["discord: not delivered: status 404 Not Found: Unknown Webhook Permanent"],
    )
    .await;
    check_answer(
        (401, "", r#"{"message":"no secretpart","code":50027}"#),
        expect!["discord: not delivered: status 401 Unauthorized Permanent"],
    )
    .await;
    check_answer((400, "", r#"{"embeds":["0"]}"#), expect!["discord: not delivered: status 400 Bad Request Permanent"])
        .await;
    check_answer(
        (503, "", ""),
        expect!["discord: not delivered: status 503 Service Unavailable Transient { retry_after: None }"],
    )
    .await;
}

#[tokio::test]
async fn it_waits_for_discords_word_and_keeps_the_thread() {
    let sink = Sink::start(&[KEPT]).await;
    let url = sink.url();
    channel_at(format!("{}?wait=false&thread_id=7", url.expose_secret())).deliver(&notice()).await.unwrap();
    let request = &sink.received()[0];
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", PATH));
    assert_eq!(request.query, "thread_id=7&wait=true");
}

#[tokio::test]
async fn preflight_asks_about_the_webhook_and_posts_nothing() {
    let sink = Sink::start(&[KEPT, (404, "", r#"{"message":"Unknown Webhook","code":10015}"#)]).await;
    let channel = channel(&sink);
    channel.preflight().await.unwrap();
    let error = channel.preflight().await.unwrap_err();
    assert_eq!(error.kind(), crate::NotifyErrorKind::Permanent);
    assert!(sink.received().iter().all(|request| request.method == "GET" && request.path == PATH));
}

#[tokio::test]
async fn it_conforms() {
    let secrets = [PATH, "secretpart"];
    let good = Sink::start(&[KEPT]).await;
    assert_eq!(conformance(&channel(&good), &secrets).await, []);
    let channel = channel(&good);
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
}
