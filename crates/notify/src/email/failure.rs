//! Why a conversation with a mail server came to nothing.

use std::{error::Error, fmt};

use lettre::transport::smtp;

use super::relay::Relay;
use crate::{
    NotifyError, NotifyErrorKind,
    cause::{chain_text, distrusts_certificate},
};

const LATER: NotifyErrorKind = NotifyErrorKind::Transient { retry_after: None };

/// A [`NotifyError`] that does not know its channel yet.
pub(super) struct Failure {
    kind: NotifyErrorKind,
    message: String,
    cause: Option<String>,
}

impl Failure {
    /// `what` happened to the server: "cannot connect to".
    pub(super) fn new(what: &str, relay: &Relay, error: &smtp::Error) -> Self {
        let final_word = error.is_permanent() || error.is_client() || distrusts_certificate(error);
        Self {
            kind: if final_word { NotifyErrorKind::Permanent } else { LATER },
            message: format!("{what} {relay}"),
            cause: Some(words(error, relay)),
        }
    }

    /// The time for one try is over.
    pub(super) fn late(relay: &Relay) -> Self {
        Self { kind: NotifyErrorKind::TimedOut, message: format!("no answer in time from {relay}"), cause: None }
    }

    /// The server agreed to the mail, but not as a server does that has taken it.
    pub(super) fn unexpected(code: impl fmt::Display, relay: &Relay) -> Self {
        Self {
            kind: LATER,
            message: format!("the mail was answered with {code} instead of 250 by {relay}"),
            cause: None,
        }
    }

    /// The notice cannot be made a mail.
    pub(super) fn unwritable(cause: String) -> Self {
        Self { kind: NotifyErrorKind::Permanent, message: "the mail cannot be written".into(), cause: Some(cause) }
    }

    pub(super) fn into_error(self, channel: &str) -> NotifyError {
        let error = NotifyError::new(channel, self.kind, self.message);
        match self.cause {
            Some(cause) => error.with_cause(cause),
            None => error,
        }
    }
}

/// What the server said, with its code, or what the network did.
pub(super) fn words(error: &smtp::Error, relay: &Relay) -> String {
    let text = error.source().map_or_else(|| error.to_string(), chain_text);
    let text = match error.status() {
        Some(code) => format!("{code} {text}"),
        None => text,
    };
    relay.without_secret(text)
}
