//! True, false, and neither.

use expect_test::expect;

use super::{json, shown};
use crate::wire::{cancel_reply, done};

#[test]
fn only_true_is_done() {
    let told = |text: &str| shown(done(&json(text)));
    assert_eq!(["true", "\"True\""].map(told), ["()", "()"]);
    expect![[r#"
        error: response: true alone is expected, and there is true or false
        error: response: true alone is expected, and there is nothing
        error: response: true or false is expected, and there is a number
        error: response: true or false is expected, and there is an object
        error: response: true or false is expected, and there is a text"#]]
    .assert_eq(&["false", "null", "1", "{}", "\"done\""].map(told).join("\n"));
}

#[test]
fn a_cancel_says_whether_the_slot_was_empty() {
    let told = |text: &str| shown(cancel_reply(&json(text)));
    assert_eq!(["true", "false"].map(told), ["Emptied", "WasEmpty"]);
    expect![[r#"
        error: response: true or false is expected, and there is nothing
        error: response: true or false is expected, and there is a number
        error: response: true or false is expected, and there is an object
        error: response: true or false is expected, and there is a text"#]]
    .assert_eq(&["null", "0", "{}", "\"no\""].map(told).join("\n"));
}
