//! Events for PagerDuty over real sockets.

use expect_test::{Expect, expect};

use super::*;
use crate::{
    Incident, IncidentPhase, Severity, State, conformance, conformance_of_failure,
    http::sink::{PATH, Reply, Sink, direct, outcome},
    sample::{EVIL, endless, full_of, notice},
};

const KEY: &str = "R0123456789abcdefSECRET789abcdef";
const ACCEPTED: Reply = (202, "", r#"{"status":"success","message":"Event processed","dedup_key":"x"}"#);

fn settings(sink: &Sink) -> PagerDutySettings {
    let region = PagerDutyRegion::Url(sink.url().expose_secret().to_owned());
    PagerDutySettings { routing_key: KEY.into(), region, http: direct() }
}

fn channel(sink: &Sink) -> PagerDutyNotifier {
    PagerDutyNotifier::new("pagerduty", settings(sink)).unwrap()
}

fn incident(id: &str) -> Option<Incident> {
    Some(Incident { id: id.into(), phase: IncidentPhase::Opened, since: notice().at, failures: 1 })
}

#[tokio::test]
async fn an_event_has_summary_source_severity_details_and_link() {
    let sink = Sink::start(&[ACCEPTED]).await;
    let link = Some("https://portal.example.com/backup".into());
    channel(&sink).deliver(&Notice { link, incident: incident("i-7"), ..notice() }).await.unwrap();
    let request = &sink.received()[0];
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", PATH));
    let body: Value = serde_json::from_str(&request.body).unwrap();
    expect![[r#"
        {
          "event_action": "trigger",
          "dedup_key": "docspace-backup/i-7",
          "payload": {
            "summary": "portal.example.com: backup failed",
            "source": "portal.example.com",
            "severity": "error",
            "timestamp": "2026-07-29T10:17:02Z",
            "class": "failed",
            "custom_details": {
              "Message": "The portal ran out of disk space.",
              "Started": "2026-07-29 10:15 UTC",
              "Portal": "https://portal.example.com/?a=1&b=2",
              "Failing since": "2026-07-29 10:17 UTC",
              "Next step": "Free some space, then start the backup again."
            }
          },
          "links": [
            {
              "href": "https://portal.example.com/backup",
              "text": "Open"
            }
          ],
          "routing_key": "R0123456789abcdefSECRET789abcdef"
        }
    "#]]
    .assert_eq(&format!("{body:#}\n"));
}

/// Each event that a notice of this state and severity makes, on a line.
fn events(state: State, severity: Severity) -> String {
    let notice = Notice { state, severity, incident: incident("i-7"), ..notice() };
    let shown = event::events(&notice, "pagerduty").into_iter().map(|event| {
        let severity = event.pointer("/payload/severity").and_then(Value::as_str).unwrap_or_default();
        let words = [&event["event_action"], &event["dedup_key"]].map(|word| word.as_str().unwrap());
        format!(" {} {} {severity}", words[0], words[1]).trim_end().to_owned()
    });
    shown.collect::<Vec<_>>().join(",")
}

#[test]
fn what_went_wrong_opens_an_alert_and_a_good_one_closes_it() {
    let states = [State::ALL.as_slice(), &[State::Test]].concat();
    let shown: String =
        states.into_iter().map(|state| format!("{state}:{}\n", events(state, Severity::Warning))).collect();
    expect![[r#"
        started:
        completed: resolve docspace-backup/i-7
        warning: trigger docspace-backup/i-7 warning
        failed: trigger docspace-backup/i-7 warning
        still_running: trigger docspace-backup/i-7 warning
        stale: trigger docspace-backup/i-7 warning
        recovered: resolve docspace-backup/i-7
        test: trigger docspace-backup/test/0198f2c4_test info, resolve docspace-backup/test/0198f2c4_test
    "#]]
    .assert_eq(&shown);
}

#[test]
fn the_severity_is_passed_on_and_what_only_informs_calls_nobody() {
    let shown: String =
        Severity::ALL.into_iter().map(|severity| format!("{severity}:{}\n", events(State::Failed, severity))).collect();
    expect![[r#"
        info:
        success: trigger docspace-backup/i-7 info
        warning: trigger docspace-backup/i-7 warning
        error: trigger docspace-backup/i-7 error
    "#]]
    .assert_eq(&shown);
    assert_eq!(events(State::Warning, Severity::Info), "");
}

#[tokio::test]
async fn a_test_is_opened_and_closed_and_a_beginning_sends_nothing() {
    let sink = Sink::start(&[ACCEPTED]).await;
    let channel = channel(&sink);
    channel.deliver(&Notice { state: State::Started, ..notice() }).await.unwrap();
    assert_eq!(sink.received().len(), 0);
    channel.deliver(&Notice { state: State::Test, ..notice() }).await.unwrap();
    let bodies: Vec<Value> =
        sink.received().iter().map(|request| serde_json::from_str(&request.body).unwrap()).collect();
    assert_eq!(bodies.iter().map(|body| &body["event_action"]).collect::<Vec<_>>(), ["trigger", "resolve"]);
    assert!(bodies.iter().all(|body| body["routing_key"] == KEY));
    let closed =
        serde_json::json!({"event_action": "resolve", "dedup_key": bodies[0]["dedup_key"], "routing_key": KEY});
    assert_eq!(bodies[1], closed);
}

#[test]
fn the_key_is_that_of_the_incident_else_the_thread_else_the_notice_and_never_too_long() {
    let key = |notice: &Notice| event::events(notice, "pagerduty")[0]["dedup_key"].as_str().unwrap().to_owned();
    let of_thread = Notice { incident: None, ..notice() };
    assert_eq!(key(&Notice { incident: incident("i-7"), ..notice() }), "docspace-backup/i-7");
    assert_eq!(key(&of_thread), "docspace-backup/portal.example.com");
    assert_eq!(key(&Notice { thread: None, ..of_thread.clone() }), "docspace-backup/0198f2c4");
    assert_eq!(key(&Notice { state: State::Completed, ..of_thread.clone() }), key(&of_thread));

    let long = |end: &str| key(&Notice { incident: incident(&("ж".repeat(200) + end)), ..notice() });
    assert!(long("a").len() <= 255 && long("a") == long("a") && long("a") != long("b"), "{}", long("a"));
}

#[test]
fn foreign_text_is_cleaned_and_facts_of_one_name_share_a_row() {
    let event = &event::events(&full_of(EVIL, 2), "pagerduty")[0];
    expect![[r#"
        {
          "summary": "@everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \\",
          "source": "portal.example.com",
          "severity": "error",
          "timestamp": "2026-07-29T10:17:02Z",
          "class": "failed",
          "custom_details": {
            "Message": "@everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \\",
            "@everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \\": "@everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \\\n@everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \\",
            "Failing since": "2026-07-28 22:15 UTC (3 failures)",
            "Next step": "@everyone <!channel> <@U1> <at>you</at> <b>x</b> [y](http://evil) *z* _w_ ~v~ `u` \\"
          }
        }
    "#]].assert_eq(&format!("{:#}\n", event["payload"]));
}

#[test]
fn empty_parts_are_filled_where_pagerduty_wants_text() {
    let event = &event::events(&Notice { thread: Some(" ".into()), ..full_of("", 1) }, "pagerduty")[0];
    assert_eq!((&event["payload"]["summary"], &event["payload"]["source"]), (&"—".into(), &"—".into()));
    let event = &event::events(&Notice { thread: None, ..notice() }, "pagerduty")[0];
    assert_eq!(event["payload"]["source"], "pagerduty");
}

#[test]
fn whatever_the_length_pagerdutys_limits_are_kept_and_it_says_that_it_was_cut() {
    for (text, facts) in endless() {
        let notice = Notice { thread: Some(text.clone()), incident: None, ..full_of(&text, facts) };
        fuzzing::check(&notice);
        assert!(event::events(&notice, "pagerduty")[0].to_string().contains("in all)"), "{facts} facts");
    }
}

async fn check_answer(reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    expected.assert_eq(&outcome(&channel(&sink), &notice()).await);
    assert_eq!(sink.received().len(), 1);
}

#[tokio::test]
async fn only_202_is_delivered_and_the_rest_is_final_or_tried_again() {
    check_answer(ACCEPTED, expect!["delivered"]).await;
    check_answer((200, "", "<html>log in first</html>"), expect!["pagerduty: not delivered: status 200 OK Permanent"])
        .await;
    let invalid = r#"{"status":"invalid event","message":"Event object is invalid","errors":["'source' is missing"]}"#;
    check_answer(
        (400, "", invalid),
        expect!["pagerduty: not delivered: status 400 Bad Request: 'source' is missing Permanent"],
    )
    .await;
    let quoting = r#"{"message":"no service has the key R0123456789abcdefSECRET789abcdef"}"#;
    check_answer((400, "", quoting), expect!["pagerduty: not delivered: status 400 Bad Request Permanent"]).await;
    check_answer(
        (429, "", r#"{"status":"throttle exceeded","message":"Requests are arriving too quickly"}"#),
        expect!["pagerduty: not delivered: status 429 Too Many Requests: Requests are arriving too quickly Transient { retry_after: None }"],
    )
    .await;
    check_answer(
        (429, "60", ""),
        expect!["pagerduty: not delivered: status 429 Too Many Requests Transient { retry_after: Some(60s) }"],
    )
    .await;
    check_answer(
        (503, "", ""),
        expect!["pagerduty: not delivered: status 503 Service Unavailable Transient { retry_after: None }"],
    )
    .await;
}

#[tokio::test]
async fn a_test_that_could_not_be_closed_is_no_success() {
    let sink = Sink::start(&[ACCEPTED, (503, "", "")]).await;
    let error = channel(&sink).deliver(&Notice { state: State::Test, ..notice() }).await.unwrap_err();
    assert!(error.kind().is_retryable());
}

#[tokio::test]
async fn a_wrong_key_is_told_without_being_quoted() {
    let sink = Sink::start(&[ACCEPTED]).await;
    for key in ["", "secret", "R0123456789abcdef-SECRET89abcdef"] {
        let error =
            PagerDutyNotifier::new("pagerduty", PagerDutySettings { routing_key: key.into(), ..settings(&sink) });
        let error = error.unwrap_err();
        assert_eq!(error.kind(), NotifyErrorKind::Settings);
        assert_eq!(error.to_string(), "pagerduty: the routing key is none: it has 32 letters and digits");
    }
}

#[test]
fn each_region_has_its_host() {
    assert_eq!(PagerDutyRegion::default().url(), "https://events.pagerduty.com/v2/enqueue");
    assert_eq!(PagerDutyRegion::Eu.url(), "https://events.eu.pagerduty.com/v2/enqueue");
}

#[tokio::test]
async fn it_conforms() {
    let secrets = [KEY, "SECRET", PATH, "secretpart"];
    let good = Sink::start(&[ACCEPTED]).await;
    assert_eq!(conformance(&channel(&good), &secrets).await, []);
    let channel = channel(&good);
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
}
