//! Limits of time and size.

use std::time::Duration;

use expect_test::{Expect, expect};
use tokio::time::Instant;

use super::{
    order, portal, portal_with,
    scripted::{Scripted, Turn, head},
    since, told,
};
use crate::{ClientOptions, RawCall, RetryPolicy, Scope};

/// One try against one turn: what is told of it, and after how many seconds.
async fn check(turn: Turn, expected: Expect) {
    let server = Scripted::start([turn]).await;
    let start = Instant::now();
    let result = portal(server.base()).with_retry(RetryPolicy::NEVER).backup_progress(Scope::Portal).await;
    expected.assert_eq(&format!("{} at {:.0} s", told(&result), since(start)));
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn a_silent_portal_is_given_65_seconds() {
    check(Turn::WriteThenHang(Vec::new()), expect!["TimedOut after 1 at 65 s"]).await;
    check(Turn::WriteThenHang(head(200, "content-length: 9\r\n")), expect!["TimedOut after 1 at 65 s"]).await;
}

#[tokio::test(start_paused = true)]
async fn a_portal_that_never_ends_its_headers_is_a_silent_one() {
    check(Turn::Drip(b"HTTP/1.1 200 OK\r\nx: y".to_vec()), expect!["TimedOut after 1 at 65 s"]).await;
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_is_given_120_seconds() {
    let slow = [head(200, "content-length: 1000\r\n"), b" ".to_vec()].concat();
    check(Turn::Drip(slow), expect!["TimedOut after 1 at 120 s"]).await;
}

#[tokio::test(start_paused = true)]
async fn the_body_of_a_refusal_is_not_waited_for_and_the_status_kept() {
    check(Turn::WriteThenHang(head(401, "content-length: 9\r\n")), expect!["Unauthenticated after 1 at 5 s"]).await;
    check(
        Turn::Drip([head(402, "content-length: 1000\r\n"), b"x".to_vec()].concat()),
        expect!["PaymentRequired after 1 at 5 s"],
    )
    .await;
    check(Turn::WriteThenReset(head(403, "content-length: 9\r\n")), expect!["Forbidden(Unknown) after 1 at 0 s"]).await;
}

#[tokio::test(start_paused = true)]
async fn the_limit_holds_for_all_tries_together() {
    let server = Scripted::start(vec![Turn::WriteThenHang(Vec::new()); 2]).await;
    let start = Instant::now();
    let result = portal(server.base()).backup_progress(Scope::Portal).await;
    expect!["TimedOut after 2 at 120 s"].assert_eq(&format!("{} at {:.0} s", told(&result), since(start)));
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn a_call_cut_short_between_tries_tells_the_last_failure() {
    let server = Scripted::start([Turn::answer(503, r#"{"error":{"message":"Come back later"}}"#)]).await;
    let first_delay = Duration::from_secs(60);
    let retry = RetryPolicy { tries: 2, first_delay, longest_delay: first_delay };
    let options = ClientOptions { retry, total_timeout: Duration::from_secs(20), ..ClientOptions::default() };
    let error = portal_with(server.base(), options).backup_progress(Scope::Portal).await.unwrap_err();
    expect![[r#"Status(503) Some("Come back later")"#]].assert_eq(&format!(
        "{:?} {:?}",
        error.kind(),
        error.portal_message()
    ));
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn a_last_try_that_had_no_time_hides_no_answer_of_the_portal() {
    for (seconds, expected) in [(1, "Status(500) after 2"), (20, "TimedOut after 2")] {
        let server = Scripted::start([Turn::answer(500, "{}"), Turn::WriteThenHang(Vec::new())]).await;
        let first_delay = Duration::from_millis(100);
        let retry = RetryPolicy { tries: 2, first_delay, longest_delay: first_delay };
        let options = ClientOptions { retry, total_timeout: Duration::from_secs(seconds), ..ClientOptions::default() };
        let result = portal_with(server.base(), options).backup_progress(Scope::Portal).await;
        assert_eq!(told(&result), expected);
        server.finish();
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_cut_short_within_a_refusal_tells_its_status() {
    let server = Scripted::start([Turn::WriteThenHang(head(402, "content-length: 9\r\n"))]).await;
    let options = ClientOptions { total_timeout: Duration::from_secs(2), ..ClientOptions::default() };
    let result = portal_with(server.base(), options).start_backup(&order()).await;
    assert_eq!(told(&result), "PaymentRequired after 1");
    server.finish();
}

/// `{"response":"xxx…"}` of this many bytes.
fn json_of(length: usize) -> String {
    format!(r#"{{"response":"{}"}}"#, "x".repeat(length - r#"{"response":""}"#.len()))
}

#[tokio::test]
async fn an_answer_may_be_16_mib_large() {
    let server = Scripted::start([0, 1].map(|more| Turn::answer(200, &json_of(16 * 1024 * 1024 + more)))).await;
    let portal = portal(server.base());
    assert!(portal.raw(&RawCall::get("x")).await.unwrap().is_string());
    assert_eq!(told(&portal.raw(&RawCall::get("x")).await), "TooLarge after 1");
    server.finish();
}

#[tokio::test]
async fn an_answer_without_end_is_refused() {
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000));
    let endless = [head(200, "transfer-encoding: chunked\r\n"), chunk.repeat(20).into_bytes()].concat();
    let server = Scripted::start([Turn::WriteThenHang(endless)]).await;
    assert_eq!(told(&portal(server.base()).backup_progress(Scope::Portal).await), "TooLarge after 1");
    server.finish();
}

/// A gzip stream of zeros without end: a fixed-code block with one zero, and then 258 more of it again and again, eight
/// repeats being 13 whole bytes.
fn bomb(repeats: usize) -> Vec<u8> {
    const GZIP: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    const BLOCK_WITH_ZERO: [u8; 3] = [99, 24, 5];
    const EIGHT_REPEATS: [u8; 13] = [163, 96, 20, 140, 130, 81, 48, 10, 70, 193, 40, 24, 5];
    [&GZIP[..], &BLOCK_WITH_ZERO, &EIGHT_REPEATS.repeat(repeats)].concat()
}

#[tokio::test]
async fn the_size_that_counts_is_the_decompressed_one() {
    let body = bomb(8_200);
    assert!(body.len() < 128 * 1024);
    let server = Scripted::start([Turn::with_headers(200, "content-encoding: gzip\r\n", &body)]).await;
    assert_eq!(told(&portal(server.base()).backup_progress(Scope::Portal).await), "TooLarge after 1");
    server.finish();
}

#[tokio::test]
async fn what_claims_to_be_gzip_and_is_not_is_garbled() {
    let server = Scripted::start([Turn::with_headers(200, "content-encoding: gzip\r\n", b"not gzip at all, no")]).await;
    assert_eq!(told(&portal(server.base()).backup_progress(Scope::Portal).await), "Garbled after 1");
    server.finish();
}
