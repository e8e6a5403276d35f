//! Each way in which a connection or an answer breaks, on each call.

use mock_portal::{Answer, Fault, Operation};

use super::names::{History, Progress, RUN, Start, Version, ms, on, slow, watching};
use crate::chaos::{
    gzip,
    scenario::{Ends, Scenario, row},
};

/// Something that breaks, and what comes of it: at every first look, and at the start without and with its effect.
struct Breakage {
    name: &'static str,
    breaking: fn(Fault) -> Fault,
    at_probe: Ends,
    without_effect: Ends,
}

const fn breakage(
    name: &'static str,
    breaking: fn(Fault) -> Fault,
    probe: &'static str,
    start: &'static str,
) -> Breakage {
    Breakage { name, breaking, at_probe: (probe, 75, 0, 0), without_effect: (start, 75, 0, 1) }
}

const BROKEN: &str = "not_started: connection_broken";
const SILENT: &str = "not_started: no_answer";
const GARBLED: &str = "not_started: garbled";
const LARGE: &str = "not_started: too_large";
const PAGE: &str = "not_started: not_a_portal";
const MEGABYTES_17: usize = 17 << 20;

/// What cuts an answer short sends the gateway's 502 in its place where the start has no effect.
const BAD_GATEWAY: &str = "not_started: portal_error";

const BREAKAGES: [Breakage; 16] = [
    breakage("reset", Fault::reset, BROKEN, BROKEN),
    breakage("closed", Fault::close, BROKEN, BROKEN),
    breakage("silence", Fault::hang, SILENT, SILENT),
    breakage("silence within the head", |fault| fault.stall_after(20), SILENT, SILENT),
    breakage("cut within the head", |fault| fault.cut_after(20), BROKEN, BROKEN),
    breakage("cut within the body", |fault| fault.cut_body_after(20), BROKEN, BAD_GATEWAY),
    breakage("reset within the body", |fault| fault.cut_body_after(20).by_reset(), BROKEN, BAD_GATEWAY),
    breakage("a byte a second", |fault| fault.trickle(ms(1000)), SILENT, SILENT),
    breakage("truncated JSON of the right length", |fault| fault.answer(json(r#"{"response":{"pro"#)), BROKEN, BROKEN),
    breakage("JSON of another kind", |fault| fault.answer(json(r#"{"response":[7]}"#)), GARBLED, GARBLED),
    breakage("no body", |fault| fault.answer(Answer::empty(200)), GARBLED, GARBLED),
    breakage("17 MiB", |fault| fault.answer(json(&" ".repeat(MEGABYTES_17))), LARGE, LARGE),
    breakage("a gzip bomb", |fault| fault.answer(zipped(gzip::bomb(MEGABYTES_17))), LARGE, LARGE),
    breakage("broken gzip", |fault| fault.answer(zipped(gzip::broken())), BROKEN, BROKEN),
    breakage("a login page", |fault| fault.answer(Answer::login_page()), PAGE, PAGE),
    breakage(
        "a picture",
        |fault| fault.answer(Answer::bytes(200, "image/png", *b"\x89PNG\r\n\x1a\n")),
        GARBLED,
        GARBLED,
    ),
];

pub(super) fn rows() -> Vec<Scenario> {
    BREAKAGES.iter().flat_map(rows_of).collect()
}

fn rows_of(breakage: &Breakage) -> [Scenario; 6] {
    let Breakage { name, breaking, at_probe, without_effect } = breakage;
    let always = |operation: Operation| breaking(Fault::on(operation).always());
    let named = |call: &str| format!("{name}, {call}");
    [
        row(named("first look"), RUN, always(Progress), *at_probe),
        row(named("two looks while watching"), RUN, breaking(watching()), ("completed", 0, 1, 1)).and(slow()),
        row(named("start without effect"), RUN, breaking(on(Start)).before_effect(), *without_effect),
        row(named("start with effect"), RUN, breaking(on(Start)).after_effect(), ("completed", 0, 1, 1)),
        row(named("history"), RUN, always(History), ("completed_with_warnings", 3, 1, 1)),
        row(named("version"), RUN, always(Version), ("completed", 0, 1, 1)),
    ]
}

fn json(text: &str) -> Answer {
    Answer::json(200, text)
}

fn zipped(bytes: Vec<u8>) -> Answer {
    Answer::json(200, bytes).header("content-encoding", "gzip")
}
