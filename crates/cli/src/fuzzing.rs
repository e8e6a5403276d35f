//! What holds for any settings file and any foreign text: properties for the fuzzer, and for the tests that replay its
//! seeds.

use notify::one_line;

use crate::{markdown::escape as escape_markdown, settings};

/// Reads an input as a settings file.
///
/// # Panics
///
/// Where a mistake in it is passed over, or a secret in it is told.
pub fn settings(data: &[u8]) {
    settings::fuzzing::check(&String::from_utf8_lossy(data));
}

/// Escapes an input, but for its first line, as foreign text in Markdown; returns it plain and escaped.
///
/// # Panics
///
/// Where something is left that Markdown does not read as text.
pub fn markdown(data: &[u8]) -> (String, String) {
    let data = String::from_utf8_lossy(data);
    let text = data.split_once('\n').map_or("", |(_, text)| text);
    let (plain, escaped) = (one_line(text), escape_markdown(text));
    assert!(escaped.len() <= 6 * plain.len(), "{} bytes of {}", escaped.len(), plain.len());
    assert_eq!(escaped.find(['<', '>', '@', '\n', '\r', '\t']), None, "{escaped:?}");
    assert_eq!(unescaped(&escaped), plain);
    (plain, escaped)
}

/// Reads the escapes as Markdown does, and nothing but the escapes.
fn unescaped(escaped: &str) -> String {
    let mut plain = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let mark = rest.chars().next().expect("a backslash is followed by what it escapes");
                assert!(mark.is_ascii_punctuation(), "{escaped:?}");
                plain.push(mark);
                rest = &rest[1..];
            }
            '&' => {
                let (name, after) = rest.split_once(';').expect("an ampersand begins an escape");
                plain.push(named(name));
                rest = after;
            }
            c => {
                assert!(!"`*_[]|#~!$".contains(c), "{c} is read as a mark: {escaped:?}");
                plain.push(c);
            }
        }
    }
    plain
}

fn named(escape: &str) -> char {
    match escape {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "#64" => '@',
        other => panic!("an escape that is none of ours: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, panic::catch_unwind, path::Path};

    fn replay(target: &str, property: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
        let seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|seed| seed.unwrap().path()).collect();
        assert!(seeds.len() > 5, "{seeds:?}");
        for seed in seeds {
            let data = fs::read(&seed).unwrap();
            assert!(catch_unwind(|| property(&data)).is_ok(), "{}", seed.display());
        }
    }

    #[test]
    fn every_seed_is_read_as_settings_and_no_secret_in_it_is_told() {
        replay("settings", super::settings);
    }

    #[test]
    fn every_seed_is_plain_text_in_markdown() {
        replay("foreign_text", |data| drop(super::markdown(data)));
    }
}
