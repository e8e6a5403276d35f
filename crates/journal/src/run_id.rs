//! The id of a run.

use std::fmt;

use crate::error::{Fault, JournalError, JournalErrorKind};

const LONGEST: usize = 64;

/// The id of a run, chosen by the caller and never used twice; a UUID does.
///
/// It is the name of a file too, and so of few characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RunId(String);

impl RunId {
    /// Takes a text over as an id.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::InvalidId`] unless it has 1 to 64 characters, each a letter from a to z (small or capital), a
    /// digit, `-` or `_`.
    pub fn parse(text: &str) -> Result<Self, JournalError> {
        Self::from_text(text).map_err(|fault| fault.without_file("take a text as the id of a run"))
    }

    pub(crate) fn from_text(text: &str) -> Result<Self, Fault> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if text.is_empty() || text.len() > LONGEST || !text.bytes().all(is_plain) {
            return Err(JournalErrorKind::InvalidId.into());
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_an_id() {
        let text = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";
        assert_eq!(RunId::parse(text).unwrap().as_str(), text);
    }

    #[test]
    fn what_could_leave_the_folder_is_no_id() {
        for text in ["", ".", "..", "../x", "a/b", "a\\b", "a b", "a\0", "ä", "a\n", &"a".repeat(65)] {
            let error = RunId::parse(text).unwrap_err();
            assert_eq!(error.kind(), JournalErrorKind::InvalidId, "{text:?}");
        }
    }
}
