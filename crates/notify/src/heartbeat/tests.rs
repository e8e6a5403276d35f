//! Pings over real sockets.

use expect_test::{Expect, expect};

use super::*;
use crate::{
    Severity, State, conformance, conformance_of_failure,
    http::sink::{PATH, Received, Reply, Sink, direct, outcome},
    sample::{EVIL, endless, full_of, notice},
};

const OK: Reply = (200, "", "OK");
const KUMA_OK: Reply = (200, "", r#"{"ok":true}"#);

fn channel(sink: &Sink, kind: HeartbeatKind) -> HeartbeatNotifier {
    HeartbeatNotifier::new("heartbeat", HeartbeatSettings { url: sink.url(), kind, http: direct() }).unwrap()
}

/// The one request that a notice becomes, shown on a line after the secret part of the path.
async fn ping(kind: HeartbeatKind, notice: &Notice) -> (String, Received) {
    let sink = Sink::start(&[if kind == HeartbeatKind::Healthchecks { OK } else { KUMA_OK }]).await;
    channel(&sink, kind).deliver(notice).await.unwrap();
    let mut received = sink.received();
    assert_eq!(received.len(), 1);
    let request = received.remove(0);
    let path = request.path.replace(PATH, "…");
    (format!("{} {path}?{}", request.method, request.query), request)
}

/// What each state becomes, with and without the exit code of the sample.
async fn check_states(kind: HeartbeatKind, expected: Expect) {
    let mut lines = String::new();
    for state in State::ALL.into_iter().chain([State::Test]) {
        let (line, _) = ping(kind, &Notice { state, ..notice() }).await;
        lines += &format!("{state}: {line}\n");
    }
    for exit_code in [None, Some(0), Some(255)] {
        let (line, _) = ping(kind, &Notice { exit_code, ..notice() }).await;
        lines += &format!("failed with {exit_code:?}: {line}\n");
    }
    let (line, _) = ping(kind, &Notice { severity: Severity::Info, ..notice() }).await;
    expected.assert_eq(&format!("{lines}failed, for information: {line}\n"));
}

#[tokio::test]
async fn healthchecks_is_told_each_state_in_its_own_words() {
    check_states(
        HeartbeatKind::Healthchecks,
        expect![[r#"
        started: POST …/start?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        completed: POST …?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        warning: POST …/log?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        failed: POST …/1?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        still_running: POST …/log?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        stale: POST …/1?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        recovered: POST …?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        test: POST …/log?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        failed with None: POST …/fail?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        failed with Some(0): POST …/fail?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        failed with Some(255): POST …/255?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
        failed, for information: POST …/log?rid=4ce9792f-11b2-82ed-81de-c4ca8928dc7b
    "#]],
    )
    .await;
}

#[tokio::test]
async fn uptime_kuma_is_told_what_is_up_and_down_and_nothing_else() {
    check_states(HeartbeatKind::UptimeKuma, expect![[r#"
        started: HEAD /?
        completed: GET …?status=up&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping=
        warning: HEAD /?
        failed: GET …?status=down&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping=
        still_running: HEAD /?
        stale: GET …?status=down&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping=
        recovered: GET …?status=up&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping=
        test: HEAD /?
        failed with None: GET …?status=down&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping=
        failed with Some(0): GET …?status=down&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping=
        failed with Some(255): GET …?status=down&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping=
        failed, for information: HEAD /?
    "#]]).await;
}

#[tokio::test]
async fn the_body_of_a_ping_is_the_notice_as_text() {
    let (_, request) = ping(HeartbeatKind::Healthchecks, &notice()).await;
    assert_eq!(request.headers["content-type"], "text/plain; charset=utf-8");
    expect![[r#"
        portal.example.com: backup failed

        The portal ran out of disk space.

        Started: 2026-07-29 10:15 UTC
        Portal:  https://portal.example.com/?a=1&b=2

        Next step: Free some space, then start the backup again.
    "#]]
    .assert_eq(&request.body);
}

#[tokio::test]
async fn the_address_keeps_its_own_query_and_loses_sample_values() {
    let request = async |path: &str, kind| {
        let sink = Sink::start(&[if kind == HeartbeatKind::Healthchecks { OK } else { KUMA_OK }]).await;
        let url = format!("http://127.0.0.1:{}{path}", sink.port).into();
        let channel = HeartbeatNotifier::new("heartbeat", HeartbeatSettings { url, kind, http: direct() }).unwrap();
        channel.deliver(&Notice { id: "0198f2c4-6a34-7d12-9a6b-0f5f8a3c7e21".into(), ..notice() }).await.unwrap();
        let request = sink.received().remove(0);
        format!("{}?{}", request.path, request.query)
    };
    assert_eq!(
        request("/key/nightly/?create=1", HeartbeatKind::Healthchecks).await,
        "/key/nightly/1?create=1&rid=0198f2c4-6a34-7d12-9a6b-0f5f8a3c7e21"
    );
    assert_eq!(
        request("/api/push/tok?status=up&msg=OK&ping=&x=1", HeartbeatKind::UptimeKuma).await,
        "/api/push/tok?x=1&status=down&msg=portal.example.com%3A+backup+failed%3A+The+portal+ran+out+of+disk+space.&ping="
    );
}

#[tokio::test]
async fn start_and_end_of_a_run_have_the_same_number() {
    let rid = async |state| ping(HeartbeatKind::Healthchecks, &Notice { state, ..notice() }).await.1.query;
    assert_eq!(rid(State::Started).await, rid(State::Completed).await);
}

#[tokio::test]
async fn foreign_text_changes_neither_the_address_nor_a_terminal() {
    let evil = format!("&status=up#/../fail?\r\n{EVIL}");
    let notice = Notice { id: evil.clone(), ..full_of(&evil, 1) };
    let (line, request) = ping(HeartbeatKind::UptimeKuma, &notice).await;
    assert!(line.starts_with("GET …?status=down&msg=%26status%3Dup%23"), "{line}");
    assert_eq!(request.query.matches("status=").count(), 1);
    let (line, request) = ping(HeartbeatKind::Healthchecks, &notice).await;
    assert!(line.starts_with("POST …/1?rid=") && line.len() == "POST …/1?rid=".len() + 36, "{line}");
    assert!(!request.body.contains(['\u{1b}', '\u{202e}']), "{}", request.body);
}

#[tokio::test]
async fn whatever_the_length_it_arrives_cut() {
    for (text, facts) in endless() {
        let (_, request) = ping(HeartbeatKind::Healthchecks, &full_of(&text, facts)).await;
        assert!(request.body.len() <= 10_000, "{}", request.body.len());
        let (_, request) = ping(HeartbeatKind::UptimeKuma, &full_of(&text, facts)).await;
        assert!(request.query.len() < 2_000, "{}", request.query.len());
    }
    let long = full_of(&"ё".repeat(100_000), 1);
    let (_, request) = ping(HeartbeatKind::Healthchecks, &long).await;
    assert!(request.body.contains("characters in all)"), "{}", request.body);
    let (_, request) = ping(HeartbeatKind::UptimeKuma, &long).await;
    assert!(request.query.contains("characters+in+all%29"), "{}", request.query);
}

async fn check_answer(kind: HeartbeatKind, reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    expected.assert_eq(&outcome(&channel(&sink, kind), &notice()).await);
}

#[tokio::test]
async fn healthchecks_is_believed_only_when_it_says_ok() {
    let kind = HeartbeatKind::Healthchecks;
    check_answer(kind, OK, expect!["delivered"]).await;
    check_answer(kind, (201, "", "Created"), expect!["delivered"]).await;
    check_answer(
        kind,
        (200, "", "OK (not found)"),
        expect!["heartbeat: not delivered: there is no check with this address Permanent"],
    )
    .await;
    check_answer(
        kind,
        (200, "", "OK (rate limited)"),
        expect!["heartbeat: not delivered: more than five pings in a minute Transient { retry_after: Some(60s) }"],
    )
    .await;
    check_answer(
        kind,
        (200, "", "<html>log in first</html>"),
        expect!["heartbeat: not delivered: status 200 OK Permanent"],
    )
    .await;
    check_answer(kind, (302, "/", ""), expect!["heartbeat: not delivered: status 302 Found Permanent"]).await;
    check_answer(
        kind,
        (400, "", "invalid url format"),
        expect!["heartbeat: not delivered: status 400 Bad Request Permanent"],
    )
    .await;
    check_answer(
        kind,
        (404, "", "not found"),
        expect!["heartbeat: not delivered: there is no check with this address Permanent"],
    )
    .await;
    check_answer(
        kind,
        (409, "", "ambiguous slug"),
        expect!["heartbeat: not delivered: several checks share the slug of this address Permanent"],
    )
    .await;
    check_answer(
        kind,
        (429, "30", "rate limit exceeded"),
        expect!["heartbeat: not delivered: status 429 Too Many Requests Transient { retry_after: Some(30s) }"],
    )
    .await;
    check_answer(
        kind,
        (503, "", ""),
        expect!["heartbeat: not delivered: status 503 Service Unavailable Transient { retry_after: None }"],
    )
    .await;
}

#[tokio::test]
async fn uptime_kuma_is_believed_only_when_it_says_ok() {
    let kind = HeartbeatKind::UptimeKuma;
    check_answer(kind, KUMA_OK, expect!["delivered"]).await;
    check_answer(
        kind,
        (200, "", "<html>log in first</html>"),
        expect!["heartbeat: not delivered: status 200 OK Permanent"],
    )
    .await;
    check_answer(
        kind,
        (200, "", r#"{"ok":false,"msg":"Too many"}"#),
        expect!["heartbeat: not delivered: status 200 OK: Too many Permanent"],
    )
    .await;
    check_answer(
        kind,
        (404, "", r#"{"ok":false,"msg":"Monitor not found or not active."}"#),
        expect!["heartbeat: not delivered: there is no active push monitor with this address Permanent"],
    )
    .await;
    check_answer(
        kind,
        (404, "", "no route to secretpart"),
        expect!["heartbeat: not delivered: there is no active push monitor with this address Permanent"],
    )
    .await;
    check_answer(kind, (429, "30", r#"{"ok":false,"msg":"Too frequently, try again later."}"#), expect!["heartbeat: not delivered: status 429 Too Many Requests: Too frequently, try again later. Transient { retry_after: Some(30s) }"]).await;
    check_answer(
        kind,
        (500, "", r#"{"ok":false,"msg":"/push/secretpart"}"#),
        expect!["heartbeat: not delivered: status 500 Internal Server Error Transient { retry_after: None }"],
    )
    .await;
}

#[tokio::test]
async fn an_address_without_a_path_names_no_check() {
    let error = |url: &str| {
        let settings = HeartbeatSettings { url: url.into(), kind: HeartbeatKind::default(), http: direct() };
        HeartbeatNotifier::new("heartbeat", settings).unwrap_err()
    };
    assert_eq!(error("https://hc-ping.com/").kind(), NotifyErrorKind::Settings);
    expect!["heartbeat: the address ends with the host, and so names no check"]
        .assert_eq(&error("https://hc-ping.com").to_string());
}

#[test]
fn kinds_are_read_as_they_are_printed() {
    for kind in HeartbeatKind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind));
    }
    let error = "kuma".parse::<HeartbeatKind>().unwrap_err();
    expect![[r#""kuma" is no kind of heartbeat; there are healthchecks and uptime-kuma"#]]
        .assert_eq(&error.to_string());
}

#[tokio::test]
async fn both_kinds_conform() {
    for (kind, ok) in [(HeartbeatKind::Healthchecks, OK), (HeartbeatKind::UptimeKuma, KUMA_OK)] {
        let secrets = [PATH, "secretpart"];
        let good = Sink::start(&[ok]).await;
        assert_eq!(conformance(&channel(&good, kind), &secrets).await, []);
        let channel = channel(&good, kind);
        good.stop().await;
        assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
    }
}
