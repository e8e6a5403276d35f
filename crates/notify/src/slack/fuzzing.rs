//! What a card is, whatever the notice says: within Slack's limits, and with no mention or link but ours.

use serde_json::Value;

use super::card::{card, plain};
use crate::{Notice, harmless::assert_harmless};

pub(crate) fn check(notice: &Notice) {
    let card = card(notice);
    let blocks = list(&card["blocks"]);
    assert!((1..=50).contains(&blocks.len()), "{} blocks", blocks.len());
    blocks.iter().for_each(check_block);
    check_text(&card["text"], 4_000);
    check_text(&plain(notice)["text"], 40_000);
}

fn check_block(block: &Value) {
    match block["type"].as_str() {
        Some("header") => check_text(&block["text"]["text"], 150),
        Some("section") => {
            let fields = list(&block["fields"]);
            assert!(fields.len() <= 10, "{} fields", fields.len());
            fields.iter().for_each(|field| check_text(&field["text"], 2_000));
            assert!(!fields.is_empty() || block["text"].is_object(), "a section of nothing");
            if block["text"].is_object() {
                check_text(&block["text"]["text"], 3_000);
            }
        }
        other => panic!("a block of another type: {other:?}"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Slack counts in UTF-16.
fn check_text(text: &Value, limit: usize) {
    let text = text.as_str().expect("there is a text");
    assert_harmless(text);
    assert!((1..=limit).contains(&text.encode_utf16().count()), "not 1 to {limit}: {text:?}");
    for after in text.split('<').skip(1) {
        let link = after.split_once('>').map_or("", |(link, _)| link);
        let is_web = link.starts_with("https://") || link.starts_with("http://");
        assert!(is_web && !link.contains(['|', ' ', '\n']), "a mention or link of others: <{after}");
    }
    let escapes = ["amp;", "lt;", "gt;"];
    let other = text.split('&').skip(1).find(|after| !escapes.iter().any(|escape| after.starts_with(escape)));
    assert_eq!(other, None, "an escape of others");
}
