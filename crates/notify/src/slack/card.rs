//! A notice in Slack's own words: blocks and their limits, escapes, links.

use serde_json::{Value, json};

use crate::{
    Fact, Notice,
    escapes::{Escapes, html},
    foreign_text::{one_line, terminal_text},
    headline,
    rows::Room,
    web_address::web_address,
};

/// Slack's limits are 150 for a header, 3000 for a section, 2000 for a field, ten fields in a section and some 13 000
/// for all of it; these leave room for what stands around the text.
const HEADER: usize = 140;
const MESSAGE: usize = 2_900;
const NEXT_STEP: usize = 1_500;
const LABEL: usize = 100;
const VALUE: usize = 1_000;
const FACTS: Room = Room { rows: 40, width: 6_000 };
const FACTS_IN_A_SECTION: usize = 10;
const FALLBACK: usize = 300;

/// Blocks, with a short text for where blocks are not shown.
pub(super) fn card(notice: &Notice) -> Value {
    let mut blocks = vec![
        json!({"type": "header", "text": {"type": "plain_text", "text": headline(notice)}}),
        section(&escaped(&terminal_text(&notice.message), MESSAGE)),
    ];
    let fields: Vec<_> = facts(notice).iter().map(|text| markdown(text)).collect();
    blocks.extend(fields.chunks(FACTS_IN_A_SECTION).map(|fields| json!({"type": "section", "fields": fields})));
    blocks.extend(next_step(notice).map(|text| section(&text)));
    let fallback = format!("{}\n{}", headline(notice), escaped(&terminal_text(&notice.message), FALLBACK));
    json!({"text": fallback, "blocks": blocks})
}

/// Everything as one text, for a Slack that takes no blocks.
pub(super) fn plain(notice: &Notice) -> Value {
    let message = escaped(&terminal_text(&notice.message), MESSAGE);
    let mut parts = vec![format!("*{}*", headline(notice)), message, facts(notice).join("\n")];
    parts.extend(next_step(notice));
    parts.retain(|part| !part.is_empty());
    json!({"text": parts.join("\n\n")})
}

fn headline(notice: &Notice) -> String {
    headline::headline(notice, &escaped(&one_line(&notice.subject), HEADER))
}

/// Each fact as a label in bold with its value below, and where to look.
fn facts(notice: &Notice) -> Vec<String> {
    let mut facts = FACTS.fill(notice, field, |text| text.chars().count());
    let link = notice.link.as_deref().and_then(link);
    facts.extend(link.map(|link| format!("*Link*\n{link}")));
    facts
}

fn field(fact: &Fact) -> String {
    let value = terminal_text(&fact.value);
    let value = link(&value).unwrap_or_else(|| escaped(&value, VALUE));
    format!("*{}*\n{value}", escaped(&one_line(&fact.label), LABEL))
}

/// An address as Slack writes a link; `None` for other text, and for an address that would have to be cut.
fn link(value: &str) -> Option<String> {
    let address = escaped(&web_address(value, VALUE)?, usize::MAX);
    (address.len() <= VALUE).then(|| format!("<{address}>"))
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

/// Slack's three characters are those of HTML, and it counts in UTF-16.
const SLACK: Escapes = Escapes { escape: html, width: |c| html(c).map_or(c.len_utf16(), str::len) };

fn escaped(text: &str, limit: usize) -> String {
    SLACK.apply(text, limit)
}
