//! What people are told: one [`Notice`], the same for every channel.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Incident, State};

/// One message to people, free of any medium: each channel lays it out, escapes it and cuts it to its own limits.
///
/// All text may be foreign. A channel takes out or escapes what would do harm in its medium, so none of it need be
/// cleaned by the caller.
///
/// ```
/// use notify::{Fact, Notice, Severity, State};
///
/// let notice = Notice {
///     id: "0198f2c4".into(),
///     thread: Some("portal.example.com".into()),
///     incident: None,
///     severity: Severity::Error,
///     state: State::Failed,
///     outcome: Some("failed".into()),
///     subject: "portal.example.com: backup failed".into(),
///     message: "The portal ran out of disk space.".into(),
///     facts: vec![Fact::new("Started", "2026-07-29 10:15 UTC")],
///     next_step: Some("Free some space, then start the backup again.".into()),
///     link: Some("https://portal.example.com/portal-settings/backup".into()),
///     exit_code: Some(1),
///     at: "2026-07-29T10:17:02Z".parse()?,
/// };
/// assert_eq!(notice.key(), "0198f2c4_failed");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The run or incident that this is about. Two notices of one run may share it as long as their states differ.
    pub id: String,
    /// What the messages of one thread share, a host name for example. Without it each message stands alone.
    pub thread: Option<String>,
    /// The trouble that this is about, if there is one.
    #[serde(default)]
    pub incident: Option<Incident>,
    /// How bad it is.
    pub severity: Severity,
    /// What happened, as channels choose by it.
    pub state: State,
    /// The same more exactly, in the caller's own word for programs, which is never translated: `"cancelled"`.
    #[serde(default)]
    pub outcome: Option<String>,
    /// One line that can be read on a lock screen. Begin the subjects of one thread alike: some mail programs thread by
    /// them.
    pub subject: String,
    /// What happened, in one to three sentences.
    pub message: String,
    /// What else is known, in the order in which it is shown.
    pub facts: Vec<Fact>,
    /// What the reader should do, as a sentence.
    pub next_step: Option<String>,
    /// Where to look, an `http` or `https` address; any other is not made a link.
    #[serde(default)]
    pub link: Option<String>,
    /// The exit code of the program that tells, for services that watch for one.
    #[serde(default)]
    pub exit_code: Option<u8>,
    /// When it happened.
    pub at: Timestamp,
}

impl Notice {
    /// What tells this notice from every other one, and is the same at each try: `{id}_{state}`, each character outside
    /// `A-Z a-z 0-9 _ -` replaced by `_`, at most 128 characters.
    ///
    /// The `Message-ID` of a mail and the `webhook-id` come from it, so that a receiver recognises a repeat.
    pub fn key(&self) -> String {
        identifier(&format!("{}_{}", self.id, self.state))
    }
}

/// `text` as part of a message id: header, mail and signature safe.
pub(crate) fn identifier(text: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    text.chars().take(128).map(safe).collect()
}

/// A name and what it stands for, shown as one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The name, without a colon: `"Backup ID"`.
    pub label: String,
    /// What it stands for; an `http` or `https` address becomes a link where the medium has links.
    pub value: String,
}

impl Fact {
    /// A row of label and value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// How bad it is, for the reader's eye: a colour, a symbol, a priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something began or goes on.
    Info,
    /// Something ended well.
    Success,
    /// It ended, but somebody should look.
    Warning,
    /// It failed.
    Error,
}

impl Severity {
    /// All of them, from the mildest.
    pub const ALL: [Self; 4] = [Self::Info, Self::Success, Self::Warning, Self::Error];

    /// The word that `Display` prints and `FromStr` reads: `info`, `success`, `warning`, `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|severity| severity.as_str() == word);
        found.ok_or_else(|| UnknownSeverity(word.to_owned()))
    }
}

/// A word that is none of the severities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no severity; there are info, success, warning and error")]
pub struct UnknownSeverity(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_read_as_they_are_printed() {
        for severity in Severity::ALL {
            assert_eq!(severity.to_string().parse(), Ok(severity));
        }
        let error = "loud".parse::<Severity>().unwrap_err();
        expect_test::expect![[r#""loud" is no severity; there are info, success, warning and error"#]]
            .assert_eq(&error.to_string());
    }

    #[test]
    fn identifiers_hold_nothing_that_could_end_a_header_or_a_signed_part() {
        assert_eq!(identifier("a.b\r\nBcc: <x@y>"), "a_b__Bcc___x_y_");
        assert_eq!(identifier(&"я".repeat(500)).len(), 128);
    }
}
