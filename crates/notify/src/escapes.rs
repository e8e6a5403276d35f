//! Foreign text in the escapes of a medium, cut by what it becomes there.

use crate::cut::cut_by;

/// How a medium writes characters that would mean something to it, and how long every character counts.
pub(crate) struct Escapes {
    /// What stands for a character; `None` where it stands for itself.
    pub(crate) escape: fn(char) -> Option<&'static str>,
    /// What a character counts, once escaped.
    pub(crate) width: fn(char) -> usize,
}

impl Escapes {
    /// `text` without the space around it, escaped, at most `limit` wide.
    pub(crate) fn apply(&self, text: &str, limit: usize) -> String {
        let text = cut_by(text.trim(), limit, self.width);
        text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
            match (self.escape)(c) {
                Some(escape) => escaped.push_str(escape),
                None => escaped.push(c),
            }
            escaped
        })
    }
}

/// The three characters that mean something to HTML between its tags.
pub(crate) fn html(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    }
}
