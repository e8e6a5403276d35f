//! The ids of folders and files: numbers in the portal's own documents, texts on third-party drives.

use url::form_urlencoded;

/// The text is empty, so it is the id of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id is empty: give a number, or the text that a third-party drive uses")]
pub struct EntryIdError;

/// Defines an id; the two kinds of it differ by nothing but the type, so that one is never taken for the other.
macro_rules! entry_id {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            /// In the portal's own documents.
            Number(u64),
            /// On a third-party drive that is connected to the portal: `sbox-123-|Backups`.
            Text(String),
        }

        impl std::str::FromStr for $name {
            type Err = $crate::EntryIdError;

            /// Digits are a number, with or without white space around them; everything else is a text, kept as it is.
            ///
            /// # Errors
            ///
            /// When there is nothing but white space.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match $crate::entry_id::number(text) {
                    Some(number) => Ok(Self::Number(number)),
                    None if text.trim().is_empty() => Err($crate::EntryIdError),
                    None => Ok(Self::Text(text.to_owned())),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    Self::Number(number) => write!(f, "{number}"),
                    Self::Text(text) => f.write_str(text),
                }
            }
        }

        impl From<u64> for $name {
            fn from(number: u64) -> Self {
                Self::Number(number)
            }
        }
    };
}

pub(crate) use entry_id;

/// The number that a text of digits stands for; `None` also where it is too large for one.
pub(crate) fn number(text: &str) -> Option<u64> {
    let digits = text.trim();
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// An id as one segment of a path, escaped. `None` for nothing and for the dots, which every URL takes for a way up or
/// for no step at all, however they are escaped.
pub(crate) fn segment(id: &str) -> Option<String> {
    let escaped: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    (!matches!(id, "" | "." | "..")).then(|| escaped.replace('+', "%20"))
}

#[cfg(test)]
mod tests;
