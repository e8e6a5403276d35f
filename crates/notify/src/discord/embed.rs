//! A notice as an embed: Discord's limits, its Markdown escaped.

use serde_json::{Value, json};

use crate::{
    Fact, Notice,
    cut::cut_by,
    foreign_text::{one_line, terminal_text},
    headline::{colour, headline},
    rows::Room,
    web_address::web_address,
};

/// Discord's limits are 256 for a title, 4096 for a description, 256 and 1024 for a field, 25 fields and 6000 for all of
/// it; these leave room for two more rows, the next step, and what stands around the text.
const TITLE: usize = 230;
const DESCRIPTION: usize = 2_000;
const LABEL: usize = 200;
const VALUE: usize = 1_000;
const FACTS: Room = Room { rows: 22, width: 2_500 };
const NEXT_STEP: usize = 900;
const LINK: usize = 1_000;

/// The longest value that may stand beside others in one line.
const BESIDE_OTHERS: usize = 40;

/// The message, which may mention nobody.
pub(super) fn message(notice: &Notice) -> Value {
    let mut fields = FACTS.fill(notice, field, width);
    let step = notice.next_step.as_deref().map(|step| shown(step, NEXT_STEP));
    fields.extend(step.map(|step| json!({"name": "Next step", "value": step, "inline": false})));
    let embed = json!({
        "title": headline(notice, &escaped(&one_line(&notice.subject), TITLE)),
        "url": notice.link.as_deref().and_then(|link| web_address(link, LINK)),
        "description": escaped(&terminal_text(&notice.message), DESCRIPTION),
        "color": colour(notice.severity),
        "fields": fields,
        "timestamp": notice.at,
    });
    json!({"embeds": [embed], "allowed_mentions": {"parse": []}})
}

fn field(fact: &Fact) -> Value {
    let label = filled(escaped(&one_line(&fact.label), LABEL));
    let value = match web_address(&fact.value, VALUE - 2) {
        Some(address) => format!("<{address}>"),
        None => shown(&fact.value, VALUE),
    };
    let inline = value.chars().count() <= BESIDE_OTHERS;
    json!({"name": label, "value": value, "inline": inline})
}

/// What a field counts among the 6000.
fn width(field: &Value) -> usize {
    let texts = [&field["name"], &field["value"]].into_iter().filter_map(Value::as_str);
    texts.map(|text| text.encode_utf16().count()).sum()
}

fn shown(text: &str, limit: usize) -> String {
    filled(escaped(&terminal_text(text), limit))
}

/// Discord refuses a field without text.
fn filled(text: String) -> String {
    if text.is_empty() { "—".to_owned() } else { text }
}

/// The text with Discord's Markdown escaped, at most `limit` long in UTF-16. An address stays as it is: Discord reads no
/// Markdown in one, and a backslash would lead elsewhere.
fn escaped(text: &str, limit: usize) -> String {
    let text = cut_by(text.trim(), limit, |c| c.len_utf16() + usize::from(is_markup(c) || begins_markup(c)));
    let words = text.split_inclusive(char::is_whitespace);
    words.fold(String::with_capacity(text.len()), |mut escaped, word| {
        if is_address(word) {
            escaped.push_str(word);
        } else {
            push_escaped(&mut escaped, word);
        }
        escaped
    })
}

pub(super) fn is_address(word: &str) -> bool {
    (word.starts_with("https://") || word.starts_with("http://")) && !word.contains('<')
}

fn push_escaped(escaped: &mut String, word: &str) {
    for c in word.chars() {
        let begins_line = escaped.trim_end_matches([' ', '\t']).ends_with('\n') || escaped.trim().is_empty();
        if is_markup(c) || begins_line && begins_markup(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
}

/// What formats, links or mentions wherever it stands.
pub(super) fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '[')
}

/// What makes a heading, a list or a quotation at the beginning of a line.
fn begins_markup(c: char) -> bool {
    matches!(c, '#' | '-' | '+' | '>')
}
