//! What proves who is asking.

use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// An API key (`sk-…`) or a login token. Always sent as `Authorization: Bearer …`, the one form that portals take for
/// keys (contract §10.1); never printed.
#[derive(Clone)]
pub struct Credential(SecretString);

/// Why a text is not a credential. No message repeats any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    /// Nothing is left once white space, quotes and `Bearer` are taken away.
    #[error("the key is empty")]
    Empty,
    /// Two words or two lines: perhaps more than the key was pasted, or it is a `Basic` login.
    #[error("the key holds white space: give the key alone, on one line")]
    WhiteSpace,
    /// A character that no key has, such as NUL.
    #[error("the key holds a control character: is this a text file with the key in it?")]
    Control,
    /// A character outside ASCII: a typographic quote or dash, most often.
    #[error("the key holds a character outside ASCII: copy it again from the portal")]
    NotAscii,
}

impl Credential {
    /// Takes a key in whatever form it was pasted: with white space, quotes or a byte order mark around it, and after
    /// `Bearer` or `Authorization: Bearer` in any case.
    ///
    /// # Errors
    ///
    /// When what remains is empty, or holds what no key can hold.
    pub fn parse(text: &str) -> Result<Credential, CredentialError> {
        let key = bare_key(text);
        match key.chars().find_map(fault) {
            Some(error) => Err(error),
            None if key.is_empty() => Err(CredentialError::Empty),
            None => Ok(Credential(SecretString::from(key))),
        }
    }

    /// The value of the header, marked so that no `Debug` shows it.
    pub(crate) fn header(&self) -> HeaderValue {
        let text = format!("Bearer {}", self.0.expose_secret());
        let mut value =
            HeaderValue::try_from(text).expect("a credential is visible ASCII, which every header may hold");
        value.set_sensitive(true);
        value
    }

    /// The text with the key replaced, for words of a portal that may repeat what it was sent; also where the text was
    /// cut in the middle of the key.
    pub(crate) fn redact(&self, text: &str) -> String {
        let key = self.0.expose_secret();
        let whole = text.replace(key, "[key]");
        match whole.strip_suffix('…').and_then(|text| before_beginning(text, key)) {
            Some(kept) => format!("{kept}[key]…"),
            None => whole,
        }
    }

    /// An answer of the portal without the key, which it may repeat: copied only where it does.
    pub(crate) fn redact_bytes(&self, bytes: Bytes) -> Bytes {
        let key = self.0.expose_secret().as_bytes();
        if !bytes.windows(key.len()).any(|window| window == key) {
            return bytes;
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => self.redact(text).into(),
            // No JSON either; nobody will be shown anything of it.
            Err(_) => Bytes::new(),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential([hidden])")
    }
}

/// The fewest characters of a key that are worth hiding: `sk-` and some.
const TELLING: usize = 6;

/// What stands before the beginning of the key that a text ends with.
fn before_beginning<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    (TELLING..key.len()).rev().find_map(|length| text.strip_suffix(&key[..length]))
}

fn fault(character: char) -> Option<CredentialError> {
    if !character.is_ascii() {
        Some(CredentialError::NotAscii)
    } else if character.is_ascii_whitespace() {
        Some(CredentialError::WhiteSpace)
    } else if character.is_ascii_control() {
        Some(CredentialError::Control)
    } else {
        None
    }
}

fn bare_key(text: &str) -> &str {
    let text = trim(text);
    let text = after_word(text, "authorization:").unwrap_or(text);
    match after_word(text, "bearer") {
        Some(key) if key.len() < text.len() - "bearer".len() || key.is_empty() => key,
        _ => text,
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}'))
}

fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then(|| trim(rest))
}

#[cfg(test)]
mod tests;
