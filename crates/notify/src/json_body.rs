//! A notice as JSON for programs.

use jiff::Timestamp;
use serde::Serialize;

use crate::{Fact, Incident, Notice, Severity, State, limits::Limits};

/// Many receivers refuse bodies above 100 kB.
const BODY: Limits =
    Limits { width: |_| 1, subject: 500, message: 16_000, label: 200, value: 2_000, facts: 100, next_step: 4_000 };

/// The schema; fields may be added, never changed.
#[derive(Serialize)]
struct Body<'a> {
    schema_version: u32,
    id: &'a str,
    thread: Option<&'a str>,
    incident: Option<&'a Incident>,
    severity: Severity,
    state: State,
    outcome: Option<&'a str>,
    subject: &'a str,
    message: &'a str,
    facts: &'a [Fact],
    next_step: Option<&'a str>,
    link: Option<&'a str>,
    exit_code: Option<u8>,
    at: Timestamp,
}

/// The notice as it is sent.
pub(crate) fn json_body(notice: &Notice) -> String {
    written(notice, |body| serde_json::to_string(body))
}

/// The same to look at.
pub(crate) fn pretty_body(notice: &Notice) -> String {
    written(notice, |body| serde_json::to_string_pretty(body))
}

fn written(notice: &Notice, write: impl Fn(&Body<'_>) -> serde_json::Result<String>) -> String {
    let notice = BODY.apply(notice);
    let body = Body {
        schema_version: 1,
        id: &notice.id,
        thread: notice.thread.as_deref(),
        incident: notice.incident.as_ref(),
        severity: notice.severity,
        state: notice.state,
        outcome: notice.outcome.as_deref(),
        subject: &notice.subject,
        message: &notice.message,
        facts: &notice.facts,
        next_step: notice.next_step.as_deref(),
        link: notice.link.as_deref(),
        exit_code: notice.exit_code,
        at: notice.at,
    };
    write(&body).expect("a struct of strings, numbers and a time always serialises")
}
