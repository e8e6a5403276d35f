//! A portal call that failed, as a value the workflow can decide upon and a report can keep.

use std::error::Error as _;

use docspace_api::{ApiError, ApiErrorKind};

/// What is kept of an [`ApiError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What may be branched on.
    pub kind: ApiErrorKind,
    /// What failed, and its root cause: "cannot start the backup: the connection broke: Connection reset by peer".
    pub message: String,
    /// The portal's own words, cleaned and bounded by `docspace-api`.
    pub portal_message: Option<String>,
}

impl Failure {
    /// What stands in for an answer that an earlier process did not live to see.
    pub fn cut_off() -> Self {
        Self {
            kind: ApiErrorKind::Interrupted,
            message: "an earlier run was cut off while it started the backup".to_owned(),
            portal_message: None,
        }
    }

    /// The portal took the start, and answered with no job, or with the finished one of before (contract §2.3).
    pub(crate) fn no_job_shown(operation: &str) -> Self {
        Self {
            kind: ApiErrorKind::Garbled,
            message: format!("cannot {operation}: the portal accepted it, but shows no job"),
            portal_message: None,
        }
    }

    /// Whether the portal's application itself answered, so that nothing of the request is still under way there.
    pub(crate) fn is_answered(&self) -> bool {
        self.portal_message.is_some()
    }

    /// Whether asking again cannot help until somebody changes something.
    pub(crate) fn is_refusal(&self) -> bool {
        match self.kind {
            ApiErrorKind::Unauthenticated
            | ApiErrorKind::Forbidden(_)
            | ApiErrorKind::PaymentRequired
            | ApiErrorKind::NotFound
            | ApiErrorKind::Unsupported { .. } => true,
            ApiErrorKind::Status(code) => code < 500 && code != 408,
            ApiErrorKind::Unresolved
            | ApiErrorKind::Unreachable
            | ApiErrorKind::Untrusted
            | ApiErrorKind::TimedOut
            | ApiErrorKind::Interrupted
            | ApiErrorKind::Throttled { .. }
            | ApiErrorKind::NotAPortal
            | ApiErrorKind::Redirected
            | ApiErrorKind::Garbled
            | ApiErrorKind::TooLarge => false,
        }
    }
}

impl From<&ApiError> for Failure {
    fn from(error: &ApiError) -> Self {
        Self {
            kind: error.kind(),
            message: with_root_cause(error),
            portal_message: error.portal_message().map(str::to_owned),
        }
    }
}

/// The error and its root cause. What lies between names the layers of the HTTP client, and helps nobody.
fn with_root_cause(error: &ApiError) -> String {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.last().map_or_else(|| error.to_string(), |root| format!("{error}: {root}"))
}
