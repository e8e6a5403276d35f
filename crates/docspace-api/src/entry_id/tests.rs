//! Ids as people and portals write them.

use super::segment;
use crate::{EntryIdError, FileId, FolderId};

#[test]
fn digits_are_a_number_and_the_rest_is_kept_to_the_letter() {
    assert_eq!("123".parse(), Ok(FolderId::Number(123)));
    assert_eq!(" 123\n".parse(), Ok(FileId::Number(123)));
    for text in ["sbox-123-|Backups", " a ", "+1", "-1", "1.5", "12a", "99999999999999999999", "١٢"] {
        assert_eq!(text.parse(), Ok(FolderId::Text(text.into())), "{text}");
        assert_eq!(text.parse::<FolderId>().unwrap().to_string(), text);
    }
}

#[test]
fn nothing_is_no_id() {
    for text in ["", " ", "\t\n"] {
        assert_eq!(text.parse::<FolderId>(), Err(EntryIdError));
    }
    assert_eq!(EntryIdError.to_string(), "the id is empty: give a number, or the text that a third-party drive uses");
}

#[test]
fn an_id_is_one_segment_whatever_is_in_it() {
    for (id, escaped) in [
        ("123", "123"),
        ("sbox-123-|Backups", "sbox-123-%7CBackups"),
        ("a/b", "a%2Fb"),
        ("../../people", "..%2F..%2Fpeople"),
        ("a\\..\\b", "a%5C..%5Cb"),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("%2e%2e", "%252e%252e"),
        ("a b+c", "a%20b%2Bc"),
        ("a\tb\nc", "a%09b%0Ac"),
        ("ü", "%C3%BC"),
        ("...", "..."),
    ] {
        assert_eq!(segment(id).as_deref(), Some(escaped));
    }
}

#[test]
fn what_cannot_be_a_segment_is_none() {
    for id in ["", ".", ".."] {
        assert_eq!(segment(id), None, "{id:?}");
    }
}
