//! A notice as a message of ntfy: a title, and plain text that fits below it.

use serde_json::{Value, json};

use crate::{
    Fact, Notice, Severity,
    cut::cut_by,
    foreign_text::{one_line, terminal_text},
    limits::json_width,
    rows::Room,
    web_address::web_address,
};

/// In bytes of JSON: a server takes 4096 bytes of text, and twice as much for the whole of the JSON.
const TITLE: usize = 200;
const MESSAGE: usize = 1_800;
const LABEL: usize = 80;
const VALUE: usize = 500;
const FACTS: Room = Room { rows: 30, width: 1_400 };
const NEXT_STEP: usize = 600;
const LINK: usize = 1_000;

pub(super) fn message(notice: &Notice, topic: &str) -> Value {
    let mut message = json!({
        "topic": topic,
        "title": cut(&one_line(&notice.subject), TITLE),
        "message": text(notice),
        "priority": priority(notice.severity),
        "tags": [tag(notice.severity)],
    });
    if let Some(address) = notice.link.as_deref().and_then(|link| web_address(link, LINK)) {
        message["click"] = address.into();
    }
    message
}

fn text(notice: &Notice) -> String {
    let step = notice.next_step.as_deref().map(|step| format!("Next step: {}", cut(&terminal_text(step), NEXT_STEP)));
    let rows = FACTS.fill(notice, row, |row| row.chars().map(json_width).sum());
    let parts = [cut(&terminal_text(&notice.message), MESSAGE), rows.join("\n"), step.unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn row(fact: &Fact) -> String {
    format!("{}: {}", cut(&one_line(&fact.label), LABEL), cut(&terminal_text(&fact.value), VALUE))
}

fn cut(text: &str, limit: usize) -> String {
    cut_by(text.trim(), limit, json_width).into_owned()
}

fn priority(severity: Severity) -> u8 {
    match severity {
        Severity::Info => 2,
        Severity::Success => 3,
        Severity::Warning => 4,
        Severity::Error => 5,
    }
}

/// A tag that ntfy shows as a symbol before the title.
fn tag(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "information_source",
        Severity::Success => "white_check_mark",
        Severity::Warning => "warning",
        Severity::Error => "x",
    }
}
