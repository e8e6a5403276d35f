//! Files on their way: what is asked for, which part comes, and every way in which it does not.

use std::{error::Error, time::Duration};

use expect_test::{Expect, expect};
use tokio::time::Instant;

use super::{
    portal, portal_with,
    scripted::{Scripted, Turn, head},
    since, told,
};
use crate::{ClientOptions, Download, DownloadSource, FileId, RetryPolicy};

const FILE: DownloadSource = DownloadSource::File(FileId::Number(7));

/// Reads to the end and tells what came: where it began, of how much, the bytes, and the error if it ended with one.
async fn drained(download: &mut Download) -> String {
    let mut bytes = Vec::new();
    let end = loop {
        match download.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break String::new(),
            Err(error) => break format!(", then {:?}", error.kind()),
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    format!("from {} of {:?}: {text:?}{end}", download.offset(), download.total())
}

/// Downloads from byte `from` on, with one try, and compares what came of it.
async fn check(from: u64, turn: Turn, expected: Expect) {
    let server = Scripted::start([turn]).await;
    let result = portal(server.base()).with_retry(RetryPolicy::NEVER).download(&FILE, from).await;
    expected.assert_eq(&match result {
        Ok(mut download) => drained(&mut download).await,
        Err(error) => match error.source() {
            Some(source) => format!("{:?}: {source}", error.kind()),
            None => format!("{:?}", error.kind()),
        },
    });
    server.finish();
}

/// The file `0123456789`, or its rest, as a portal serves it.
fn ten_bytes(call: &str) -> Turn {
    let from = call.lines().find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-'));
    match from.map(|from| from.parse::<usize>().unwrap()) {
        None => Turn::answer(200, "0123456789"),
        Some(from) => {
            let range = format!("content-range:  bytes {from}-9/10\r\naccept-ranges: bytes\r\n");
            Turn::with_headers(206, &range, &b"0123456789"[from..])
        }
    }
}

#[tokio::test]
async fn a_file_is_asked_for_as_it_lies_there() {
    let server = Scripted::start([Turn::By(ten_bytes), Turn::By(ten_bytes)]).await;
    let portal = portal(&format!("{}/docs", server.base()));
    let third_party = DownloadSource::File("sbox-1-|a b&c=d#e".parse().unwrap());
    portal.download(&third_party, 0).await.unwrap();
    portal.download(&FILE, 4).await.unwrap();
    let host = server.base().trim_start_matches("http://").to_owned();
    let calls = server.finish().concat().replace("\r\n", "\n").replace(&host, "HOST");
    expect![[r#"
        GET /docs/filehandler.ashx?action=download&fileid=sbox-1-%7Ca+b%26c%3Dd%23e HTTP/1.1
        accept: */*
        accept-encoding: identity
        authorization: Bearer sk-0123456789abcdef
        user-agent: docspace-backup/VERSION
        host: HOST

        GET /docs/filehandler.ashx?action=download&fileid=7 HTTP/1.1
        accept: */*
        accept-encoding: identity
        authorization: Bearer sk-0123456789abcdef
        range: bytes=4-
        user-agent: docspace-backup/VERSION
        host: HOST"#]]
    .assert_eq(calls.replace(concat!("/", env!("CARGO_PKG_VERSION")), "/VERSION").trim_end());
}

#[tokio::test]
async fn a_file_comes_whole_or_from_any_byte_on() {
    check(0, Turn::By(ten_bytes), expect![[r#"from 0 of Some(10): "0123456789""#]]).await;
    check(1, Turn::By(ten_bytes), expect![[r#"from 1 of Some(10): "123456789""#]]).await;
    check(9, Turn::By(ten_bytes), expect![[r#"from 9 of Some(10): "9""#]]).await;
    check(0, Turn::answer(200, ""), expect![[r#"from 0 of Some(0): """#]]).await;
}

#[tokio::test]
async fn a_range_that_is_ignored_begins_again_at_0() {
    check(4, Turn::answer(200, "0123456789"), expect![[r#"from 0 of Some(10): "0123456789""#]]).await;
}

#[tokio::test]
async fn a_file_whose_size_is_not_told_ends_with_its_connection() {
    check(0, Turn::Write([head(200, ""), b"0123".to_vec()].concat()), expect![[r#"from 0 of None: "0123""#]]).await;
}

#[tokio::test]
async fn another_part_of_the_file_is_refused() {
    let part = |range: &str| Turn::with_headers(206, &format!("content-range: {range}\r\n"), b"56789");
    check(4, part("bytes 5-9/10"), expect!["Garbled: the answer begins at byte 5 of the file instead of 4"]).await;
    check(4, part("bytes 4-9/10"), expect!["Garbled: the answer contradicts itself about its size"]).await;
    check(4, Turn::answer(206, "456789"), expect!["Garbled: the answer is a part of the file, and does not say which"])
        .await;
    check(0, Turn::answer(204, ""), expect!["Garbled: the status is neither 200 nor 206"]).await;
}

#[tokio::test]
async fn a_file_that_ends_too_early_is_no_whole_file() {
    let head = |length: &str| head(200, length);
    check(
        0,
        Turn::Write([head("content-length: 10\r\n"), b"0123".to_vec()].concat()),
        expect![[r#"from 0 of Some(10): "0123", then Interrupted"#]],
    )
    .await;
    let chunked = b"4\r\n0123\r\n".to_vec();
    check(
        0,
        Turn::Write([head("transfer-encoding: chunked\r\n"), chunked].concat()),
        expect![[r#"from 0 of None: "0123", then Interrupted"#]],
    )
    .await;
    let half = [b"HTTP/1.1 206 Scripted\r\nconnection: close\r\ncontent-range: bytes 4-7/10\r\n\r\n4567".to_vec()];
    check(4, Turn::Write(half.concat()), expect![[r#"from 4 of Some(10): "4567", then Interrupted"#]]).await;
    let more = [b"HTTP/1.1 206 Scripted\r\nconnection: close\r\ncontent-range: bytes 4-9/10\r\n\r\n456789X".to_vec()];
    check(4, Turn::Write(more.concat()), expect![[r#"from 4 of Some(10): "", then Garbled"#]]).await;
}

#[tokio::test]
async fn an_error_is_told_again_and_an_end_stays_one() {
    let short = [head(200, "content-length: 10\r\n"), b"0123".to_vec()].concat();
    let server = Scripted::start([Turn::Write(short), Turn::By(ten_bytes)]).await;
    let portal = portal(server.base());
    let mut broken = portal.download(&FILE, 0).await.unwrap();
    assert!(drained(&mut broken).await.ends_with("then Interrupted"));
    assert_eq!(told(&broken.chunk().await), "Interrupted after 1");
    let mut whole = portal.download(&FILE, 0).await.unwrap();
    drained(&mut whole).await;
    assert_eq!(told(&whole.chunk().await), "None");
    expect!["Download { offset: 0, total: Some(10), received: 10, .. }"].assert_eq(&format!("{whole:?}"));
    server.finish();
}

#[tokio::test]
async fn a_page_is_no_file() {
    let html =
        |more: &str| Turn::with_headers(200, &format!("Content-Type: Text/HTML; charset=utf-8\r\n{more}"), b"<p>");
    check(0, html(""), expect!["NotAPortal"]).await;
    check(0, html("content-disposition: inline\r\n"), expect!["NotAPortal"]).await;
    check(0, html("content-disposition: attachment; filename=a.html\r\n"), expect![[r#"from 0 of Some(3): "<p>""#]])
        .await;
}

#[tokio::test]
async fn each_refusal_is_told() {
    check(0, Turn::answer(401, ""), expect!["Unauthenticated"]).await;
    check(0, Turn::answer(402, ""), expect!["PaymentRequired"]).await;
    check(0, Turn::answer(403, ""), expect!["Forbidden(Role)"]).await;
    check(0, Turn::answer(403, "Not from here"), expect!["Forbidden(Address)"]).await;
    check(0, Turn::answer(403, "<Error><Code>AccessDenied</Code></Error>"), expect!["Forbidden(Unknown)"]).await;
    check(0, Turn::answer(404, ""), expect!["NotFound"]).await;
    check(99, Turn::answer(400, "Wrong range"), expect!["Status(400)"]).await;
    check(99, Turn::answer(500, r#"{"error":{"message":"Bad sk-0123456789abcdef"}}"#), expect!["Status(500)"]).await;
}

/// Packs what it sends, and says so, for whoever takes it packed.
fn packed_if_asked(call: &str) -> Turn {
    if call.contains("gzip") {
        Turn::with_headers(200, "content-encoding: gzip\r\n", b"packed")
    } else {
        ten_bytes(call)
    }
}

#[tokio::test]
async fn a_file_arrives_byte_for_byte() {
    check(0, Turn::By(packed_if_asked), expect![[r#"from 0 of Some(10): "0123456789""#]]).await;
    // A server that says of a .tar.gz what it is.
    check(
        0,
        Turn::with_headers(200, "content-encoding: gzip\r\n", b"\x1f\x8b and more"),
        expect![[r#"from 0 of Some(11): "\u{1f}� and more""#]],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn opening_is_tried_again_until_a_byte_has_come() {
    let nothing_yet = head(200, "content-length: 10\r\n");
    for fault in [
        Turn::answer(503, ""),
        Turn::answer(429, ""),
        Turn::Write(Vec::new()),
        Turn::Write(nothing_yet.clone()),
        Turn::WriteThenReset(nothing_yet.clone()),
        Turn::WriteThenHang(nothing_yet),
    ] {
        let server = Scripted::start([fault, Turn::By(ten_bytes)]).await;
        let mut download = portal(server.base()).download(&FILE, 4).await.unwrap();
        assert_eq!(drained(&mut download).await, r#"from 4 of Some(10): "456789""#);
        server.finish();
    }
}

#[tokio::test(start_paused = true)]
async fn opening_is_given_up_after_some_tries() {
    let server = Scripted::start(vec![Turn::answer(500, ""); 4]).await;
    assert_eq!(told(&portal(server.base()).download(&FILE, 0).await), "Status(500) after 4");
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_given_the_idle_time() {
    let options = ClientOptions { idle_timeout: Duration::from_secs(7), ..ClientOptions::default() };
    let begun = [head(200, "content-length: 10\r\n"), b"0123".to_vec()].concat();
    let server = Scripted::start([Turn::WriteThenHang(begun)]).await;
    let mut download = portal_with(server.base(), options).download(&FILE, 0).await.unwrap();
    let start = Instant::now();
    assert_eq!(drained(&mut download).await, r#"from 0 of Some(10): "0123", then TimedOut"#);
    assert_eq!(format!("{:.0} s", since(start)), "7 s");
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn a_slow_file_has_all_the_time_it_needs() {
    let slow = [head(200, "content-length: 1000\r\n"), b"x".to_vec()].concat();
    let server = Scripted::start([Turn::Drip(slow)]).await;
    let mut download = portal(server.base()).download(&FILE, 0).await.unwrap();
    let start = Instant::now();
    while since(start) < 600.0 {
        assert!(download.chunk().await.unwrap().is_some());
    }
    drop(download);
    server.finish();
}

#[tokio::test]
async fn a_large_file_comes_in_small_pieces() {
    const SIZE: usize = 40 * 1024 * 1024;
    let server = Scripted::start([Turn::with_headers(200, "", &vec![b'x'; SIZE])]).await;
    let mut download = portal(server.base()).download(&FILE, 0).await.unwrap();
    let (mut received, mut largest) = (0, 0);
    while let Some(chunk) = download.chunk().await.unwrap() {
        received += chunk.len();
        largest = largest.max(chunk.len());
    }
    assert_eq!((received, download.total()), (SIZE, Some(SIZE as u64)));
    assert!(largest <= 1024 * 1024, "{largest}");
    server.finish();
}
