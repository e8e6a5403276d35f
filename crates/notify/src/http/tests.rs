//! The way to the other side, and what errors tell about it.

use std::{error::Error, time::Duration};

use expect_test::{Expect, expect};
use tokio::net::TcpListener;

use super::{
    sink::{PATH, Reply, Sink, direct, tls_sink},
    *,
};

fn endpoint(url: &str, settings: &HttpSettings) -> Result<Endpoint, NotifyError> {
    Endpoint::new("hook", &url.into(), settings)
}

fn shown(error: &NotifyError) -> String {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    format!("{error}\n{cause}\n{:?}\n", error.kind())
}

fn check_settings(url: &str, settings: &HttpSettings, expected: Expect) {
    let error = endpoint(url, settings).unwrap_err();
    assert_eq!(error.kind(), NotifyErrorKind::Settings);
    expected.assert_eq(&error.to_string());
}

#[tokio::test]
async fn wrong_settings_are_told_without_the_address() {
    let settings = direct();
    check_settings("", &settings, expect!["hook: the address cannot be read: relative URL without a base"]);
    check_settings(
        "hooks.example.com/secret",
        &settings,
        expect!["hook: the address cannot be read: relative URL without a base"],
    );
    check_settings("ftp://hooks.example.com/secret", &settings, expect!["hook: the address must begin with https://"]);
    check_settings("https:///", &settings, expect!["hook: the address cannot be read: empty host"]);
    check_settings(
        "http://hooks.example.com/secret",
        &settings,
        expect!["hook: the address is http://, and only https:// keeps it secret"],
    );
    let broken_ca = HttpSettings { ca_pem: Some("no PEM".into()), ..direct() };
    check_settings(
        "https://hooks.example.com/secret",
        &broken_ca,
        expect!["hook: the CA file holds no certificate in PEM form"],
    );
    let broken_proxy = HttpSettings { proxy: Proxy::Through("user:secret@".into()), ..direct() };
    check_settings(
        "https://hooks.example.com/secret",
        &broken_proxy,
        expect!["hook: the proxy's address is none that can be used"],
    );
}

#[tokio::test]
async fn plain_http_goes_to_this_machine_and_elsewhere_only_when_allowed() {
    let settings = direct();
    for url in ["http://localhost/x", "http://127.0.0.1:1/x", "http://[::1]/x", "https://hooks.example.com/x"] {
        assert!(endpoint(url, &settings).is_ok(), "{url}");
    }
    let allowed = HttpSettings { plain_http: PlainHttp::Allowed, ..direct() };
    assert!(endpoint("http://hooks.example.com/x", &allowed).is_ok());
}

async fn check_answer(reply: Reply, expected: Expect) {
    let sink = Sink::start(&[reply]).await;
    let endpoint = Endpoint::new("hook", &sink.url(), &direct()).unwrap();
    let answer = endpoint.post(HeaderMap::new(), "{}".into()).await.unwrap();
    expected.assert_eq(&shown(&endpoint.refused(&answer)));
    assert_eq!(sink.received().len(), 1, "a redirect is not followed");
}

#[tokio::test]
async fn statuses_say_whether_to_try_again() {
    check_answer(
        (404, "", "Cannot POST /services/T0/B0/secretpart"),
        expect![[r#"
        hook: not delivered: status 404 Not Found

        Permanent
    "#]],
    )
    .await;
    check_answer(
        (410, "", ""),
        expect![[r#"
        hook: not delivered: status 410 Gone

        Permanent
    "#]],
    )
    .await;
    check_answer(
        (429, "7", ""),
        expect![[r#"
        hook: not delivered: status 429 Too Many Requests

        Transient { retry_after: Some(7s) }
    "#]],
    )
    .await;
    check_answer(
        (503, "", ""),
        expect![[r#"
        hook: not delivered: status 503 Service Unavailable

        Transient { retry_after: None }
    "#]],
    )
    .await;
    check_answer(
        (307, "/elsewhere", ""),
        expect![[r#"
        hook: not delivered: status 307 Temporary Redirect

        Permanent
    "#]],
    )
    .await;
}

#[tokio::test]
async fn only_the_beginning_of_an_answer_is_read() {
    let sink = Sink::start(&[(500, "", Box::leak("x".repeat(1_000_000).into_boxed_str()))]).await;
    let endpoint = Endpoint::new("hook", &sink.url(), &direct()).unwrap();
    assert_eq!(endpoint.post(HeaderMap::new(), "{}".into()).await.unwrap().body.len(), 4096);
}

#[tokio::test]
async fn preflight_looks_at_the_front_page_and_any_answer_will_do() {
    let sink = Sink::start(&[(503, "", "")]).await;
    Endpoint::new("hook", &sink.url(), &direct()).unwrap().reach().await.unwrap();
    let request = &sink.received()[0];
    assert_eq!((request.method.as_str(), request.path.as_str()), ("HEAD", "/"));
}

#[tokio::test]
async fn a_host_that_refuses_may_be_tried_again() {
    let sink = Sink::start(&[(200, "", "")]).await;
    let endpoint = Endpoint::new("hook", &sink.url(), &direct()).unwrap();
    sink.stop().await;
    let error = endpoint.reach().await.unwrap_err();
    expect![[r#"
        hook: no connection
        client error (Connect): tcp connect error: Connection refused (os error 111)
        Transient { retry_after: None }
    "#]]
    .assert_eq(&shown(&error));
}

#[tokio::test]
async fn silence_ends_with_the_limit() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = HttpSettings { timeout: Duration::from_millis(100), ..direct() };
    let url = format!("http://127.0.0.1:{}{PATH}", listener.local_addr().unwrap().port());
    let error = endpoint(&url, &settings).unwrap().post(HeaderMap::new(), "{}".into()).await.err().unwrap();
    expect![[r#"
        hook: no answer in time
        operation timed out
        TimedOut
    "#]]
    .assert_eq(&shown(&error));
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_and_another_is_not() {
    let (port, ca_pem) = tls_sink("localhost").await;
    let url = format!("https://localhost:{port}{PATH}");
    let trusting = HttpSettings { ca_pem: Some(ca_pem), ..direct() };
    endpoint(&url, &trusting).unwrap().reach().await.unwrap();

    let (_, other) = tls_sink("localhost").await;
    let distrusting = HttpSettings { ca_pem: Some(other), ..direct() };
    let error = endpoint(&url, &distrusting).unwrap().reach().await.unwrap_err();
    expect![[r#"
        hook: the certificate is not trusted
        client error (Connect): invalid peer certificate: UnknownIssuer
        Permanent
    "#]]
    .assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_certificate_for_another_host_gives_the_host_away_to_nobody() {
    let (port, ca_pem) = tls_sink("other.example.com").await;
    let trusting = HttpSettings { ca_pem: Some(ca_pem), ..direct() };
    let endpoint = endpoint(&format!("https://localhost:{port}/"), &trusting).unwrap();
    let error = endpoint.reach().await.unwrap_err();
    expect![[r#"
        hook: the certificate is not trusted
        client error (Connect): invalid peer certificate: certificate not valid for name "the host"; certificate is only valid for DnsName("other.example.com")
        Permanent
    "#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_proxy_is_used_for_everything() {
    let proxy = Sink::start(&[(200, "", "")]).await;
    let settings = HttpSettings {
        proxy: Proxy::Through(format!("http://127.0.0.1:{}", proxy.port).into()),
        plain_http: PlainHttp::Allowed,
        ..HttpSettings::default()
    };
    let endpoint = endpoint("http://hooks.invalid/secret", &settings).unwrap();
    endpoint.reach().await.unwrap();
    assert_eq!(proxy.received()[0].headers["host"], "hooks.invalid");
    assert!(!format!("{endpoint:?}").contains("hooks"));
}
