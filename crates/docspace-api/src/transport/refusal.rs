//! Answers that are no success: the status decides, and the body may add words (contract §1.5, shapes A to F).

use std::time::Duration;

use http::{HeaderMap, header::LOCATION};
use serde_json::{Map, Value};
use url::Url;

use super::{
    failure::{Detail, Failure},
    message, one_line,
};
use crate::{ApiErrorKind, Denial};

/// The failure of an answer with this status. `body` is `None` where it could not be read to its end.
pub(super) fn failure(status: u16, headers: &HeaderMap, retry_after: Option<Duration>, body: Option<&[u8]>) -> Failure {
    let body = body.map(Body::read);
    let failure = Failure {
        message: body.as_ref().and_then(Body::message),
        is_bare: matches!(body, Some(Body::Empty)),
        retry_after: retry_after.filter(|_| matches!(status, 429 | 503)),
        ..Failure::new(kind(status, body.as_ref()))
    };
    match (failure.kind, failure.retry_after) {
        (ApiErrorKind::Throttled { .. }, retry_after) => {
            Failure { kind: ApiErrorKind::Throttled { retry_after }, ..failure }
        }
        (ApiErrorKind::Redirected, _) => match destination(headers) {
            Some(place) => failure.caused_by(Detail(place)),
            None => failure,
        },
        (_, _) => failure,
    }
}

pub(super) fn kind(status: u16, body: Option<&Body>) -> ApiErrorKind {
    match status {
        301 | 302 | 303 | 307 | 308 => ApiErrorKind::Redirected,
        401 => ApiErrorKind::Unauthenticated,
        402 => ApiErrorKind::PaymentRequired,
        403 => ApiErrorKind::Forbidden(body.map_or(Denial::Unknown, Body::denial)),
        404 => ApiErrorKind::NotFound,
        429 => ApiErrorKind::Throttled { retry_after: None },
        other => ApiErrorKind::Status(other),
    }
}

/// Scheme and host of a redirect; path and query may hold secrets. A host may be as long as it likes.
fn destination(headers: &HeaderMap) -> Option<String> {
    let url = Url::parse(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    one_line(&format!("it leads to {}", url.has_host().then(|| url.origin().ascii_serialization())?))
}

/// The shapes that the body of a refusal has.
pub(super) enum Body {
    /// D.
    Empty,
    /// A.
    Envelope(Value),
    /// B, C and C'.
    Problem(Map<String, Value>),
    /// F.
    Text(String),
    /// E, and whatever else.
    Other,
}

impl Body {
    fn read(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
        if bytes.is_empty() {
            return Self::Empty;
        }
        match (serde_json::from_slice(bytes), std::str::from_utf8(bytes)) {
            (Ok(Value::Object(object)), _) => Self::of_object(object),
            (Ok(Value::String(text)), _) => Self::Text(text),
            (Err(_), Ok(text)) if !bytes.starts_with(b"<") && !bytes.starts_with(b"{") => Self::Text(text.to_owned()),
            (_, _) => Self::Other,
        }
    }

    fn of_object(mut object: Map<String, Value>) -> Self {
        match (object.remove("error"), object.remove("response")) {
            (Some(error), _) if !error.is_null() => Self::Envelope(error),
            (_, Some(Value::Object(problem))) if is_problem(&problem) => Self::Problem(problem),
            (_, _) if is_problem(&object) => Self::Problem(object),
            (_, _) => Self::Other,
        }
    }

    fn denial(&self) -> Denial {
        match self {
            Self::Empty => Denial::Scope,
            Self::Envelope(_) => Denial::Role,
            Self::Problem(_) => Denial::PortalState,
            Self::Text(_) => Denial::Address,
            Self::Other => Denial::Unknown,
        }
    }

    fn message(&self) -> Option<String> {
        let words = match self {
            Self::Envelope(error) => error.as_str().or_else(|| error.get("message")?.as_str())?.to_owned(),
            Self::Problem(problem) => problem_words(problem)?,
            Self::Text(text) => text.clone(),
            Self::Empty | Self::Other => return None,
        };
        message(&words)
    }
}

fn is_problem(object: &Map<String, Value>) -> bool {
    ["title", "traceId", "errors", "type"].iter().any(|key| object.contains_key(*key))
}

/// `title`, `detail` and the first word on each field: `One or more … occurred. (storageType: …)`.
fn problem_words(problem: &Map<String, Value>) -> Option<String> {
    let words = |key| problem.get(key).and_then(Value::as_str).map(str::to_owned);
    let errors = problem.get("errors").and_then(Value::as_object);
    let fields: Vec<String> = errors.into_iter().flatten().filter_map(field_words).collect();
    let fields = (!fields.is_empty()).then(|| format!("({})", fields.join("; ")));
    let parts: Vec<String> = [words("title"), words("detail"), fields].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn field_words((field, words): (&String, &Value)) -> Option<String> {
    let first = words.as_str().or_else(|| words.get(0)?.as_str())?;
    Some(format!("{}: {first}", field.trim_start_matches("$.")))
}

#[cfg(test)]
mod tests;
