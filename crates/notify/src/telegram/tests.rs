//! Calls of the Bot API over real sockets.

use expect_test::{Expect, expect};

use super::*;
use crate::{
    Fact, conformance, conformance_of_failure,
    http::sink::{Reply, Sink, direct, outcome},
    sample::{EVIL, endless, full_of, notice, visible},
};

const OK: Reply = (200, "", r#"{"ok":true,"result":{"message_id":7}}"#);
const TOKEN: &str = "123456789:AAFsecretpart_of-the-token";

fn settings(sink: &Sink) -> TelegramSettings {
    TelegramSettings {
        bot_token: TOKEN.into(),
        chat_id: "-1001234567890".into(),
        topic_id: None,
        api: format!("http://127.0.0.1:{}/", sink.port),
        http: direct(),
    }
}

fn channel(sink: &Sink) -> TelegramNotifier {
    TelegramNotifier::new("telegram", settings(sink)).unwrap()
}

#[tokio::test]
async fn a_message_has_headline_message_facts_next_step_and_link() {
    let sink = Sink::start(&[OK]).await;
    let notice = Notice { link: Some("https://portal.example.com/backup".into()), ..notice() };
    channel(&sink).deliver(&notice).await.unwrap();
    let request = &sink.received()[0];
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", &*format!("/bot{TOKEN}/sendMessage")));
    let body: Value = serde_json::from_str(&request.body).unwrap();
    expect![[r#"
        {
          "chat_id": -1001234567890,
          "text": "<b>❌ portal.example.com: backup failed</b>\n\nThe portal ran out of disk space.\n\n<b>Started:</b> 2026-07-29 10:15 UTC\n<b>Portal:</b> <a href=\"https://portal.example.com/?a=1&amp;b=2\">https://portal.example.com/?a=1&amp;b=2</a>\n\n<b>Next step:</b> Free some space, then start the backup again.\n\n<a href=\"https://portal.example.com/backup\">https://portal.example.com/backup</a>",
          "parse_mode": "HTML",
          "link_preview_options": {
            "is_disabled": true
          },
          "disable_notification": false
        }
    "#]].assert_eq(&format!("{body:#}\n"));
    expect![[r#"
        <b>❌ portal.example.com: backup failed</b>

        The portal ran out of disk space.

        <b>Started:</b> 2026-07-29 10:15 UTC
        <b>Portal:</b> <a href="https://portal.example.com/?a=1&amp;b=2">https://portal.example.com/?a=1&amp;b=2</a>

        <b>Next step:</b> Free some space, then start the backup again.

        <a href="https://portal.example.com/backup">https://portal.example.com/backup</a>"#]]
    .assert_eq(body["text"].as_str().unwrap());
}

#[tokio::test]
async fn a_topic_and_a_public_name_are_passed_on_and_what_only_informs_makes_no_sound() {
    let sink = Sink::start(&[OK]).await;
    let settings = TelegramSettings { chat_id: "@backups".into(), topic_id: Some(5), ..settings(&sink) };
    let channel = TelegramNotifier::new("telegram", settings).unwrap();
    channel.deliver(&Notice { severity: Severity::Info, ..notice() }).await.unwrap();
    let body: Value = serde_json::from_str(&sink.received()[0].body).unwrap();
    assert_eq!(body["chat_id"], "@backups");
    assert_eq!(body["message_thread_id"], 5);
    assert_eq!(body["disable_notification"], true);
}

#[test]
fn foreign_text_mentions_nobody_and_breaks_no_markup() {
    let text = text::text(&full_of(EVIL, 1));
    assert!(!text.contains("@everyone") && !text.contains("@U1"), "{text}");
    expect![[r#"
        <b>❌ @{U+2060}everyone &lt;!channel&gt; &lt;@{U+2060}U1&gt; &lt;at&gt;you&lt;/at&gt; &lt;b&gt;x&lt;/b&gt; [y](http://evil) *z* _w_ ~v~ `u` \</b>

        @{U+2060}everyone &lt;!channel&gt; &lt;@{U+2060}U1&gt; &lt;at&gt;you&lt;/at&gt; &lt;b&gt;x&lt;/b&gt; [y](http://evil) *z* _w_ ~v~ `u` \

        <b>@{U+2060}everyone &lt;!channel&gt; &lt;@{U+2060}U1&gt; &lt;at&gt;you&lt;/at&gt; &lt;b&gt;x&lt;/b&gt;… (cut, 83 characters in all):</b> @{U+2060}everyone &lt;!channel&gt; &lt;@{U+2060}U1&gt; &lt;at&gt;you&lt;/at&gt; &lt;b&gt;x&lt;/b&gt; [y](http://evil) *z* _w_ ~v~ `u` \
        <b>Failing since:</b> 2026-07-28 22:15 UTC (3 failures)

        <b>Next step:</b> @{U+2060}everyone &lt;!channel&gt; &lt;@{U+2060}U1&gt; &lt;at&gt;you&lt;/at&gt; &lt;b&gt;x&lt;/b&gt; [y](http://evil) *z* _w_ ~v~ `u` \"#]].assert_eq(&visible(&text));
}

#[test]
fn only_addresses_of_the_web_become_links() {
    let facts = vec![Fact::new("a", "https://example.com/?a=\"1\"&b=<c>"), Fact::new("b", "tg://user?id=1")];
    expect![[r#"
        <b>❌ portal.example.com: backup failed</b>

        The portal ran out of disk space.

        <b>a:</b> <a href="https://example.com/?a=%221%22&amp;b=%3Cc%3E">https://example.com/?a="1"&amp;b=&lt;c&gt;</a>
        <b>b:</b> tg://user?id=1

        <b>Next step:</b> Free some space, then start the backup again."#]]
    .assert_eq(&text::text(&Notice { facts, link: Some("tg://user?id=1".into()), ..notice() }));
}

#[test]
fn whatever_the_length_a_message_is_within_4096_and_says_that_it_was_cut() {
    let link = format!("https://example.com/{}", "&".repeat(250));
    for (text, facts) in endless() {
        for value in [&text, &link] {
            let mut notice = Notice { link: Some(link.clone()), ..full_of(&text, 0) };
            notice.facts = vec![Fact::new(text.clone(), value.clone()); facts];
            fuzzing::check(&notice);
            assert!(text::text(&notice).contains("in all)"), "{facts} facts");
        }
    }
}

async fn check_answer(reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    expected.assert_eq(&outcome(&channel(&sink), &notice()).await);
    assert_eq!(sink.received().len(), 1);
}

#[tokio::test]
async fn only_ok_is_delivered() {
    check_answer(OK, expect!["delivered"]).await;
    check_answer((200, "", "<html>log in first</html>"), expect!["telegram: not delivered: status 200 OK Permanent"])
        .await;
    check_answer(
        (200, "", r#"{"ok":false,"description":"so it goes"}"#),
        expect!["telegram: not delivered: status 200 OK: so it goes Permanent"],
    )
    .await;
}

#[tokio::test]
async fn every_other_answer_is_final_or_tried_again_and_waits_as_long_as_asked() {
    let limited = r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":5}}"#;
    check_answer(
        (429, "", limited),
        expect![
            "telegram: not delivered: status 429 Too Many Requests: retry after 5 Transient { retry_after: Some(5s) }"
        ],
    )
    .await;
    check_answer(
        (400, "", r#"{"ok":false,"description":"Bad Request: chat not found"}"#),
        expect!["telegram: not delivered: status 400 Bad Request: chat not found Permanent"],
    )
    .await;
    let moved = r#"{"ok":false,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1007}}"#;
    check_answer((400, "", moved), expect!["telegram: not delivered: status 400 Bad Request: group chat was upgraded to a supergroup chat; its new chat id is -1007 Permanent"]).await;
    check_answer(
        (401, "", r#"{"ok":false,"description":"Unauthorized"}"#),
        expect!["telegram: not delivered: status 401 Unauthorized Permanent"],
    )
    .await;
    check_answer(
        (403, "", r#"{"ok":false,"description":"Forbidden: bot was kicked from the group chat"}"#),
        expect!["telegram: not delivered: status 403 Forbidden: bot was kicked from the group chat Permanent"],
    )
    .await;
    check_answer(
        (404, "", r#"{"ok":false,"description":"no bot 123456789:AAFsecretpart_of-the-token"}"#),
        expect!["telegram: not delivered: status 404 Not Found Permanent"],
    )
    .await;
    check_answer(
        (502, "", "<html>"),
        expect!["telegram: not delivered: status 502 Bad Gateway Transient { retry_after: None }"],
    )
    .await;
}

fn check_settings(change: impl FnOnce(&mut TelegramSettings), expected: Expect) {
    let mut settings = TelegramSettings {
        bot_token: TOKEN.into(),
        chat_id: "1".into(),
        topic_id: None,
        api: TelegramSettings::API.into(),
        http: direct(),
    };
    change(&mut settings);
    let error = TelegramNotifier::new("telegram", settings).unwrap_err();
    assert_eq!(error.kind(), NotifyErrorKind::Settings);
    expected.assert_eq(&error.to_string());
}

#[tokio::test]
async fn wrong_settings_are_told_without_the_token() {
    for token in ["", "123456789", "123456789:short", "x:AAFsecretpart_of-the-token", "1:AAFsecretpart_of/../token"] {
        check_settings(
            |s| s.bot_token = token.into(),
            expect!["telegram: the bot's token is none: BotFather gives one like 123456789:AAF…"],
        );
    }
    for chat in ["", "backups", "@", "@a b", "1.5"] {
        check_settings(
            |s| s.chat_id = chat.into(),
            expect!["telegram: the chat is neither a number like -1001234567890 nor a name like @channel"],
        );
    }
    check_settings(
        |s| s.api = "http://api.example.com".into(),
        expect!["telegram: the address is http://, and only https:// keeps it secret"],
    );
}

#[tokio::test]
async fn preflight_asks_about_the_chat_and_sends_nothing() {
    let sink = Sink::start(&[OK, (401, "", r#"{"ok":false,"description":"Unauthorized"}"#)]).await;
    let channel = channel(&sink);
    channel.preflight().await.unwrap();
    assert_eq!(channel.preflight().await.unwrap_err().kind(), NotifyErrorKind::Permanent);
    let request = &sink.received()[0];
    assert_eq!(request.path, format!("/bot{TOKEN}/getChat"));
    assert_eq!(request.body, r#"{"chat_id":-1001234567890}"#);
}

#[tokio::test]
async fn it_conforms() {
    let secrets = [TOKEN, "secretpart"];
    let good = Sink::start(&[OK]).await;
    assert_eq!(conformance(&channel(&good), &secrets).await, []);
    let channel = channel(&good);
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
}
