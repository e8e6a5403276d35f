//! The envelope around every answer: `{"response": …, "count": …, "status": …}` (contract §1.1).

use serde_json::{Map, Value};

use super::Misfit;
use crate::{
    ApiErrorKind,
    transport::{Answer, message},
};

/// An answer of success that is not what it should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WireFault {
    #[error("the body is a web page")]
    WebPage,
    #[error("the body is not JSON")]
    NotJson(#[source] serde_json::Error),
    #[error("the body is JSON, but not an answer of a portal")]
    NoEnvelope,
    #[error("the body holds an error although its status is {status}")]
    ErrorInside { status: u16, message: Option<String> },
    #[error(transparent)]
    Misfit(#[from] Misfit),
}

impl WireFault {
    pub(crate) fn kind(&self) -> ApiErrorKind {
        match self {
            Self::WebPage => ApiErrorKind::NotAPortal,
            Self::NotJson(_) | Self::NoEnvelope | Self::ErrorInside { .. } | Self::Misfit(_) => ApiErrorKind::Garbled,
        }
    }

    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Self::ErrorInside { message, .. } => message.as_deref(),
            Self::WebPage | Self::NotJson(_) | Self::NoEnvelope | Self::Misfit(_) => None,
        }
    }
}

/// Takes `response` out of its envelope; absent is null. The content type is not asked, since proxies invent it, and
/// neither are `status` and `statusCode`, which contradict the real status (contract §1.5 C').
pub(crate) fn open(answer: &Answer) -> Result<Value, WireFault> {
    let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer.body);
    let body = body.trim_ascii();
    if body.is_empty() && answer.status == 204 {
        return Ok(Value::Null);
    }
    if body.starts_with(b"<") {
        return Err(WireFault::WebPage);
    }
    match serde_json::from_slice(body).map_err(WireFault::NotJson)? {
        Value::Object(envelope) => response(envelope, answer.status),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(WireFault::NoEnvelope)
        }
    }
}

fn response(mut envelope: Map<String, Value>, status: u16) -> Result<Value, WireFault> {
    let is_envelope =
        ["response", "count", "links", "status", "statusCode"].iter().any(|key| envelope.contains_key(*key));
    let response = envelope.remove("response").unwrap_or(Value::Null);
    let error = envelope.get("error").filter(|error| !error.is_null());
    match (response, error) {
        (Value::Null, Some(error)) => Err(error_inside(error, status)),
        (Value::Null, None) if !is_envelope => Err(WireFault::NoEnvelope),
        (response, _) => Ok(response),
    }
}

fn error_inside(error: &Value, status: u16) -> WireFault {
    let words = error.as_str().or_else(|| error.get("message")?.as_str());
    let message = words.and_then(message);
    WireFault::ErrorInside { status, message }
}
