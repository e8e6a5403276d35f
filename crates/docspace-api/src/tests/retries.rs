//! What is sent again, how often and when.

use std::time::Duration;

use expect_test::{Expect, expect};
use tokio::time::Instant;

use super::{
    order, portal, portal_with,
    scripted::{Scripted, Turn, head},
    since, told,
};
use crate::{ClientOptions, RawCall, RetryPolicy, Scope};

const EMPTY: &str = r#"{"count":0,"links":[],"status":0,"statusCode":200}"#;

/// Every fault after which a request may have been acted upon, or was refused for the moment.
pub(super) fn faults() -> Vec<(&'static str, Turn)> {
    let half = head(200, "content-length: 1000\r\n");
    let chunked = [head(200, "transfer-encoding: chunked\r\n"), b"5\r\n{\"res\r\n".to_vec()].concat();
    let gzip =
        [head(200, "content-encoding: gzip\r\ncontent-length: 12\r\n"), b"\x1f\x8b\x08\0\0\0\0\0".to_vec()].concat();
    vec![
        ("500", Turn::answer(500, "")),
        ("501", Turn::answer(501, "")),
        ("502 with a page", Turn::answer(502, "<html>Bad Gateway</html>")),
        ("503", Turn::answer(503, "")),
        ("408", Turn::answer(408, "")),
        ("429", Turn::answer(429, "")),
        ("closed before the answer", Turn::Write(Vec::new())),
        ("reset before the answer", Turn::WriteThenReset(Vec::new())),
        ("closed in the headers", Turn::Write(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec())),
        ("closed in the body", Turn::Write(half.clone())),
        ("reset in the body", Turn::WriteThenReset([half.clone(), b"{".to_vec()].concat())),
        ("closed between chunks", Turn::Write(chunked)),
        ("closed in the gzip", Turn::Write(gzip)),
        ("half of the JSON", Turn::Write([head(200, ""), b"{\"response\":{".to_vec()].concat())),
        ("silent", Turn::WriteThenHang(Vec::new())),
        ("silent in the body", Turn::WriteThenHang(half)),
    ]
}

#[tokio::test(start_paused = true)]
async fn reading_is_repeated_until_it_works() {
    for (name, fault) in faults() {
        let server = Scripted::start([fault.clone(), fault, Turn::answer(200, EMPTY)]).await;
        let options = ClientOptions { total_timeout: Duration::from_secs(600), ..ClientOptions::default() };
        let result = portal_with(server.base(), options).backup_progress(Scope::Portal).await;
        assert_eq!(told(&result), "None", "{name}");
        server.finish();
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_is_sent_once() {
    let mut table = String::new();
    for (name, fault) in faults() {
        let server = Scripted::start([fault]).await;
        let result = portal(server.base()).start_backup(&order()).await;
        let doubt = result.as_ref().unwrap_err().kind().leaves_doubt();
        table += &format!("{name}: {}, doubt {doubt}\n", told(&result));
        server.finish();
    }
    expect![[r#"
        500: Status(500) after 1, doubt true
        501: Status(501) after 1, doubt true
        502 with a page: Status(502) after 1, doubt true
        503: Status(503) after 1, doubt true
        408: Status(408) after 1, doubt true
        429: Throttled { retry_after: None } after 1, doubt false
        closed before the answer: Interrupted after 1, doubt true
        reset before the answer: Interrupted after 1, doubt true
        closed in the headers: Interrupted after 1, doubt true
        closed in the body: Interrupted after 1, doubt true
        reset in the body: Interrupted after 1, doubt true
        closed between chunks: Interrupted after 1, doubt true
        closed in the gzip: Interrupted after 1, doubt true
        half of the JSON: Interrupted after 1, doubt true
        silent: TimedOut after 1, doubt true
        silent in the body: TimedOut after 1, doubt true
    "#]]
    .assert_eq(&table);
}

#[tokio::test(start_paused = true)]
async fn a_foreign_call_is_repeated_as_its_caller_says() {
    let server = Scripted::start([Turn::answer(500, ""), Turn::answer(200, EMPTY)]).await;
    assert_eq!(told(&portal(server.base()).raw(&RawCall::get("x")).await), "Null");
    server.finish();
    let server = Scripted::start([Turn::answer(500, "")]).await;
    assert_eq!(told(&portal(server.base()).raw(&RawCall::post("x")).await), "Status(500) after 1");
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn what_will_not_change_is_asked_once() {
    for (status, body) in
        [(400, ""), (401, ""), (402, ""), (403, ""), (404, ""), (302, ""), (200, "<html>"), (200, "x")]
    {
        let server = Scripted::start([Turn::answer(status, body)]).await;
        portal(server.base()).backup_progress(Scope::Portal).await.unwrap_err();
        assert_eq!(server.finish().len(), 1, "{status} {body}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_tries_are_counted_and_end() {
    let server = Scripted::start(vec![Turn::answer(503, ""); 4]).await;
    let result = portal(server.base()).backup_progress(Scope::Portal).await;
    assert_eq!(told(&result), "Status(503) after 4");
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn the_tries_before_a_garbled_answer_count() {
    let server = Scripted::start([Turn::answer(503, ""), Turn::answer(200, "x")]).await;
    let result = portal(server.base()).backup_progress(Scope::Portal).await;
    assert_eq!(told(&result), "Garbled after 2");
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn another_policy_shares_the_portal() {
    let server = Scripted::start(vec![Turn::answer(503, ""); 3]).await;
    let patient = portal(server.base());
    let once = patient.with_retry(RetryPolicy::NEVER).backup_progress(Scope::Portal).await;
    assert_eq!(told(&once), "Status(503) after 1");
    let twice = patient.with_retry(RetryPolicy { tries: 2, ..RetryPolicy::default() });
    assert_eq!(told(&twice.backup_progress(Scope::Portal).await), "Status(503) after 2");
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn odd_policies_do_no_harm() {
    for (tries, first, longest) in [
        (0, Duration::ZERO, Duration::ZERO),
        (1, Duration::MAX, Duration::ZERO),
        (1, Duration::MAX, Duration::MAX),
        (1, Duration::ZERO, Duration::MAX),
    ] {
        let server = Scripted::start([Turn::answer(503, "")]).await;
        let retry = RetryPolicy { tries, first_delay: first, longest_delay: longest };
        let options = ClientOptions { retry, total_timeout: Duration::MAX, ..ClientOptions::default() };
        let result = portal_with(server.base(), options).backup_progress(Scope::Portal).await;
        assert_eq!(told(&result), "Status(503) after 1");
        server.finish();
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_double_and_are_bounded() {
    let server = Scripted::start(vec![Turn::answer(503, ""); 6]).await;
    let longest_delay = Duration::from_secs(4);
    let retry = RetryPolicy { tries: 6, first_delay: Duration::from_secs(1), longest_delay };
    let start = Instant::now();
    let options = ClientOptions { retry, ..ClientOptions::default() };
    portal_with(server.base(), options).backup_progress(Scope::Portal).await.unwrap_err();
    // At most 1 + 2 + 4 + 4 + 4 seconds, and at least half of the first pause each time.
    assert!((2.5..=15.5).contains(&since(start)), "{}", since(start));
    server.finish();
}

/// Answers once with `headers`, and says how the call went and after how many whole seconds.
async fn check_wait(status: u16, headers: &str, answers: usize, expected: Expect) {
    let refusal = Turn::with_headers(status, headers, b"");
    let server = Scripted::start([refusal, Turn::answer(200, EMPTY)].into_iter().take(answers)).await;
    let start = Instant::now();
    let result = portal(server.base()).backup_progress(Scope::Portal).await;
    expected.assert_eq(&format!("{} at {:.0} s", told(&result), since(start)));
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed() {
    check_wait(429, "retry-after: 7\r\n", 2, expect!["None at 7 s"]).await;
    check_wait(503, "retry-after: 7\r\n", 2, expect!["None at 7 s"]).await;
    let date = "date: Sat, 21 Nov 2026 10:00:00 GMT\r\nretry-after: Sat, 21 Nov 2026 10:00:09 GMT\r\n";
    check_wait(429, date, 2, expect!["None at 9 s"]).await;
}

#[tokio::test(start_paused = true)]
async fn a_longer_retry_after_is_left_to_the_caller() {
    check_wait(429, "retry-after: 21\r\n", 1, expect!["Throttled { retry_after: Some(21s) } after 1 at 0 s"]).await;
    check_wait(429, "retry-after: 86400\r\n", 1, expect!["Throttled { retry_after: Some(86400s) } after 1 at 0 s"])
        .await;
    check_wait(503, "retry-after: 18446744073709551615\r\n", 1, expect!["Status(503) after 1 at 0 s"]).await;
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_limit_of_the_call_ends_it_at_once() {
    let server = Scripted::start([Turn::with_headers(429, "retry-after: 15\r\n", b"")]).await;
    let options = ClientOptions { total_timeout: Duration::from_secs(10), ..ClientOptions::default() };
    let start = Instant::now();
    let result = portal_with(server.base(), options).backup_progress(Scope::Portal).await;
    expect!["Throttled { retry_after: Some(15s) } after 1 at 0 s"].assert_eq(&format!(
        "{} at {:.0} s",
        told(&result),
        since(start)
    ));
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_after_the_last_try() {
    let server = Scripted::start([Turn::with_headers(429, "retry-after: 15\r\n", b"")]).await;
    let start = Instant::now();
    let impatient = portal(server.base()).with_retry(RetryPolicy { tries: 1, ..RetryPolicy::default() });
    let result = impatient.backup_progress(Scope::Portal).await;
    expect!["Throttled { retry_after: Some(15s) } after 1 at 0 s"].assert_eq(&format!(
        "{} at {:.0} s",
        told(&result),
        since(start)
    ));
    server.finish();
}
