//! Why somebody could not be told, and what a caller may branch on.

use std::{fmt, time::Duration};

use crate::foreign_text::one_line;

/// What a channel says when it could not do its work.
///
/// `Display` names the channel and says what happened to what, on one line and without a secret; the cause below it is
/// [`source`](std::error::Error::source), which is always text: no dependency's error stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{channel}: {message}")]
pub struct NotifyError {
    channel: String,
    kind: NotifyErrorKind,
    message: String,
    source: Option<Cause>,
}

/// The text of a cause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
struct Cause(String);

impl NotifyError {
    /// An error of the channel called `channel`: `message` says what happened to what, as a lower-case fragment.
    pub fn new(channel: impl Into<String>, kind: NotifyErrorKind, message: impl fmt::Display) -> Self {
        Self { channel: channel.into(), kind, message: one_line(&message.to_string()), source: None }
    }

    /// The same with what lies below it. Foreign text is welcome: it becomes one line without control characters.
    #[must_use]
    pub fn with_cause(self, cause: impl fmt::Display) -> Self {
        Self { source: Some(Cause(one_line(&cause.to_string()))), ..self }
    }

    /// The name of the channel.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// All that a caller may branch on.
    pub fn kind(&self) -> NotifyErrorKind {
        self.kind
    }

    /// What happened to what, without the channel's name and without the cause.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// The ways in which telling somebody fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyErrorKind {
    /// The settings are wrong. Found before anything was sent.
    Settings,
    /// It may work later: the other side is down, busy, or asks to wait.
    Transient {
        /// How long the other side asks to wait.
        retry_after: Option<Duration>,
    },
    /// It will not work by trying again.
    Permanent,
    /// No answer in time: the message was perhaps delivered. A repeat carries the same id.
    TimedOut,
    /// Some have been told; the others never will be by trying again.
    PartlyDelivered,
}

impl NotifyErrorKind {
    /// Whether to try again.
    pub fn is_retryable(self) -> bool {
        match self {
            Self::Transient { .. } | Self::TimedOut => true,
            Self::Settings | Self::Permanent | Self::PartlyDelivered => false,
        }
    }

    /// How long the other side asks to wait before the next try.
    pub fn retry_after(self) -> Option<Duration> {
        match self {
            Self::Transient { retry_after } => retry_after,
            Self::Settings | Self::Permanent | Self::TimedOut | Self::PartlyDelivered => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    #[test]
    fn display_is_one_clean_line_and_leaves_the_cause_to_source() {
        let error = NotifyError::new("email", NotifyErrorKind::Permanent, "cannot log in\r\n\u{1b}[31mnow")
            .with_cause("535 5.7.8\u{202e} no\nsuch user");
        assert_eq!(error.to_string(), "email: cannot log in now");
        assert_eq!(error.source().unwrap().to_string(), "535 5.7.8 no such user");
    }
}
