//! What a card is, whatever the notice says: below what Teams takes, its text in runs alone, and nobody mentioned.

use serde_json::Value;

use super::card::message;
use crate::{Notice, harmless::assert_harmless};

pub(crate) fn check(notice: &Notice) {
    let message = message(notice);
    assert!(message.to_string().len() < 28_000, "{} bytes", message.to_string().len());
    let card = &message["attachments"][0]["content"];
    assert!(card["msteams"].get("entities").is_none(), "somebody is mentioned");
    texts(card).iter().for_each(|text| check_text(text));
}

/// The text of every run. Blocks of any other type would read Markdown.
pub(super) fn texts(card: &Value) -> Vec<&str> {
    let blocks = card["body"].as_array().expect("a card has a body").iter();
    let runs = blocks.flat_map(|block| match block["type"].as_str() {
        Some("RichTextBlock") => block["inlines"].as_array().expect("a block has runs"),
        other => panic!("a block of another type: {other:?}"),
    });
    runs.map(|run| run["text"].as_str().expect("a run has a text")).collect()
}

fn check_text(text: &str) {
    assert_harmless(text);
    let tag = text.split('<').skip(1).find(|after| !after.starts_with('\u{2060}'));
    assert_eq!(tag, None, "a tag of others");
}
