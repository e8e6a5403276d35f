//! A setting that cannot be used: which one, where it comes from, what is wrong, and the mend.

use std::fmt;

use super::Origin;

/// One mistake in the settings. `Display` is one line without the mend, which is [`hint`](Self::hint).
///
/// No part of it ever holds a secret, or a value where one may have been written by mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SettingsError {
    kind: SettingsErrorKind,
    setting: String,
    origin: Option<Origin>,
    problem: String,
    hint: Option<String>,
}

/// All that a caller may branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SettingsErrorKind {
    /// A setting is missing, malformed, or contradicts another: exit code 2.
    Usage,
    /// The portal profile that was asked for is not in the settings file: exit code 10.
    NoSuchProfile,
}

impl SettingsError {
    /// A mistake in the setting of that name.
    pub(crate) fn new(setting: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            kind: SettingsErrorKind::Usage,
            setting: without_key(&setting.into()),
            origin: None,
            problem: without_key(&problem.into()),
            hint: None,
        }
    }

    /// The same, of a value that comes from there. A default is no place that anybody could mend.
    pub(crate) fn at(self, origin: &Origin) -> Self {
        let origin = Some(origin.clone()).filter(|origin| *origin != Origin::Default);
        Self { origin, ..self }
    }

    /// The same with the mend.
    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into());
        Self { hint, ..self }
    }

    pub(super) fn with_kind(self, kind: SettingsErrorKind) -> Self {
        Self { kind, ..self }
    }

    /// All that a caller may branch on.
    pub(crate) fn kind(&self) -> SettingsErrorKind {
        self.kind
    }

    /// The setting, as people know it ("portal address") or as the file spells it (`notify.ops.to`).
    pub(crate) fn setting(&self) -> &str {
        &self.setting
    }

    /// Where the value comes from; `None` where there is none.
    pub(crate) fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Whether what else that part of the file says is worthless, because of this mistake in it or in the file as a whole.
    pub(crate) fn spoils(&self, part: &str) -> bool {
        self.setting == "settings file" || self.setting.split('.').next() == Some(part)
    }

    /// The mend.
    pub(crate) fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(origin) => write!(f, "{} ({origin}): {}", self.setting, self.problem),
            None => write!(f, "{}: {}", self.setting, self.problem),
        }
    }
}

impl std::error::Error for SettingsError {}

/// The text without anything that looks like an API key: it was typed where it does not belong, and must not be repeated.
fn without_key(text: &str) -> String {
    let is_key =
        |word: &str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("sk-") && word.len() > 20;
    let pieces = text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '/' | ':' | ',' | '"'));
    pieces.map(|piece| if is_key(piece) { "[a key] " } else { piece }).collect()
}
