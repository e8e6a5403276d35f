//! What PagerDuty is told of a notice: which events, under which key, with how much of the text.

use std::{fmt::Write, iter};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::{
    Fact, Notice, Severity, State,
    cut::cut_by,
    foreign_text::{one_line, terminal_text},
    incident_row::incident_row,
    limits::{Limits, json_width},
    web_address::web_address,
};

/// PagerDuty's limits are 1024 characters for the summary, 255 for the key and 512 KB for all of it; the rest is what
/// somebody reads who was woken up.
const EVENT: Limits = Limits {
    width: json_width,
    subject: 1_000,
    message: 16_000,
    label: 200,
    value: 2_000,
    facts: 50,
    next_step: 4_000,
};
const SUMMARY: usize = 1_024;
const SOURCE: usize = 200;
const KEY: usize = 255;

/// The events that a notice stands for, in order, without the routing key. `source` is whom they come from if the notice
/// has no thread.
pub(super) fn events(notice: &Notice, source: &str) -> Vec<Value> {
    match notice.state {
        State::Started => Vec::new(),
        State::Completed | State::Recovered => vec![resolve(&key(notice))],
        State::Test => {
            let key = dedup_key(&format!("test/{}", notice.key()));
            vec![trigger(notice, source, &key, "info"), resolve(&key)]
        }
        State::Warning | State::Failed | State::StillRunning | State::Stale => match notice.severity {
            Severity::Info => Vec::new(),
            Severity::Success => vec![trigger(notice, source, &key(notice), "info")],
            Severity::Warning => vec![trigger(notice, source, &key(notice), "warning")],
            Severity::Error => vec![trigger(notice, source, &key(notice), "error")],
        },
    }
}

fn key(notice: &Notice) -> String {
    let incident = notice.incident.as_ref().map(|incident| &incident.id);
    dedup_key(incident.or(notice.thread.as_ref()).unwrap_or(&notice.id))
}

/// One key for one trouble, however long its name is.
fn dedup_key(trouble: &str) -> String {
    let key = format!("docspace-backup/{trouble}");
    if key.len() <= KEY { key } else { format!("docspace-backup/sha256/{}", hash(trouble)) }
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn resolve(key: &str) -> Value {
    json!({"event_action": "resolve", "dedup_key": key})
}

fn trigger(notice: &Notice, source: &str, key: &str, severity: &str) -> Value {
    let notice = EVENT.apply(notice);
    let source = notice.thread.as_deref().unwrap_or(source);
    json!({
        "event_action": "trigger",
        "dedup_key": key,
        "payload": {
            "summary": line(&notice.subject, SUMMARY),
            "source": line(source, SOURCE),
            "severity": severity,
            "timestamp": notice.at,
            "class": notice.state.as_str(),
            "custom_details": details(&notice),
        },
        "links": links(&notice),
    })
}

/// PagerDuty refuses an event whose summary or source is empty.
fn line(text: &str, limit: usize) -> String {
    let line = one_line(text);
    if line.is_empty() { "—".to_owned() } else { cut_by(&line, limit, char::len_utf16).into_owned() }
}

/// A table for who was called. Facts of the same name share a row.
fn details(notice: &Notice) -> Map<String, Value> {
    let mut details = Map::new();
    let incident = notice.incident.iter().map(|incident| incident_row(incident, notice.at));
    let next_step = notice.next_step.iter().map(|step| Fact::new("Next step", step));
    let facts = notice.facts.iter().cloned().chain(incident).chain(next_step);
    for fact in iter::once(Fact::new("Message", &notice.message)).chain(facts) {
        add(&mut details, one_line(&fact.label), terminal_text(&fact.value).trim());
    }
    details
}

fn add(details: &mut Map<String, Value>, label: String, value: &str) {
    let row = match details.get(&label).and_then(Value::as_str) {
        Some(above) => format!("{above}\n{value}"),
        None => value.to_owned(),
    };
    details.insert(label, row.into());
}

fn links(notice: &Notice) -> Vec<Value> {
    let address = notice.link.as_deref().and_then(|link| web_address(link, EVENT.value));
    address.iter().map(|address| json!({"href": address, "text": "Open"})).collect()
}
