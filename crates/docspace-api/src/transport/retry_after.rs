//! `Retry-After`: read in both its forms, and obeyed before the next try.

use std::time::Duration;

use async_trait::async_trait;
use http::{
    Extensions, HeaderMap,
    header::{DATE, HeaderName, RETRY_AFTER},
};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::{Request, Response};
use reqwest_middleware::{Middleware, Next};

use super::{course::Course, failure::Failure};

/// Holds the next try back until the portal will have it. It comes before the try, not after the failure, so that
/// nobody waits after the last one.
pub(super) struct ObeyRetryAfter {
    /// A longer request ends the tries.
    pub(super) longest: Duration,
}

#[async_trait]
impl Middleware for ObeyRetryAfter {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        Course::of(extensions).wait().await;
        let mut result = next.run(request, extensions).await;
        if let Some(failure) = result.as_mut().err().and_then(Failure::of_mut) {
            Course::of(extensions).obey(failure, self.longest);
        }
        result
    }
}

/// What `Retry-After` asks for. A date counts from the portal's own `Date`, if it sends one, since clocks differ.
pub(super) fn read(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let wait = date(headers, &RETRY_AFTER)?.duration_since(date(headers, &DATE).unwrap_or(now));
    Some(Duration::try_from(wait.max(SignedDuration::ZERO)).unwrap_or_default())
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests;
