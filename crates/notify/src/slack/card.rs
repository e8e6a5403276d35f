//! A notice in Slack's own words: blocks and their limits, escapes, links.

use serde_json::{Value, json};

use crate::{
    Fact, Notice, Severity,
    cut::{cut_by, more_facts},
    foreign_text::{one_line, terminal_text},
};

/// Slack's limits are 150 for a header, 3000 for a section, 2000 for a field, ten fields in a section and some 13 000
/// for all of it; these leave room for what stands around the text.
const HEADER: usize = 140;
const MESSAGE: usize = 2_900;
const NEXT_STEP: usize = 1_500;
const LABEL: usize = 100;
const VALUE: usize = 1_000;
const ALL_FACTS: usize = 6_000;
const MOST_FACTS: usize = 40;
const FACTS_IN_A_SECTION: usize = 10;
const FALLBACK: usize = 300;

/// Blocks, with a short text for where blocks are not shown.
pub(super) fn card(notice: &Notice) -> Value {
    let mut blocks = vec![
        json!({"type": "header", "text": {"type": "plain_text", "text": headline(notice)}}),
        section(&escaped(&terminal_text(&notice.message), MESSAGE)),
    ];
    let fields: Vec<_> = facts(&notice.facts).iter().map(|text| markdown(text)).collect();
    blocks.extend(fields.chunks(FACTS_IN_A_SECTION).map(|fields| json!({"type": "section", "fields": fields})));
    blocks.extend(next_step(notice).map(|text| section(&text)));
    let fallback = format!("{}\n{}", headline(notice), escaped(&terminal_text(&notice.message), FALLBACK));
    json!({"text": fallback, "blocks": blocks})
}

/// Everything as one text, for a Slack that takes no blocks.
pub(super) fn plain(notice: &Notice) -> Value {
    let message = escaped(&terminal_text(&notice.message), MESSAGE);
    let mut parts = vec![format!("*{}*", headline(notice)), message, facts(&notice.facts).join("\n")];
    parts.extend(next_step(notice));
    parts.retain(|part| !part.is_empty());
    json!({"text": parts.join("\n\n")})
}

fn headline(notice: &Notice) -> String {
    let symbol = match notice.severity {
        Severity::Info => "ℹ️",
        Severity::Success => "✅",
        Severity::Warning => "⚠️",
        Severity::Error => "❌",
    };
    format!("{symbol} {}", escaped(&one_line(&notice.subject), HEADER)).trim_end().to_owned()
}

/// Each fact as a label in bold with its value below, until their room is used up.
fn facts(facts: &[Fact]) -> Vec<String> {
    let mut room = ALL_FACTS;
    let fields = facts.iter().take(MOST_FACTS).map(field);
    let mut shown: Vec<_> = fields.take_while(|text| take(&mut room, text.chars().count())).collect();
    if shown.len() < facts.len() {
        shown.push(field(&more_facts(facts.len())));
    }
    shown
}

/// Whether `length` still fits into `room`, which is then smaller by it.
fn take(room: &mut usize, length: usize) -> bool {
    let left = room.checked_sub(length);
    *room = left.unwrap_or_default();
    left.is_some()
}

fn field(fact: &Fact) -> String {
    let value = terminal_text(&fact.value);
    let value = link(&value).unwrap_or_else(|| escaped(&value, VALUE));
    format!("*{}*\n{value}", escaped(&one_line(&fact.label), LABEL))
}

/// An address as Slack writes a link; `None` for other text, and for an address that would have to be cut.
fn link(value: &str) -> Option<String> {
    let url = url::Url::parse(value.trim()).ok()?;
    let url = escaped(&url.as_str().replace('|', "%7C"), usize::MAX);
    let is_link = url.starts_with("https://") || url.starts_with("http://");
    (is_link && url.len() <= VALUE).then(|| format!("<{url}>"))
}

fn next_step(notice: &Notice) -> Option<String> {
    let step = notice.next_step.as_deref()?;
    Some(format!("*Next step:* {}", escaped(&terminal_text(step), NEXT_STEP)))
}

fn section(text: &str) -> Value {
    json!({"type": "section", "text": markdown(text)})
}

/// Slack refuses a text without characters. `verbatim` keeps it from finding names and mentions in plain words.
fn markdown(text: &str) -> Value {
    let text = if text.is_empty() { "—" } else { text };
    json!({"type": "mrkdwn", "text": text, "verbatim": true})
}

/// The text with Slack's three characters escaped, at most `limit` long, counted as Slack counts: in UTF-16.
fn escaped(text: &str, limit: usize) -> String {
    let width = |c: char| escape(c).map_or(c.len_utf16(), str::len);
    let text = cut_by(text.trim(), limit, width);
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        match escape(c) {
            Some(escape) => escaped.push_str(escape),
            None => escaped.push(c),
        }
        escaped
    })
}

fn escape(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    }
}
