//! Posts to a workflow over real sockets.

use expect_test::{Expect, expect};

use super::*;
use crate::{
    Fact, conformance, conformance_of_failure,
    http::sink::{PATH, Reply, Sink, direct, outcome},
    sample::{EVIL, endless, full_of, notice, visible},
};

const TAKEN: Reply = (202, "", "");

fn channel(sink: &Sink) -> TeamsNotifier {
    let settings = TeamsSettings { url: sink.url(), http: direct() };
    TeamsNotifier::new("teams", settings).unwrap()
}

fn check(notice: &Notice, expected: Expect) {
    expected.assert_eq(&format!("{:#}\n", card::message(notice)));
}

#[test]
fn a_card_has_headline_message_facts_next_step_and_link() {
    let notice = Notice { link: Some("https://portal.example.com/backup".into()), ..notice() };
    check(
        &notice,
        expect![[r#"
        {
          "type": "message",
          "attachments": [
            {
              "contentType": "application/vnd.microsoft.card.adaptive",
              "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "fallbackText": "❌ portal.example.com: backup failed",
                "msteams": {
                  "width": "Full"
                },
                "body": [
                  {
                    "type": "RichTextBlock",
                    "spacing": "Default",
                    "inlines": [
                      {
                        "type": "TextRun",
                        "text": "❌ portal.example.com: backup failed",
                        "size": "Large",
                        "weight": "Bolder",
                        "color": "Attention"
                      }
                    ]
                  },
                  {
                    "type": "RichTextBlock",
                    "spacing": "Default",
                    "inlines": [
                      {
                        "type": "TextRun",
                        "text": "The portal ran out of disk space."
                      }
                    ]
                  },
                  {
                    "type": "RichTextBlock",
                    "spacing": "Small",
                    "inlines": [
                      {
                        "type": "TextRun",
                        "text": "Started: ",
                        "weight": "Bolder"
                      },
                      {
                        "type": "TextRun",
                        "text": "2026-07-29 10:15 UTC"
                      }
                    ]
                  },
                  {
                    "type": "RichTextBlock",
                    "spacing": "Small",
                    "inlines": [
                      {
                        "type": "TextRun",
                        "text": "Portal: ",
                        "weight": "Bolder"
                      },
                      {
                        "type": "TextRun",
                        "text": "https://portal.example.com/?a=1&b=2",
                        "selectAction": {
                          "type": "Action.OpenUrl",
                          "title": "Open",
                          "url": "https://portal.example.com/?a=1&b=2"
                        }
                      }
                    ]
                  },
                  {
                    "type": "RichTextBlock",
                    "spacing": "Default",
                    "inlines": [
                      {
                        "type": "TextRun",
                        "text": "Next step: ",
                        "weight": "Bolder"
                      },
                      {
                        "type": "TextRun",
                        "text": "Free some space, then start the backup again."
                      }
                    ]
                  }
                ],
                "actions": [
                  {
                    "type": "Action.OpenUrl",
                    "title": "Open",
                    "url": "https://portal.example.com/backup"
                  }
                ]
              }
            }
          ]
        }
    "#]],
    );
}

#[test]
fn foreign_text_stays_text_and_mentions_nobody() {
    let message = card::message(&full_of(EVIL, 1));
    let texts = fuzzing::texts(&message["attachments"][0]["content"]);
    let texts: String = texts.iter().map(|text| format!("[{text}]\n")).collect();
    assert!(!texts.contains("<at>") && !texts.contains("</at>"), "{texts}");
    expect![[r#"
        [❌ @everyone <{U+2060}!channel> <{U+2060}@U1> <{U+2060}at>you<{U+2060}/at> <{U+2060}b>x<{U+2060}/b> [y](http://evil) *z* _w_ ~v~ `u` \]
        [@everyone <{U+2060}!channel> <{U+2060}@U1> <{U+2060}at>you<{U+2060}/at> <{U+2060}b>x<{U+2060}/b> [y](http://evil) *z* _w_ ~v~ `u` \]
        [@everyone <{U+2060}!channel> <{U+2060}@U1> <{U+2060}at>you<{U+2060}/at> <{U+2060}b>x<{U+2060}/b> [y](http://evil) *z* _w_ ~v~ `u` \: ]
        [@everyone <{U+2060}!channel> <{U+2060}@U1> <{U+2060}at>you<{U+2060}/at> <{U+2060}b>x<{U+2060}/b> [y](http://evil) *z* _w_ ~v~ `u` \]
        [Failing since: ]
        [2026-07-28 22:15 UTC (3 failures)]
        [Next step: ]
        [@everyone <{U+2060}!channel> <{U+2060}@U1> <{U+2060}at>you<{U+2060}/at> <{U+2060}b>x<{U+2060}/b> [y](http://evil) *z* _w_ ~v~ `u` \]
    "#]].assert_eq(&visible(&texts));
}

#[test]
fn an_address_opens_and_nothing_else_does() {
    let facts = vec![Fact::new("a", "https://example.com/?a=1&b"), Fact::new("b", "javascript:alert(1)")];
    let notice = Notice { facts, link: Some("file:///etc/passwd".into()), ..notice() };
    let message = card::message(&notice).to_string();
    assert_eq!(message.matches("Action.OpenUrl").count(), 1, "{message}");
    assert!(message.contains(r#""url":"https://example.com/?a=1&b""#), "{message}");
}

#[test]
fn whatever_the_length_a_card_is_below_28_kb_and_says_that_it_was_cut() {
    for (text, facts) in endless() {
        let notice = full_of(&text, facts);
        fuzzing::check(&notice);
        assert!(card::message(&notice).to_string().contains("in all)"), "{facts} facts");
    }
}

async fn check_answer(reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    expected.assert_eq(&outcome(&channel(&sink), &notice()).await);
    let received = sink.received();
    assert_eq!((received.len(), received[0].path.as_str()), (1, PATH));
}

#[tokio::test]
async fn four_answers_are_delivered() {
    for status in [200, 201, 202, 204] {
        check_answer((status, "", ""), expect!["delivered"]).await;
    }
}

#[tokio::test]
async fn every_other_answer_is_final_or_tried_again_and_gives_the_code_alone() {
    let gone =
        r#"{"error":{"code":"WorkflowTriggerIsNotEnabled","message":"no trigger at /services/T0/B0/secretpart"}}"#;
    check_answer(
        (400, "", gone),
        expect!["teams: not delivered: status 400 Bad Request: WorkflowTriggerIsNotEnabled Permanent"],
    )
    .await;
    check_answer(
        (401, "", r#"{"error":{"code":"services secretpart"}}"#),
        expect!["teams: not delivered: status 401 Unauthorized Permanent"],
    )
    .await;
    check_answer((203, "", ""), expect!["teams: not delivered: status 203 Non Authoritative Information Permanent"])
        .await;
    check_answer((404, "", "<html>"), expect!["teams: not delivered: status 404 Not Found Permanent"]).await;
    check_answer((413, "", ""), expect!["teams: not delivered: status 413 Payload Too Large Permanent"]).await;
    check_answer(
        (429, "7", ""),
        expect!["teams: not delivered: status 429 Too Many Requests Transient { retry_after: Some(7s) }"],
    )
    .await;
    check_answer(
        (502, "", ""),
        expect!["teams: not delivered: status 502 Bad Gateway Transient { retry_after: None }"],
    )
    .await;
}

#[tokio::test]
async fn it_conforms() {
    let secrets = [PATH, "secretpart"];
    let good = Sink::start(&[TAKEN]).await;
    assert_eq!(conformance(&channel(&good), &secrets).await, []);
    let channel = channel(&good);
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
}
