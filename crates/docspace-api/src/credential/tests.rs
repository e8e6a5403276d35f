//! Keys as people paste them.

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&match Credential::parse(text) {
        Ok(credential) => credential.header().to_str().unwrap().to_owned(),
        Err(error) => format!("{error:?}: {error}"),
    });
}

#[test]
fn whatever_was_pasted_is_sent_as_a_bearer() {
    for text in [
        "sk-1a2b",
        " sk-1a2b\r\n",
        "\u{feff}sk-1a2b",
        "\"sk-1a2b\"",
        "' sk-1a2b '",
        "Bearer sk-1a2b",
        "bearer   sk-1a2b",
        "\"Bearer sk-1a2b\"\n",
        "BEARER 'sk-1a2b'",
        "Authorization: Bearer sk-1a2b",
        "authorization:bearer sk-1a2b",
        "Authorization: sk-1a2b",
    ] {
        check(text, expect!["Bearer sk-1a2b"]);
    }
    check("eyJhbGciOi.J9.x_y-z", expect!["Bearer eyJhbGciOi.J9.x_y-z"]);
    check("bearerish", expect!["Bearer bearerish"]);
}

#[test]
fn what_cannot_be_a_key_is_refused() {
    check("", expect!["Empty: the key is empty"]);
    check(" \n", expect!["Empty: the key is empty"]);
    check("\"\"", expect!["Empty: the key is empty"]);
    check("Bearer", expect!["Empty: the key is empty"]);
    check("Authorization: Bearer ", expect!["Empty: the key is empty"]);
    check("Basic YTpi", expect!["WhiteSpace: the key holds white space: give the key alone, on one line"]);
    check("sk-1\nsk-2", expect!["WhiteSpace: the key holds white space: give the key alone, on one line"]);
    check("sk-1\0", expect!["Control: the key holds a control character: is this a text file with the key in it?"]);
    check("sk–1", expect!["NotAscii: the key holds a character outside ASCII: copy it again from the portal"]);
}

#[test]
fn nothing_prints_the_key() {
    let credential = Credential::parse("sk-1a2b").unwrap();
    expect!["Credential([hidden]) Sensitive"].assert_eq(&format!("{credential:?} {:?}", credential.header()));
}

#[test]
fn a_text_that_repeats_the_key_loses_it() {
    let credential = Credential::parse("sk-1a2b").unwrap();
    expect!["no such key: [key]"].assert_eq(&credential.redact("no such key: sk-1a2b"));
}

#[test]
fn a_text_that_was_cut_within_the_key_loses_what_is_left_of_it() {
    let credential = Credential::parse("sk-1a2b3c4d").unwrap();
    expect!["no such key: [key]…"].assert_eq(&credential.redact("no such key: sk-1a2b3c…"));
    expect!["a sk-… is missing, sk-1a2"].assert_eq(&credential.redact("a sk-… is missing, sk-1a2"));
}
