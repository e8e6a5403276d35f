//! Posts to Slack over real sockets.

use expect_test::{Expect, expect};

use super::*;
use crate::{
    Fact, NotifyErrorKind, conformance, conformance_of_failure,
    http::sink::{PATH, Reply, Sink, direct},
    sample::{incident, notice},
};

const OK: Reply = (200, "", "ok");

fn channel(sink: &Sink) -> SlackNotifier {
    let settings = SlackSettings { url: sink.url(), http: direct() };
    SlackNotifier::new("slack", settings).unwrap()
}

fn check(notice: &Notice, expected: Expect) {
    expected.assert_eq(&format!("{:#}\n", card::card(notice)));
}

#[test]
fn a_card_has_headline_message_facts_and_next_step() {
    check(
        &notice(),
        expect![[r#"
            {
              "text": "❌ portal.example.com: backup failed\nThe portal ran out of disk space.",
              "blocks": [
                {
                  "type": "header",
                  "text": {
                    "type": "plain_text",
                    "text": "❌ portal.example.com: backup failed"
                  }
                },
                {
                  "type": "section",
                  "text": {
                    "type": "mrkdwn",
                    "text": "The portal ran out of disk space.",
                    "verbatim": true
                  }
                },
                {
                  "type": "section",
                  "fields": [
                    {
                      "type": "mrkdwn",
                      "text": "*Started*\n2026-07-29 10:15 UTC",
                      "verbatim": true
                    },
                    {
                      "type": "mrkdwn",
                      "text": "*Portal*\n<https://portal.example.com/?a=1&amp;b=2>",
                      "verbatim": true
                    }
                  ]
                },
                {
                  "type": "section",
                  "text": {
                    "type": "mrkdwn",
                    "text": "*Next step:* Free some space, then start the backup again.",
                    "verbatim": true
                  }
                }
              ]
            }
        "#]],
    );
}

#[test]
fn foreign_text_mentions_nobody_and_forms_no_link() {
    let evil = "<!channel> <@U1> & <http://evil|good>\u{202e}";
    let notice = Notice {
        subject: evil.into(),
        message: evil.into(),
        facts: vec![Fact::new(evil, evil), Fact::new("Link", "https://x/<!here>|y"), Fact::new("", "")],
        next_step: Some(evil.into()),
        ..notice()
    };
    for message in [card::card(&notice), card::plain(&notice)] {
        let text = message.to_string();
        assert!(!text.contains("<!") && !text.contains("<@") && !text.contains("<http://evil"), "{text}");
    }
    check(
        &notice,
        expect![[r#"
            {
              "text": "❌ &lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|good&gt;\n&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|good&gt;",
              "blocks": [
                {
                  "type": "header",
                  "text": {
                    "type": "plain_text",
                    "text": "❌ &lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|good&gt;"
                  }
                },
                {
                  "type": "section",
                  "text": {
                    "type": "mrkdwn",
                    "text": "&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|good&gt;",
                    "verbatim": true
                  }
                },
                {
                  "type": "section",
                  "fields": [
                    {
                      "type": "mrkdwn",
                      "text": "*&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|good&gt;*\n&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|good&gt;",
                      "verbatim": true
                    },
                    {
                      "type": "mrkdwn",
                      "text": "*Link*\n<https://x/%3C!here%3E%7Cy>",
                      "verbatim": true
                    },
                    {
                      "type": "mrkdwn",
                      "text": "**\n",
                      "verbatim": true
                    }
                  ]
                },
                {
                  "type": "section",
                  "text": {
                    "type": "mrkdwn",
                    "text": "*Next step:* &lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|good&gt;",
                    "verbatim": true
                  }
                }
              ]
            }
        "#]],
    );
}

#[test]
fn since_when_a_trouble_lasts_and_where_to_look_are_rows_after_the_facts() {
    let link = Some("https://portal.example.com/backup?a=1&b=2".into());
    let notice = Notice { incident: Some(incident()), link, facts: vec![Fact::new("a", "b")], ..notice() };
    let plain = card::plain(&notice)["text"].as_str().unwrap().to_owned();
    let rows = "*a*\nb\n*Failing since*\n2026-07-28 22:15 UTC (3 failures)\n\
                *Link*\n<https://portal.example.com/backup?a=1&amp;b=2>\n\n*Next step:*";
    assert!(plain.contains(rows), "{plain}");
    let evil = Notice { link: Some("javascript:alert(1)".into()), ..notice };
    assert!(!card::plain(&evil).to_string().contains("Link"));
}

/// Every text of a message with the limit that Slack sets to it.
fn texts(message: &Value) -> Vec<(usize, String)> {
    let mut texts = vec![(4_000, message["text"].as_str().unwrap().to_owned())];
    for block in message["blocks"].as_array().into_iter().flatten() {
        let limit = if block["type"] == "header" { 150 } else { 3_000 };
        texts.extend(block["text"]["text"].as_str().map(|text| (limit, text.to_owned())));
        let fields = block["fields"].as_array();
        assert!(fields.is_none_or(|fields| (1..=10).contains(&fields.len())));
        texts.extend(fields.into_iter().flatten().map(|field| (2_000, field["text"].as_str().unwrap().to_owned())));
    }
    texts
}

#[test]
fn whatever_the_length_slacks_limits_are_kept_and_no_escape_is_cut() {
    for (text, facts) in [("&".repeat(100_000), 3), ("👩‍🚒<".repeat(20_000), 200), ("a".into(), 10_000)] {
        let notice = Notice {
            subject: text.clone(),
            message: text.clone(),
            facts: vec![Fact::new(text.clone(), text.clone()); facts],
            next_step: Some(text.clone()),
            ..notice()
        };
        let card = card::card(&notice);
        assert!(card["blocks"].as_array().unwrap().len() <= 50);
        let all: usize = texts(&card).iter().map(|(_, text)| text.encode_utf16().count()).sum();
        assert!(all <= 13_000, "{all}");
        for (limit, text) in texts(&card) {
            assert!((1..=limit).contains(&text.encode_utf16().count()), "{text}");
            let whole = text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "");
            assert!(!whole.contains('&'), "a cut escape in {text}");
        }
    }
}

#[test]
fn a_long_message_says_that_it_was_cut_and_many_facts_too() {
    let notice = Notice { message: "ё".repeat(100_000), facts: vec![Fact::new("a", "b"); 100], ..notice() };
    for message in [card::card(&notice), card::plain(&notice)] {
        let text = message.to_string();
        assert!(text.contains("… (cut, 100000 characters in all)"), "{text}");
        assert!(text.contains("(cut, 100 rows in all)"), "{text}");
    }
}

/// The result of a delivery with these replies, and how many posts it took.
async fn deliver(replies: &[Reply]) -> (Result<(), NotifyError>, usize) {
    let sink = Sink::start(replies).await;
    let result = channel(&sink).deliver(&notice()).await;
    let received = sink.received();
    assert!(received.iter().all(|request| request.path == PATH && request.method == "POST"));
    (result, received.len())
}

#[tokio::test]
async fn only_200_with_ok_is_delivered() {
    assert_eq!(deliver(&[OK]).await, (Ok(()), 1));
    for reply in [(200, "", "<html>login</html>"), (202, "", "ok"), (302, "/", "")] {
        let (result, posts) = deliver(&[reply]).await;
        assert_eq!((result.unwrap_err().kind(), posts), (NotifyErrorKind::Permanent, 1), "{reply:?}");
    }
}

#[tokio::test]
async fn a_refused_card_goes_once_more_as_plain_text() {
    let refused = (400, "", "invalid_blocks");
    let sink = Sink::start(&[refused, OK]).await;
    channel(&sink).deliver(&notice()).await.unwrap();
    let body: Value = serde_json::from_str(&sink.received()[1].body).unwrap();
    expect![[r#"
        *❌ portal.example.com: backup failed*

        The portal ran out of disk space.

        *Started*
        2026-07-29 10:15 UTC
        *Portal*
        <https://portal.example.com/?a=1&amp;b=2>

        *Next step:* Free some space, then start the backup again."#]]
    .assert_eq(body["text"].as_str().unwrap());
    assert_eq!(body.as_object().unwrap().len(), 1, "no blocks");
    let (result, posts) = deliver(&[refused]).await;
    assert_eq!((result.unwrap_err().kind(), posts), (NotifyErrorKind::Permanent, 2));
}

async fn check_error(reply: Reply, expected: Expect) {
    let error = deliver(&[reply]).await.0.unwrap_err();
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    expected.assert_eq(&format!("{error}: {cause} {:?}", error.kind()));
}

#[tokio::test]
async fn slacks_words_are_shown_and_nothing_else() {
    check_error((404, "", "no_service"), expect!["slack: not delivered: status 404 Not Found: no_service Permanent"])
        .await;
    check_error(
        (403, "", "action_prohibited\n"),
        expect!["slack: not delivered: status 403 Forbidden: action_prohibited Permanent"],
    )
    .await;
    check_error(
        (404, "", "no route /services/T0/B0/secretpart"),
        expect!["slack: not delivered: status 404 Not Found:  Permanent"],
    )
    .await;
    check_error(
        (429, "1", "rate_limited"),
        expect!["slack: not delivered: status 429 Too Many Requests: rate_limited Transient { retry_after: Some(1s) }"],
    )
    .await;
    check_error(
        (500, "", "rollup_error"),
        expect!["slack: not delivered: status 500 Internal Server Error: rollup_error Transient { retry_after: None }"],
    )
    .await;
}

#[tokio::test]
async fn it_conforms() {
    let secrets = [PATH, "secretpart"];
    let good = Sink::start(&[OK]).await;
    assert_eq!(conformance(&channel(&good), &secrets).await, []);
    let channel = channel(&good);
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
}
