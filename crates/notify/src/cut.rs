//! Text that is too long for a channel arrives cut, with a word that it was cut.

use std::borrow::Cow;

use crate::Fact;

/// `text` if it is at most `limit` wide, else its beginning and a note, `limit` together. A character counts as `width`
/// says: 1, or the length of what it becomes once it is escaped. The note counts its characters.
pub(crate) fn cut_by(text: &str, limit: usize, width: impl Fn(char) -> usize) -> Cow<'_, str> {
    if fitting(text, limit, &width) == text.len() {
        return Cow::Borrowed(text);
    }
    let note = format!("… (cut, {} characters in all)", text.chars().count());
    let kept = fitting(text, limit.saturating_sub(note.chars().count()), &width);
    Cow::Owned(format!("{}{note}", text[..kept].trim_end()))
}

/// How many bytes from the start of `text` fit into `limit`.
fn fitting(text: &str, limit: usize, width: &impl Fn(char) -> usize) -> usize {
    let mut used = 0;
    let over = text.char_indices().find(|(_, c)| {
        used += width(*c);
        used > limit
    });
    over.map_or(text.len(), |(at, _)| at)
}

/// The row that stands for facts that found no room.
pub(crate) fn more_facts(all: usize) -> Fact {
    Fact::new("…", format!("(cut, {all} rows in all)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, limit: usize) -> Cow<'_, str> {
        cut_by(text, limit, |_| 1)
    }

    #[test]
    fn short_text_stays_whole_up_to_the_last_character() {
        assert_eq!(cut("съешь", 5), "съешь");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn long_text_is_cut_between_characters_and_says_so() {
        let text = "ё".repeat(100_000);
        let shown = cut(&text, 50);
        assert_eq!(shown, format!("{}… (cut, 100000 characters in all)", "ё".repeat(17)));
        assert_eq!(shown.chars().count(), 50);
    }

    #[test]
    fn what_is_escaped_counts_as_long_as_its_escape() {
        let ampersands = |c| if c == '&' { 5 } else { 1 };
        assert_eq!(cut_by("&&&&", 20, ampersands), "&&&&");
        assert_eq!(cut_by(&"&".repeat(21), 41, ampersands), "&&… (cut, 21 characters in all)");
    }
}
