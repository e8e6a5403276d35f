//! What an embed is, whatever the notice says: within Discord's limits, and without Markdown or links of others.

use serde_json::Value;

use super::embed::{is_address, is_markup, message};
use crate::{Notice, harmless::assert_harmless};

pub(crate) fn check(notice: &Notice) {
    let message = message(notice);
    assert_eq!(message["allowed_mentions"]["parse"].as_array().map(Vec::len), Some(0), "somebody may be mentioned");
    let embed = &message["embeds"][0];
    let fields = embed["fields"].as_array().expect("there are fields");
    assert!(fields.len() <= 25, "{} fields", fields.len());
    let texts = [check_text(&embed["title"], 1..=256), check_text(&embed["description"], 0..=4_096)];
    let of_fields =
        fields.iter().map(|field| check_text(&field["name"], 1..=256) + check_text(&field["value"], 1..=1_024));
    let all = texts.into_iter().chain(of_fields).sum::<usize>();
    assert!(all <= 6_000, "{all}");
}

/// How long the text is, as Discord counts at worst: in UTF-16.
fn check_text(text: &Value, limits: std::ops::RangeInclusive<usize>) -> usize {
    let text = text.as_str().expect("there is a text");
    assert_harmless(text);
    text.split_whitespace().filter(|word| !is_link(word)).for_each(check_word);
    let length = text.encode_utf16().count();
    assert!(limits.contains(&length), "not {limits:?}: {text:?}");
    length
}

/// Whether Discord takes the word as an address and reads nothing else in it.
fn is_link(word: &str) -> bool {
    let bracketed = word.strip_prefix('<').and_then(|word| word.strip_suffix('>'));
    bracketed.is_some_and(is_address) || is_address(word)
}

fn check_word(word: &str) {
    let mut escaped = false;
    for c in word.chars() {
        assert!(escaped || c == '\\' || !is_markup(c), "Markdown of others in {word:?}");
        escaped = c == '\\' && !escaped;
    }
    assert!(!escaped, "a cut escape in {word:?}");
}
