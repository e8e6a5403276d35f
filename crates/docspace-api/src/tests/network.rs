//! What goes wrong before an answer: names, connections, certificates; and redirects.

use std::sync::Arc;

use expect_test::expect;
use rcgen::{CertificateParams, KeyPair};
use tokio::{net::TcpListener, time::Instant};
use tokio_rustls::{TlsAcceptor, rustls};

use super::{
    chain, order, portal, portal_with,
    scripted::{Scripted, Turn},
    since, told,
};
use crate::{ClientOptions, RetryPolicy, Scope, SetupError};

#[tokio::test]
async fn a_name_that_does_not_exist_is_told() {
    // A label may have 63 letters, so no resolver needs to ask anybody.
    let unknown = portal(&format!("http://{}.example", "x".repeat(64))).with_retry(RetryPolicy::NEVER);
    assert_eq!(told(&unknown.start_backup(&order()).await), "Unresolved after 1");
}

async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_is_tried_again_even_for_a_start() {
    let closed = portal(&closed_port().await);
    let result = closed.start_backup(&order()).await;
    assert_eq!(told(&result), "Unreachable after 4");
    assert!(!result.unwrap_err().kind().leaves_doubt());
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_does_not_come_about_is_given_10_seconds() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let start = Instant::now();
    let address = format!("https://{}", silent.local_addr().unwrap());
    let result = portal(&address).with_retry(RetryPolicy::NEVER).start_backup(&order()).await;
    expect!["Unreachable after 1 at 10 s"].assert_eq(&format!("{} at {:.0} s", told(&result), since(start)));
}

/// A TLS server's side, and its certificate as PEM, made for `name`.
pub(super) fn tls(name: &str, change: impl FnOnce(&mut CertificateParams)) -> (TlsAcceptor, Vec<u8>) {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    change(&mut params);
    let signing_key = KeyPair::generate().unwrap();
    let cert = params.self_signed(&signing_key).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
    (TlsAcceptor::from(Arc::new(config)), cert.pem().into_bytes())
}

#[tokio::test]
async fn a_certificate_of_the_given_authority_is_trusted() {
    let (acceptor, ca_pem) = tls("127.0.0.1", |_| ());
    let server = Scripted::start_tls([Turn::response("null")], acceptor).await;
    let options = ClientOptions { ca_pem: Some(ca_pem), ..ClientOptions::default() };
    assert_eq!(told(&portal_with(server.base(), options).backup_progress(Scope::Portal).await), "None");
    server.finish();
}

#[tokio::test]
async fn no_other_certificate_is_trusted() {
    let long_ago = |params: &mut CertificateParams| params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    for (name, (acceptor, pem), trusted) in [
        ("of an unknown authority", tls("127.0.0.1", |_| ()), false),
        ("for another host", tls("portal.example.com", |_| ()), true),
        ("expired", tls("127.0.0.1", long_ago), true),
    ] {
        let server = Scripted::start_tls([], acceptor).await;
        let options = ClientOptions { ca_pem: trusted.then_some(pem), ..ClientOptions::default() };
        let result = portal_with(server.base(), options).start_backup(&order()).await;
        assert_eq!(told(&result), "Untrusted after 1", "{name}");
        server.finish();
    }
}

#[tokio::test(start_paused = true)]
async fn a_portal_without_tls_is_no_https_portal() {
    let server = Scripted::start([]).await;
    let address = server.base().replace("http://", "https://");
    let result = portal(&address).with_retry(RetryPolicy::NEVER).start_backup(&order()).await;
    assert_eq!(told(&result), "Unreachable after 1");
    server.finish();
}

#[test]
fn a_file_without_a_certificate_is_refused() {
    for (pem, expected) in [
        ("", expect!["the CA file holds no certificate in PEM form"]),
        ("hello", expect!["the CA file holds no certificate in PEM form"]),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            expect!["the CA file holds a certificate that cannot be used"],
        ),
        (
            "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
            expect!["the CA file holds a certificate that cannot be used"],
        ),
    ] {
        let options = ClientOptions { ca_pem: Some(pem.into()), ..ClientOptions::default() };
        let address = crate::Address::parse("portal.example.com", crate::PlainHttp::LoopbackOnly).unwrap();
        let credential = crate::Credential::parse(super::KEY).unwrap();
        let error: SetupError = crate::Portal::new(address, credential, options).unwrap_err();
        expected.assert_eq(&error.to_string());
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Scripted::start([]).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/login?key=secret\r\n", elsewhere.base());
        let server = Scripted::start([Turn::with_headers(status, &location, b"")]).await;
        let error = portal(server.base()).start_backup(&order()).await.unwrap_err();
        let expected =
            format!("cannot start the backup: the address leads elsewhere: it leads to {}", elsewhere.base());
        assert_eq!(chain(&error), expected, "{status}");
        server.finish();
    }
    elsewhere.finish();
}
