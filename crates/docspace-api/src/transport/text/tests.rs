//! Foreign words, hostile ones too.

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&format!("{:?}", message(text)));
}

#[test]
fn words_fit_on_one_line() {
    check(" Access\tdenied \r\n\r\n now ", expect![[r#"Some("Access denied now")"#]]);
    check("\u{1b}[31mred\u{7} \u{202e}txt.exe\u{200b}", expect![[r#"Some("red txt.exe")"#]]);
    check(" \u{feff}\n\0", expect!["None"]);
}

#[test]
fn markup_is_taken_out_and_comparisons_stay() {
    check("<p>Not <b>now</b></p><!-- x -->", expect![[r#"Some("Not now")"#]]);
    check("1 < 2 > 0 and a<b", expect![[r#"Some("1 < 2 > 0 and a<b")"#]]);
    check("<script>", expect!["None"]);
}

#[test]
fn a_tag_is_taken_out_although_an_invisible_mark_hides_it() {
    check("Not now<\u{200b}b>", expect![[r#"Some("Not now")"#]]);
    check("<\u{202e}\u{feff}script>x</\u{2060}script>", expect![[r#"Some("x")"#]]);
}

#[test]
fn a_stack_trace_ends_the_text() {
    check(
        "Wrong folder\n   at ASC.Data.Backup.Start(Int32 id) in /app/x.cs:line 3\nmore",
        expect![[r#"Some("Wrong folder")"#]],
    );
    check("at (home)", expect![[r#"Some("at (home)")"#]]);
}

#[test]
fn long_text_is_cut_at_500_characters() {
    let text = message(&"я".repeat(501)).unwrap();
    assert_eq!((text.chars().count(), text.ends_with("я…")), (500, true));
    assert_eq!(message(&"я".repeat(500)).unwrap().chars().count(), 500);
}

#[test]
fn a_huge_text_costs_no_time() {
    assert_eq!(message(&"<".repeat(16 * 1024 * 1024)).unwrap().chars().count(), 500);
}
