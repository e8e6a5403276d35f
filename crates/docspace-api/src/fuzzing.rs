//! What holds for any bytes that a portal may send: properties for the fuzzer, and for the tests that replay its seeds.

pub use crate::{transport::fuzzing::refusal, wire::fuzzing::wire};

/// The first line of an input and what follows it: inputs are texts with a head, so that people can write them.
pub(crate) fn first_line(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

/// A number in ASCII digits, or another one instead.
pub(crate) fn number_or(text: &[u8], instead: u16) -> u16 {
    std::str::from_utf8(text).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(instead)
}

/// Foreign words as they are promised: one line of 1 to 500 characters, none of which can do harm.
pub(crate) fn assert_fit_to_show(text: &str) {
    assert!((1..=500).contains(&text.chars().count()), "not 1 to 500 characters: {text:?}");
    assert_eq!(text.trim(), text, "white space around it");
    assert_harmless(text);
}

/// One line, and nothing in it that moves a cursor, turns text around or cannot be seen.
pub(crate) fn assert_harmless(text: &str) {
    let line_ends = ['\u{2028}', '\u{2029}'];
    let harmful = text.chars().find(|c| c.is_control() || line_ends.contains(c) || turns_text_around(*c));
    assert_eq!(harmful, None, "{text:?}");
}

fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Nothing in a message would be taken for a tag.
pub(crate) fn assert_no_markup(text: &str) {
    let begins_tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    let tag = text.match_indices('<').find(|(at, _)| begins_tag(&text[at + 1..]) && text[*at..].contains('>'));
    assert_eq!(tag, None, "markup: {text:?}");
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Every seed of that target goes through the property, as the fuzzer would begin.
    fn replay(target: &str, property: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
        let seeds: Vec<_> = std::fs::read_dir(folder).unwrap().map(|seed| seed.unwrap().path()).collect();
        assert!(seeds.len() > 5, "{seeds:?}");
        for seed in seeds {
            let data = std::fs::read(&seed).unwrap();
            assert!(std::panic::catch_unwind(|| property(&data)).is_ok(), "{}", seed.display());
        }
    }

    #[test]
    fn every_seed_is_read_as_the_wire_types_promise() {
        replay("wire", super::wire);
    }

    #[test]
    fn every_seed_is_refused_in_words_that_are_fit_to_show() {
        replay("refusal", super::refusal);
    }
}
