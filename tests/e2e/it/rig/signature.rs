//! The signature of Standard Webhooks, checked as a receiver checks it.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::sink::Post;

/// Whether the post's signature was made with this secret (`whsec_` and base64), over its id, its time and its body.
pub(crate) fn is_signed_with(post: &Post, secret: &str) -> bool {
    let header = |name: &str| post.headers.get(name).cloned().unwrap_or_default();
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    for part in [&header("webhook-id"), ".", &header("webhook-timestamp"), ".", &post.body] {
        mac.update(part.as_bytes());
    }
    let given = header("webhook-signature").strip_prefix("v1,").and_then(|signature| STANDARD.decode(signature).ok());
    given.is_some_and(|given| mac.verify_slice(&given).is_ok())
}

#[test]
fn the_example_of_the_specification_is_accepted_and_its_forgery_is_not() {
    let headers = [
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let mut post =
        Post { path: String::new(), query: String::new(), headers, body: r#"{"test": 2432232314}"#.to_owned() };
    assert!(is_signed_with(&post, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    post.body.push(' ');
    assert!(!is_signed_with(&post, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
}
