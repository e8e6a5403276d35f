//! A notice as an Adaptive Card, all of its text in runs, which know no Markdown.

use serde_json::{Value, json};

use crate::{
    Fact, Notice, Severity,
    escapes::Escapes,
    foreign_text::{one_line, terminal_text},
    headline,
    limits::json_width,
    rows::Room,
    web_address::web_address,
};

/// In bytes of JSON: together some 24 000 of the 28 000 that Teams takes, so that what a workflow wraps around the card
/// fits as well.
const SUBJECT: usize = 600;
const MESSAGE: usize = 7_000;
const NEXT_STEP: usize = 1_500;
const LABEL: usize = 200;
const VALUE: usize = 1_500;
const FACTS: Room = Room { rows: 50, width: 12_000 };
const LINK: usize = 1_000;

/// The card as an attachment of a message, which is what a workflow's template waits for.
pub(super) fn message(notice: &Notice) -> Value {
    json!({
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card(notice)}],
    })
}

fn card(notice: &Notice) -> Value {
    let headline = headline::headline(notice, &plain(&one_line(&notice.subject), SUBJECT));
    let mut body = vec![heading(&headline, notice.severity)];
    body.extend(paragraph(&notice.message));
    body.extend(FACTS.fill(notice, row, |row| row.to_string().len()));
    body.extend(notice.next_step.as_deref().map(next_step));
    json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": headline,
        "msteams": {"width": "Full"},
        "body": body,
        "actions": actions(notice),
    })
}

fn heading(text: &str, severity: Severity) -> Value {
    let colour = match severity {
        Severity::Info => "Accent",
        Severity::Success => "Good",
        Severity::Warning => "Warning",
        Severity::Error => "Attention",
    };
    block("Default", &[json!({"type": "TextRun", "text": text, "size": "Large", "weight": "Bolder", "color": colour})])
}

fn paragraph(text: &str) -> Option<Value> {
    let text = plain(&terminal_text(text), MESSAGE);
    (!text.is_empty()).then(|| block("Default", &[run(&text)]))
}

fn row(fact: &Fact) -> Value {
    let value = terminal_text(&fact.value);
    let mut run = run(&plain(&value, VALUE));
    if let Some(address) = web_address(&value, LINK) {
        run["selectAction"] = open(&address);
    }
    block("Small", &[bold(&format!("{}: ", plain(&one_line(&fact.label), LABEL))), run])
}

fn next_step(step: &str) -> Value {
    block("Default", &[bold("Next step: "), run(&plain(&terminal_text(step), NEXT_STEP))])
}

fn actions(notice: &Notice) -> Vec<Value> {
    let address = notice.link.as_deref().and_then(|link| web_address(link, LINK));
    address.iter().map(|address| open(address)).collect()
}

fn open(address: &str) -> Value {
    json!({"type": "Action.OpenUrl", "title": "Open", "url": address})
}

fn block(spacing: &str, runs: &[Value]) -> Value {
    json!({"type": "RichTextBlock", "spacing": spacing, "inlines": runs})
}

fn bold(text: &str) -> Value {
    json!({"type": "TextRun", "text": text, "weight": "Bolder"})
}

fn run(text: &str) -> Value {
    json!({"type": "TextRun", "text": text})
}

/// A run takes text as it is. Workflows alone look for `<at>…</at>` in it, whom they mention, and find none once a word
/// joiner, which nobody sees, follows each `<`.
const TEAMS: Escapes = Escapes { escape, width: |c| escape(c).map_or(json_width(c), str::len) };

fn escape(c: char) -> Option<&'static str> {
    (c == '<').then_some("<\u{2060}")
}

fn plain(text: &str, limit: usize) -> String {
    TEAMS.apply(text, limit)
}
