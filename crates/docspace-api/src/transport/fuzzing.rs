//! What the reader of refusals holds to, whatever comes with the status.

use std::{error::Error, iter::successors, sync::LazyLock};

use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

use super::{Client, failure::Failure, refusal as reader, retry_after};
use crate::{
    ApiErrorKind, ClientOptions, Credential, Denial, Effect,
    fuzzing::{assert_fit_to_show, assert_no_markup, first_line, number_or},
};

const KEY: &str = "sk-5d1f0a97c3e84b26a1097f3dd2e8c64b5d1f0a97c3e84b26a1097f3dd2e8c64b";

/// What stands for the key in an input, which thus need not guess it.
const KEY_HERE: &[u8] = b"{key}";

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let key = Credential::parse(KEY).expect("this is a key as portals make it");
    Client::new(key, &ClientOptions::default(), true).expect("these options name no file that could be wrong")
});

/// Reads an input as a refusal: a line with the status, lines with headers, an empty line, the body.
///
/// # Panics
///
/// Where the failure that is made of it breaks a promise.
pub fn refusal(data: &[u8]) {
    let data = with_key(data);
    let (status, rest) = first_line(&data);
    let status = 300 + number_or(status, 500) % 300;
    let (headers, body) = head_and_body(rest);
    for body in [Some(body), None] {
        let retry_after = retry_after::read(&headers, Timestamp::UNIX_EPOCH);
        let failure = CLIENT.redacted(reader::failure(status, &headers, retry_after, body));
        check_kind(status, body, failure.kind);
        check_words(failure);
    }
}

fn with_key(data: &[u8]) -> Vec<u8> {
    let mut filled = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some(at) = rest.windows(KEY_HERE.len()).position(|window| window == KEY_HERE) {
        filled.extend_from_slice(&rest[..at]);
        filled.extend_from_slice(KEY.as_bytes());
        rest = &rest[at + KEY_HERE.len()..];
    }
    filled.extend_from_slice(rest);
    filled
}

fn head_and_body(mut rest: &[u8]) -> (HeaderMap, &[u8]) {
    let mut headers = HeaderMap::new();
    while !rest.is_empty() {
        let (line, after) = first_line(rest);
        rest = after;
        let mut parts = line.trim_ascii().splitn(2, |byte| *byte == b':');
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else { break };
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value.trim_ascii())) {
            headers.append(name, value);
        }
    }
    (headers, rest)
}

/// The status alone decides the kind; the body only tells one 403 from another.
fn check_kind(status: u16, body: Option<&[u8]>, kind: ApiErrorKind) {
    let is_empty = body.is_some_and(|body| body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii().is_empty());
    let fits = match kind {
        ApiErrorKind::Redirected => matches!(status, 301 | 302 | 303 | 307 | 308),
        ApiErrorKind::Unauthenticated => status == 401,
        ApiErrorKind::PaymentRequired => status == 402,
        ApiErrorKind::Forbidden(denial) => status == 403 && is_empty == (denial == Denial::Scope),
        ApiErrorKind::NotFound => status == 404,
        ApiErrorKind::Throttled { .. } => status == 429,
        ApiErrorKind::Status(code) => {
            code == status && !matches!(status, 301 | 302 | 303 | 307 | 308 | 401..=404 | 429)
        }
        ApiErrorKind::Unresolved | ApiErrorKind::Unreachable | ApiErrorKind::Untrusted | ApiErrorKind::TimedOut => {
            false
        }
        ApiErrorKind::Interrupted | ApiErrorKind::NotAPortal | ApiErrorKind::Garbled | ApiErrorKind::TooLarge => false,
        // One answer alone never says so.
        ApiErrorKind::Unsupported { .. } => false,
    };
    assert!(fits, "{status} is {kind:?}");
    assert!(!kind.is_retryable(Effect::Starts), "a start that was answered is never sent again: {kind:?}");
    let is_unread = status == 429;
    assert_eq!(
        kind.is_retryable(Effect::Changes),
        is_unread,
        "a change is sent again only if nobody read it: {kind:?}"
    );
}

fn check_words(failure: Failure) {
    let error = failure.into_error("call the portal", 1);
    if let Some(message) = error.portal_message() {
        assert_fit_to_show(message);
        assert_no_markup(message);
        assert_no_key(message);
    }
    for cause in successors(Some(&error as &(dyn Error + 'static)), |&error| error.source()) {
        assert_fit_to_show(&cause.to_string());
        assert_no_key(&cause.to_string());
    }
}

fn assert_no_key(text: &str) {
    assert!(!text.contains(KEY), "the key is told: {text}");
    let kept = text.trim_end_matches('…');
    let is_cut = kept.len() < text.len();
    let half = (8..KEY.len()).find(|length| is_cut && kept.ends_with(&KEY[..*length]));
    assert_eq!(half, None, "the key was cut instead of taken out: {text}");
}
