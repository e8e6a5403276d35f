//! Posts to a webhook over real sockets.

use std::{sync::Arc, time::Duration};

use expect_test::expect;
use sha2::{Digest, Sha256};

use super::*;
use crate::{
    DeliveryPolicy, conformance, conformance_of_failure, deliver_all,
    http::sink::{PATH, Reply, Sink, direct},
    sample::notice,
};

const SECRET: &str = "whsec_c3VwZXIgc2VjcmV0IGtleSBmb3IgdGVzdHM=";
const KEY: &[u8] = b"super secret key for tests";

fn channel(sink: &Sink, secret: Option<&str>) -> WebhookNotifier {
    let settings = WebhookSettings { url: sink.url(), secret: secret.map(Into::into), http: direct() };
    WebhookNotifier::new("webhook", settings).unwrap()
}

/// HMAC-SHA256 by its definition, so that the signature is not checked with what made it.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let pad = |with: u8| -> Vec<u8> { (0..64).map(|i| key.get(i).copied().unwrap_or_default() ^ with).collect() };
    let inner = Sha256::digest([&pad(0x36), message].concat());
    Sha256::digest([&pad(0x5c)[..], &inner].concat()).to_vec()
}

#[tokio::test]
async fn the_body_is_the_documented_json() {
    let sink = Sink::start(&[(204, "", "")]).await;
    let notice = Notice { message: "\"Disk\" full\n\u{1b}".into(), thread: None, ..notice() };
    channel(&sink, None).deliver(&notice).await.unwrap();
    let request = &sink.received()[0];
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", PATH));
    assert_eq!(request.headers["content-type"], "application/json");
    assert!(request.headers.get("webhook-signature").is_none());
    expect![[r#"{"schema_version":1,"id":"0198f2c4","thread":null,"incident":null,"severity":"error","state":"failed","outcome":"failed","subject":"portal.example.com: backup failed","message":"\"Disk\" full\n\u001b","facts":[{"label":"Started","value":"2026-07-29 10:15 UTC"},{"label":"Portal","value":"https://portal.example.com/?a=1&b=2"}],"next_step":"Free some space, then start the backup again.","link":null,"exit_code":1,"at":"2026-07-29T10:17:02Z"}"#]].assert_eq(&request.body);
}

#[tokio::test]
async fn the_signature_covers_id_time_and_body_and_the_id_is_stable() {
    let sink = Sink::start(&[(200, "", "")]).await;
    for (secret, key) in [(SECRET, KEY), ("plain key", b"plain key")] {
        channel(&sink, Some(secret)).deliver(&notice()).await.unwrap();
        let request = sink.received().pop().unwrap();
        let header = |name: &str| request.headers[name].to_str().unwrap();
        assert_eq!(header("webhook-id"), "0198f2c4_failed");
        let signed = format!("0198f2c4_failed.{}.{}", header("webhook-timestamp"), request.body);
        let signature =
            base64::Engine::encode(&base64::engine::general_purpose::STANDARD, hmac(key, signed.as_bytes()));
        assert_eq!(header("webhook-signature"), format!("v1,{signature}"));
        let age = Timestamp::now().as_second() - header("webhook-timestamp").parse::<i64>().unwrap();
        assert!((0..60).contains(&age), "{age}");
    }
}

#[tokio::test]
async fn every_try_carries_the_same_id() {
    let sink = Sink::start(&[(503, "", ""), (429, "0", ""), (200, "", "")]).await;
    let policy = DeliveryPolicy { first_delay: Duration::from_millis(1), ..DeliveryPolicy::default() };
    let delivery = deliver_all(&[Arc::new(channel(&sink, Some(SECRET)))], &notice(), &policy).await.remove(0);
    assert_eq!((delivery.status(), delivery.attempts), ("delivered", 3));
    let ids: Vec<_> = sink.received().iter().map(|request| request.headers["webhook-id"].clone()).collect();
    assert_eq!(ids, ["0198f2c4_failed"; 3]);
}

async fn check(reply: Reply, expected: Result<(), NotifyErrorKind>) {
    let sink = Sink::start(&[reply]).await;
    let result = channel(&sink, Some(SECRET)).deliver(&notice()).await;
    assert_eq!(result.map_err(|error| error.kind()), expected, "{reply:?}");
}

#[tokio::test]
async fn any_2xx_is_delivered_and_the_rest_is_final_or_tried_again() {
    let later = |seconds: Option<u64>| {
        let retry_after = seconds.map(Duration::from_secs);
        Err(NotifyErrorKind::Transient { retry_after })
    };
    for status in [200, 201, 202, 204, 299] {
        check((status, "", "whatever"), Ok(())).await;
    }
    for status in [301, 400, 401, 404, 410, 422] {
        check((status, "", ""), Err(NotifyErrorKind::Permanent)).await;
    }
    for status in [408, 425, 500, 502, 503] {
        check((status, "", ""), later(None)).await;
    }
    check((429, "30", ""), later(Some(30))).await;
    check((503, "Thu, 01 Jan 1970 00:00:00 GMT", ""), later(Some(0))).await;
}

#[tokio::test]
async fn a_hundred_thousand_characters_arrive_cut() {
    let sink = Sink::start(&[(200, "", "")]).await;
    channel(&sink, None).deliver(&Notice { message: "ё".repeat(100_000), ..notice() }).await.unwrap();
    let body: serde_json::Value = serde_json::from_str(&sink.received()[0].body).unwrap();
    let message = body["message"].as_str().unwrap();
    assert_eq!(message.chars().count(), 16_000);
    assert!(message.ends_with("… (cut, 100000 characters in all)"));
}

#[tokio::test]
async fn wrong_secrets_are_told_without_being_quoted() {
    let sink = Sink::start(&[(200, "", "")]).await;
    let error = |secret: &str| {
        let settings = WebhookSettings { url: sink.url(), secret: Some(secret.into()), http: direct() };
        WebhookNotifier::new("webhook", settings).unwrap_err().to_string()
    };
    assert_eq!(error("whsec_no base64!"), "webhook: the signing secret after whsec_ is no base64");
    assert_eq!(error("whsec_"), "webhook: the signing secret is empty");
    assert_eq!(error("  "), "webhook: the signing secret is empty");
}

#[tokio::test]
async fn it_conforms() {
    let secrets = [SECRET, "super secret", PATH, "secretpart"];
    let good = Sink::start(&[(200, "", "")]).await;
    assert_eq!(conformance(&channel(&good, Some(SECRET)), &secrets).await, []);
    let channel = channel(&good, Some(SECRET));
    good.stop().await;
    assert_eq!(conformance_of_failure(&channel, &secrets).await, []);
}
