//! The key goes to the portal and nowhere else.

use std::{cell::RefCell, io, sync::Once};

use expect_test::expect;

use super::{
    KEY, chain, portal,
    scripted::{Scripted, Turn},
};
use crate::{ClientOptions, Credential, DownloadSource, JobState, RawCall, RetryPolicy, Scope};

#[test]
fn nothing_prints_the_key() {
    let options = ClientOptions { ca_pem: Some(b"-----BEGIN PRIVATE KEY-----".to_vec()), ..ClientOptions::default() };
    let call = RawCall::post("x").query("token", "secret").body("secret".into());
    let credential = Credential::parse(KEY).unwrap();
    let portal = portal("https://portal.example.com/docs");
    expect![[r#"
        Credential([hidden])
        Portal { address: "https://portal.example.com/docs", .. }
        ClientOptions { connect_timeout: 10s, idle_timeout: 65s, total_timeout: 120s, retry: RetryPolicy { tries: 4, first_delay: 500ms, longest_delay: 20s }, ca_pem: Some("27 bytes"), proxy: Environment }
        RawCall { method: POST, path: "x", effect: Starts, .. }"#]].assert_eq(&format!("{credential:?}\n{portal:?}\n{options:?}\n{call:?}"));
}

thread_local! {
    /// What was logged on this thread, which one test has to itself.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct ThisThread;

impl io::Write for ThisThread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Everything down to the finest level that is logged during `work`, other crates included. The subscriber is the
/// process's own: one for a single thread misses events whose place in the code another thread has reached first.
async fn logged(work: impl Future<Output = ()>) -> String {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let subscriber =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).without_time().with_ansi(false);
        subscriber.with_writer(|| ThisThread).init();
    });
    LOG.take();
    work.await;
    String::from_utf8(LOG.take()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_call_is_one_event_without_secrets() {
    let answers = [Turn::answer(503, r#"{"error":{"message":"secret"}}"#), Turn::response("\"secret\"")];
    let server = Scripted::start(answers).await;
    let call = RawCall::get("x").query("token", "secret");
    let log = logged(async { drop(portal(server.base()).raw(&call).await.unwrap()) }).await;
    server.finish();
    let ours: Vec<_> = log.lines().filter(|line| line.contains("docspace_api")).collect();
    let without_duration = ours.join("\n").split("duration_ms").next().unwrap_or_default().to_owned();
    expect![[
        r#"DEBUG docspace_api::transport::client: portal call operation="call the portal" status=200 attempt=2 "#
    ]]
    .assert_eq(&without_duration);
    assert_eq!(ours.len(), 1, "{ours:?}");
    assert!(!ours[0].contains("secret"), "{ours:?}");
    assert!(!log.contains(KEY), "{log}");
}

#[tokio::test]
async fn a_download_is_one_event_without_the_links_that_lead_to_it() {
    let away = "location: /storage/x?auth=signed\r\n";
    let server = Scripted::start([Turn::with_headers(302, away, b""), Turn::answer(200, "bytes of it")]).await;
    let link = DownloadSource::Link(format!("{}/storage/y?auth=signed", server.base()).parse().unwrap());
    let portal = portal(server.base());
    let log = logged(async {
        let mut download = portal.download(&link, 0).await.unwrap();
        while download.chunk().await.unwrap().is_some() {}
        assert!(!format!("{download:?}").contains("signed"));
    });
    let log = log.await;
    assert_eq!(server.finish().len(), 2);
    let ours: Vec<_> = log.lines().filter(|line| line.contains("docspace_api")).collect();
    assert!(
        matches!(ours[..], [line] if line.contains(r#"operation="download the file" status=200 attempt=1"#)),
        "{ours:?}"
    );
    assert!(!log.contains(KEY) && !log.contains("signed") && !log.contains("bytes of it"), "{log}");
}

#[tokio::test(start_paused = true)]
async fn an_error_and_its_causes_hold_neither_key_nor_query() {
    for turn in [
        Turn::Write(Vec::new()),
        Turn::WriteThenHang(Vec::new()),
        Turn::answer(500, &format!(r#"{{"error":{{"message":"Bad {KEY}"}}}}"#)),
        Turn::answer(200, &format!("Bad {KEY}")),
    ] {
        let server = Scripted::start([turn]).await;
        let once = portal(server.base()).with_retry(RetryPolicy::NEVER);
        let error = once.raw(&RawCall::get("x").query("token", "hidden")).await.unwrap_err();
        let text = format!("{} {error:?} {:?}", chain(&error), error.portal_message());
        assert!(!text.contains(KEY) && !text.contains("hidden"), "{text}");
        server.finish();
    }
}

#[tokio::test]
async fn a_redirect_to_a_host_named_after_the_key_does_not_tell_it() {
    let head = format!("HTTP/1.1 302 Found\r\nLocation: https://{KEY}.example/x\r\nContent-Length: 0\r\n\r\n");
    let server = Scripted::start([Turn::Write(head.into_bytes())]).await;
    let error = portal(server.base()).raw(&RawCall::get("x")).await.unwrap_err();
    expect!["cannot call the portal: the address leads elsewhere: it leads to https://[key].example"]
        .assert_eq(&chain(&error));
    server.finish();
}

#[tokio::test]
async fn an_answer_that_repeats_the_key_is_read_without_it() {
    let failed =
        format!(r#"{{"taskId":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","isCompleted":true,"error":"no: {KEY}"}}"#);
    let server = Scripted::start([Turn::response(&failed)]).await;
    let job = portal(server.base()).backup_progress(Scope::Portal).await.unwrap().unwrap();
    assert_eq!(job.state, JobState::Failed { reason: "no: [key]".into() });
    server.finish();
}

#[tokio::test]
async fn what_the_portal_tells_of_itself_is_read_without_the_key_too() {
    let schedule = format!(r#"{{"storageParams":{{"folderId":"{KEY}"}},"cronParams":{{"hour":1}}}}"#);
    let providers = format!(r#"[{{"id":"S3","title":"{KEY}","properties":[{{"name":"bucket","value":"hidden"}}]}}]"#);
    let server = Scripted::start([&schedule, &providers].map(|json| Turn::response(json))).await;
    let portal = portal(server.base());
    let told = format!(
        "{:?} {:?}",
        portal.backup_schedule(Scope::Portal).await.unwrap().unwrap().folder,
        portal.storage_providers(Scope::Portal).await.unwrap()
    );
    server.finish();
    expect![[r#"Some("[key]") [StorageProvider { id: "S3", title: "[key]", is_set: false, is_current: false, properties: ["bucket"] }]"#]].assert_eq(&told);
}

#[tokio::test]
async fn every_other_call_carries_the_key_in_the_one_form_that_works() {
    let server = Scripted::start([Turn::response("null")]).await;
    portal(server.base()).backup_progress(Scope::Portal).await.unwrap();
    let call = server.finish().remove(0);
    assert_eq!(call.matches(&format!("authorization: Bearer {KEY}\r\n")).count(), 1, "{call}");
}
