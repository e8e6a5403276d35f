//! The way to a file over several places, and what each of them gets to see.

use std::{collections::BTreeSet, time::Duration};

use expect_test::expect;
use url::Url;

use super::{
    KEY, chain,
    network::tls,
    portal, portal_with,
    scripted::{Scripted, Turn},
    told,
};
use crate::{ClientOptions, DownloadSource, FileId, Portal, RetryPolicy};

const FILE: DownloadSource = DownloadSource::File(FileId::Number(7));

fn redirect(status: u16, location: &str) -> Turn {
    Turn::with_headers(
        status,
        &format!("location: {location}\r\nset-cookie: asc_auth_key=secret; path=/\r\n"),
        b"moved",
    )
}

/// Downloads `source` from byte 4 on, and returns its text.
async fn text(portal: &Portal, source: &DownloadSource) -> String {
    let mut download = portal.download(source, 4).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = download.chunk().await.unwrap() {
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).unwrap()
}

/// The call without what differs from run to run.
fn shown(call: &str) -> String {
    let version = concat!("/", env!("CARGO_PKG_VERSION"));
    let call = call.replace("\r\n", "\n").replace(version, "/VERSION");
    let lines = call.lines().filter(|line| !line.starts_with("host: "));
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn knows_key(call: &str) -> bool {
    call.contains(&format!("authorization: Bearer {KEY}\r\n"))
}

#[tokio::test]
async fn the_storage_of_the_portal_gets_the_key() {
    let server = Scripted::start([redirect(302, "/storage/files/root/x?auth=1"), Turn::answer(200, "0123")]).await;
    assert_eq!(text(&portal(server.base()), &FILE).await, "0123");
    let calls = server.finish();
    expect![[r#"
        GET /storage/files/root/x?auth=1 HTTP/1.1
        accept: */*
        accept-encoding: identity
        authorization: Bearer sk-0123456789abcdef
        range: bytes=4-
        user-agent: docspace-backup/VERSION"#]]
    .assert_eq(&shown(&calls[1]));
}

#[tokio::test]
async fn another_place_gets_neither_key_nor_cookie_nor_referer() {
    let mut seen = BTreeSet::new();
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Scripted::start([Turn::answer(200, "0123")]).await;
        let away = format!("{}/bucket/x?X-Amz-Signature=1", elsewhere.base());
        let server = Scripted::start([redirect(302, "/storage/x"), redirect(status, &away)]).await;
        assert_eq!(text(&portal(server.base()), &FILE).await, "0123");
        assert!(server.finish().iter().all(|call| knows_key(call)));
        seen.extend(elsewhere.finish().iter().map(|call| shown(call)));
    }
    expect![[r#"
        GET /bucket/x?X-Amz-Signature=1 HTTP/1.1
        accept: */*
        accept-encoding: identity
        range: bytes=4-
        user-agent: docspace-backup/VERSION"#]]
    .assert_eq(&seen.into_iter().collect::<String>());
}

/// Leads on to what the call names after `to=`.
fn onward(call: &str) -> Turn {
    let target = call.lines().next().and_then(|line| line.strip_suffix(" HTTP/1.1")?.split_once("to="));
    redirect(302, target.unwrap().1)
}

#[tokio::test]
async fn the_key_does_not_come_back_from_elsewhere() {
    let server = Scripted::start([Turn::By(onward), Turn::answer(200, "0123")]).await;
    let elsewhere = Scripted::start([Turn::By(onward)]).await;
    let way = format!("{base}/?to={}/?to={base}/x", elsewhere.base(), base = server.base());
    assert_eq!(text(&portal(server.base()), &DownloadSource::Link(Url::parse(&way).unwrap())).await, "0123");
    elsewhere.finish();
    let calls = server.finish();
    assert!(knows_key(&calls[0]) && !calls[1].contains(KEY), "{calls:?}");
}

#[tokio::test]
async fn a_link_to_the_portal_gets_the_key_and_another_one_does_not() {
    let server = Scripted::start([Turn::answer(200, "0123")]).await;
    let elsewhere = Scripted::start([Turn::answer(200, "0123")]).await;
    let portal = portal(server.base());
    for base in [server.base(), elsewhere.base()] {
        let link = Url::parse(&format!("{base}/storage/x?expire=1440&auth=1")).unwrap();
        assert_eq!(text(&portal, &DownloadSource::Link(link)).await, "0123");
    }
    assert!(knows_key(&server.finish()[0]));
    let call = elsewhere.finish().remove(0);
    assert!(call.starts_with("GET /storage/x?expire=1440&auth=1 HTTP/1.1\r\n"), "{call}");
    assert!(!call.contains(KEY) && !call.contains("authorization"), "{call}");
}

#[tokio::test]
async fn no_key_leaves_encryption_and_no_call_either() {
    let (acceptor, ca_pem) = tls("127.0.0.1", |_| ());
    let unencrypted = Scripted::start([]).await;
    let away = redirect(302, &format!("{}/x?auth=1", unencrypted.base()));
    let server = Scripted::start_tls([away], acceptor).await;
    let options = ClientOptions { ca_pem: Some(ca_pem), ..ClientOptions::default() };
    let error = portal_with(server.base(), options).download(&FILE, 0).await.unwrap_err();
    let told = chain(&error).replace(unencrypted.base(), "http://HOST");
    expect!["cannot download the file: the address leads elsewhere: it leads, unencrypted, to http://HOST"]
        .assert_eq(&told);
    server.finish();
    unencrypted.finish();
}

#[tokio::test]
async fn five_redirects_are_followed_and_no_more() {
    let around = || vec![redirect(302, "/again"); 5];
    let server = Scripted::start([around(), vec![Turn::answer(200, "0123")]].concat()).await;
    assert_eq!(text(&portal(server.base()), &FILE).await, "0123");
    server.finish();
    let server = Scripted::start([around(), vec![redirect(302, "/again")]].concat()).await;
    let error = portal(server.base()).download(&FILE, 0).await.unwrap_err();
    expect!["cannot download the file: the address leads elsewhere: it leads on and on"].assert_eq(&chain(&error));
    server.finish();
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_is_told() {
    for (location, expected) in [
        ("", expect!["cannot download the file: the address leads elsewhere: it does not say where to"]),
        (
            "location: mailto:me@example.com\r\n",
            expect!["cannot download the file: the address leads elsewhere: it leads away from the web"],
        ),
        (
            "location: https://me:secret@example.com/x\r\n",
            expect![
                "cannot download the file: the address leads elsewhere: it leads, with a login of its own, to https://example.com"
            ],
        ),
        (
            "location: https://sk-0123456789abcdef@example.com/x\r\n",
            expect![
                "cannot download the file: the address leads elsewhere: it leads, with a login of its own, to https://example.com"
            ],
        ),
    ] {
        let server = Scripted::start([Turn::with_headers(302, location, b"")]).await;
        expected.assert_eq(&chain(&portal(server.base()).download(&FILE, 0).await.unwrap_err()));
        server.finish();
    }
}

#[tokio::test]
async fn a_link_that_is_none_is_not_called() {
    for link in ["ftp://example.com/x", "https://me:secret@example.com/x"] {
        let source = DownloadSource::Link(Url::parse(link).unwrap());
        let result = portal("http://127.0.0.1:9").download(&source, 0).await;
        assert_eq!(told(&result), "Redirected after 1", "{link}");
    }
}

#[tokio::test]
async fn a_login_page_behind_a_redirect_is_no_file() {
    let page = Turn::with_headers(200, "content-type: text/html\r\n", b"<html>Please log in</html>");
    let server = Scripted::start([redirect(302, "/login"), page]).await;
    assert_eq!(told(&portal(server.base()).download(&FILE, 0).await), "NotAPortal after 1");
    server.finish();
}

#[tokio::test(start_paused = true)]
async fn another_try_begins_at_the_portal_for_its_links_live_short() {
    let elsewhere = Scripted::start([Turn::answer(503, ""), Turn::answer(200, "0123")]).await;
    let away = redirect(302, &format!("{}/x", elsewhere.base()));
    let server = Scripted::start([away.clone(), away]).await;
    assert_eq!(text(&portal(server.base()), &FILE).await, "0123");
    server.finish();
    assert!(elsewhere.finish().iter().all(|call| !call.contains(KEY)));
}

#[tokio::test(start_paused = true)]
async fn silence_behind_a_redirect_is_silence() {
    for total_timeout in [Duration::from_secs(3), Duration::from_secs(120)] {
        let server = Scripted::start([redirect(302, "/storage/x"), Turn::WriteThenHang(Vec::new())]).await;
        let options = ClientOptions { total_timeout, retry: RetryPolicy::NEVER, ..ClientOptions::default() };
        assert_eq!(told(&portal_with(server.base(), options).download(&FILE, 0).await), "TimedOut after 1");
        server.finish();
    }
}
