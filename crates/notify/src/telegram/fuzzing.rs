//! What a message is, whatever the notice says: within Telegram's limit, with tags and links of ours alone, and no name
//! that Telegram would find.

use super::text::text;
use crate::{Notice, harmless::assert_harmless};

/// What may follow a `<`.
const TAGS: [&str; 5] = ["b>", "/b>", "a href=\"https://", "a href=\"http://", "/a>"];

pub(crate) fn check(notice: &Notice) {
    let html = text(notice);
    assert_harmless(&html);
    let tag = html.split('<').skip(1).find(|after| !TAGS.iter().any(|tag| after.starts_with(tag)));
    assert_eq!(tag, None, "a tag of others");
    let shown = shown(&html);
    assert!((1..=4_096).contains(&shown.encode_utf16().count()), "{} long", shown.encode_utf16().count());
    let name = shown.split('@').skip(1).find(|after| !after.starts_with('\u{2060}'));
    assert_eq!(name, None, "a name that Telegram finds");
}

/// What is left of a text once Telegram has read its tags and escapes.
fn shown(html: &str) -> String {
    let mut pieces = html.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    let text = pieces.fold(first, |text, piece| text + piece.split_once('>').expect("every tag ends").1);
    assert!(!text.contains('>'), "{text}");
    let escapes = ["amp;", "lt;", "gt;"];
    let other = text.split('&').skip(1).find(|after| !escapes.iter().any(|escape| after.starts_with(escape)));
    assert_eq!(other, None, "an escape of others");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
