//! The other side's answer: as much of it as is needed to decide, and no more.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use reqwest::{Response, StatusCode, header::RETRY_AFTER};
use serde_json::Value;

use crate::NotifyErrorKind;

/// Status, wait and the beginning of the body.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    retry_after: Option<Duration>,
    pub(crate) body: String,
}

impl Answer {
    pub(super) async fn read(mut response: Response, longest: usize) -> Result<Self, reqwest::Error> {
        let header = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = header.and_then(|value| wait(value, Timestamp::now()));
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() >= longest {
                body.truncate(longest);
                break;
            }
        }
        Ok(Self { status: response.status(), retry_after, body: String::from_utf8_lossy(&body).into_owned() })
    }

    /// The body as JSON; `Null` where it is none, or longer than what was read of it.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Whether the body begins as a JSON object does, which tells a service's word from the page of a portal on the way.
    pub(crate) fn is_json(&self) -> bool {
        self.body.trim_start().starts_with('{')
    }

    /// The same, waiting as long as the body asks for where that is longer than what the header says. Both count in
    /// seconds, the body's may have a fraction.
    pub(crate) fn waiting(self, seconds: &Value) -> Self {
        let asked = seconds.as_f64().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Self { retry_after: self.retry_after.max(asked), ..self }
    }

    /// What an answer that is no delivery means for another try.
    pub(super) fn kind(&self) -> NotifyErrorKind {
        match self.status.as_u16() {
            408 | 425 | 429 | 500.. => NotifyErrorKind::Transient { retry_after: self.retry_after },
            _ => NotifyErrorKind::Permanent,
        }
    }

    /// The other side's word for what is wrong, such as Slack's `no_service`. Any longer body may quote the address.
    pub(super) fn word(&self) -> Option<&str> {
        let word = self.body.trim();
        let fits = (1..=40).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        fits.then_some(word)
    }
}

/// `Retry-After` in either form; `None` if it is in neither.
fn wait(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTimeParser::new().parse_timestamp(header).ok()?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let now = "2026-07-29T10:15:30Z".parse().unwrap();
        let seconds = |header| wait(header, now).map(|wait| wait.as_secs());
        assert_eq!(seconds(" 30 "), Some(30));
        assert_eq!(seconds("Wed, 29 Jul 2026 10:16:00 GMT"), Some(30));
        assert_eq!(seconds("Wed, 29 Jul 2026 10:15:00 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("-1"), None);
    }
}
