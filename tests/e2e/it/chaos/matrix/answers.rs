//! Each shape of an error (contract §1.5) as the answer to each call.

use mock_portal::{Answer, Fault, Operation};

use super::names::{History, Progress, RUN, Start, Version, on, slow, watching};
use crate::chaos::scenario::{Ends, Fine, Scenario, row};

/// What comes of it where the run needs the answer: at the first look, and at the start.
struct Shape {
    name: &'static str,
    answer: fn() -> Answer,
    at_probe: Ends,
    at_start: Ends,
}

const fn shape(name: &'static str, answer: fn() -> Answer, refusal: &'static str, exit: i32) -> Shape {
    Shape { name, answer, at_probe: (refusal, exit, 0, 0), at_start: (refusal, exit, 0, 1) }
}

const SHAPES: [Shape; 19] = [
    shape("A 500 exception", || exception(500), "not_started: refused", 1),
    shape("A 403 role", || exception(403), "not_started: forbidden", 4),
    shape("A 404 folder", || exception(404), "not_started: not_found", 10),
    shape("A 402 quota", || exception(402), "not_started: payment_required", 13),
    shape("A 400 argument", || exception(400), "not_started: refused", 1),
    shape("B 402 problem", || Answer::problem(402), "not_started: payment_required", 13),
    shape("B 403 problem", || Answer::problem(403), "not_started: forbidden", 4),
    shape("B 404 problem", || Answer::problem(404), "not_started: not_found", 10),
    shape("C 400 validation in the envelope of success", validation, "not_started: refused", 1),
    shape("C' 415 whose envelope says 200", media_type, "not_started: refused", 1),
    shape("D 401 empty", || Answer::empty(401), "not_started: unauthenticated", 4),
    shape("D 403 empty", || Answer::empty(403), "not_started: forbidden", 4),
    shape("D 404 empty", || Answer::empty(404), "not_started: not_found", 10),
    shape("D 405 empty", || Answer::empty(405), "not_started: refused", 1),
    shape("D 429 empty", || Answer::throttled(None), "not_started: throttled", 75),
    shape("E 502 page", || Answer::gateway(502), "not_started: portal_error", 75),
    shape("E 503 page", || Answer::gateway(503), "not_started: portal_error", 75),
    shape("E 504 page", || Answer::gateway(504), "not_started: portal_error", 75),
    shape("F 403 bare string", Answer::address_refused, "not_started: forbidden", 4),
];

pub(super) fn rows() -> Vec<Scenario> {
    SHAPES.iter().flat_map(rows_of).chain(lookers()).collect()
}

fn rows_of(shape: &Shape) -> [Scenario; 5] {
    let Shape { name, answer, at_probe, at_start } = shape;
    let always = |operation: Operation| Fault::on(operation).always().answer(answer());
    let named = |call: &str| format!("{name}, {call}");
    [
        row(named("first look"), RUN, always(Progress), *at_probe),
        row(named("two looks while watching"), RUN, watching().answer(answer()), ("completed", 0, 1, 1)).and(slow()),
        row(named("start"), RUN, on(Start).answer(answer()), *at_start),
        row(named("history"), RUN, always(History), ("completed_with_warnings", 3, 1, 1)),
        row(named("version"), RUN, always(Version), ("completed", 0, 1, 1)),
    ]
}

/// The commands that only look, and what is told for ever while watching.
#[rustfmt::skip] // a row is a line
fn lookers() -> Vec<Scenario> {
    let refused = |operation| Fault::on(operation).always();
    vec![
        row("status, A 403", "status", refused(Progress).answer(exception(403)), ("error: forbidden", 4, 0, 0)),
        row("status, E 502", "status", refused(Progress).answer(Answer::gateway(502)), ("error: portal_error", 75, 0, 0)),
        row("status, D 401", "status", refused(Progress).status(401), ("error: unauthenticated", 4, 0, 0)),
        row("history, B 402", "history", refused(History).answer(Answer::problem(402)), ("error: payment_required", 13, 0, 0)),
        row("history, A 500", "history", refused(History).answer(exception(500)), ("error: refused", 1, 0, 0)),
        row("history, one 502", "history", on(History).answer(Answer::gateway(502)), ("backup_history", 0, 0, 0)),
        row("status, one 502", "status", on(Progress).answer(Answer::gateway(502)), ("backup_status", 0, 0, 0)),
        row("wait, D 401", "wait", refused(Progress).status(401), ("not_started: unauthenticated", 4, 0, 0)),
        row("start, A 403", "start --folder 123", refused(Start).answer(exception(403)), ("not_started: forbidden", 4, 0, 1)),
        row("start, all well", "start --folder 123", Fine, ("still_running", 0, 1, 1)),
        row("401 for ever while watching", RUN, on(Progress).nth(2).always().status(401), ("still_running: unauthenticated", 4, 1, 1)),
        row("502 for ever while watching", "run --folder 123 --timeout 4s", on(Progress).nth(2).always().status(502), ("still_running: timed_out", 8, 1, 1)),
        row("502 after the effect of the start", RUN, on(Start).answer(Answer::gateway(502)).after_effect(), ("completed", 0, 1, 1)),
        row("500 after the effect of the start", RUN, on(Start).answer(exception(500)).after_effect(), ("completed", 0, 1, 1)),
        row("504 after the effect of the start", RUN, on(Start).answer(Answer::gateway(504)).after_effect(), ("completed", 0, 1, 1)),
        row("500 with a stack trace of 100 kB, start", RUN, on(Start).answer(long_trace()), ("not_started: refused", 1, 0, 1)),
    ]
}

fn exception(status: u16) -> Answer {
    Answer::exception(status, "System.Exception", "Access denied")
}

fn validation() -> Answer {
    problem_in_envelope(400, 400, "One or more validation errors occurred.")
}

fn media_type() -> Answer {
    problem_in_envelope(415, 200, "Unsupported Media Type")
}

fn problem_in_envelope(status: u16, claimed: u16, title: &str) -> Answer {
    let problem = format!(
        r#"{{"type":"https://tools.ietf.org/html/rfc9110","title":"{title}","status":{status},"errors":{{"inDto":["required"]}}}}"#
    );
    let envelope = format!(
        r#"{{"response":{problem},"count":1,"links":[],"status":{},"statusCode":{claimed}}}"#,
        u8::from(claimed != 200)
    );
    Answer::bytes(status, "application/problem+json; charset=utf-8", envelope)
}

fn long_trace() -> Answer {
    Answer::exception(500, "System.Exception", &format!("no\n{}", "   at ASC.Data.Backup.Throw()\n".repeat(3500)))
}
