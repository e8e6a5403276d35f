//! Why one try gave nothing, in the form that travels through the middlewares.

use std::{error::Error, time::Duration};

use reqwest_retry::RetryError;

use super::connection;
use crate::{ApiError, ApiErrorKind};

#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub(crate) struct Failure {
    pub(crate) kind: ApiErrorKind,
    /// The portal's words.
    pub(crate) message: Option<String>,
    /// Whether the refusal had an empty body.
    pub(crate) is_bare: bool,
    /// What the portal asked for, also where the kind has no place for it (503).
    pub(crate) retry_after: Option<Duration>,
    /// Whether another try is sensible.
    pub(crate) again: bool,
    #[source]
    pub(crate) source: Option<Box<dyn Error + Send + Sync>>,
}

/// A cause that has no error type of its own.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Detail(pub(crate) String);

impl Failure {
    pub(crate) fn new(kind: ApiErrorKind) -> Self {
        Self { kind, message: None, is_bare: false, retry_after: None, again: false, source: None }
    }

    pub(crate) fn caused_by(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    /// Takes the failure out of what the middlewares made of it.
    pub(super) fn from_chain(error: reqwest_middleware::Error) -> Self {
        match error {
            reqwest_middleware::Error::Reqwest(error) => connection::failure(error),
            reqwest_middleware::Error::Middleware(error) => match error.downcast::<RetryError>() {
                Ok(RetryError::WithRetries { err, .. } | RetryError::Error(err)) => Self::from_chain(err),
                Err(error) => error
                    .downcast::<Failure>()
                    .unwrap_or_else(|error| Failure::new(ApiErrorKind::Unreachable).caused_by(error)),
            },
        }
    }

    pub(super) fn of(error: &reqwest_middleware::Error) -> Option<&Self> {
        match error {
            reqwest_middleware::Error::Middleware(error) => error.downcast_ref(),
            reqwest_middleware::Error::Reqwest(_) => None,
        }
    }

    pub(super) fn of_mut(error: &mut reqwest_middleware::Error) -> Option<&mut Self> {
        match error {
            reqwest_middleware::Error::Middleware(error) => error.downcast_mut(),
            reqwest_middleware::Error::Reqwest(_) => None,
        }
    }

    pub(crate) fn into_error(self, operation: &'static str, attempts: u32) -> ApiError {
        let error = ApiError::new(operation, self.kind).with_attempts(attempts).with_bareness(self.is_bare);
        let error = error.with_message(self.message);
        match self.source {
            Some(source) => error.with_source(source),
            None => error,
        }
    }
}
