//! What a message is, whatever the notice says: within what an ntfy server takes as text, and as JSON.

use super::message::message;
use crate::{Notice, harmless::assert_harmless};

pub(crate) fn check(notice: &Notice) {
    let message = message(notice, &"t".repeat(64));
    let text = message["message"].as_str().expect("there is a text");
    assert_harmless(text);
    assert_harmless(message["title"].as_str().expect("there is a title"));
    assert!(text.len() < 4_096, "{} bytes of text", text.len());
    assert!(message.to_string().len() <= 8_192, "{} bytes of JSON", message.to_string().len());
}
