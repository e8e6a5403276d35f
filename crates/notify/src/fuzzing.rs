//! What holds for any foreign text on its way to any medium: properties for the fuzzer, and for the tests that replay its
//! seeds.

use crate::{
    Fact, Incident, Notice, Severity, discord,
    harmless::{assert_harmless, is_harmless},
    mail, ntfy, one_line, pagerduty, plain_body, slack, teams, telegram, terminal_text,
};

/// The most that a text is made long to: above every limit of a channel, and no longer, since the fuzzer watches each step.
const LONGEST: usize = 20 * 1024;

/// Sends an input through every medium: its first line says how often the rest is repeated.
///
/// # Panics
///
/// Where a medium lets something through that could do harm in it, or more than it has room for.
pub fn foreign_text(data: &[u8]) {
    let text = text(data);
    check_terminal(&text);
    check_line(&text);
    let notice = notice(&text);
    check_page(&notice);
    mail::fuzzing::check(&notice);
    slack::fuzzing::check(&notice);
    teams::fuzzing::check(&notice);
    discord::fuzzing::check(&notice);
    telegram::fuzzing::check(&notice);
    ntfy::fuzzing::check(&notice);
    pagerduty::fuzzing::check(&notice);
}

/// The text that an input stands for.
fn text(data: &[u8]) -> String {
    let data = String::from_utf8_lossy(data);
    let (times, text) = data.split_once('\n').unwrap_or(("1", &data));
    let most = LONGEST / text.len().max(1) + 1;
    text.repeat(times.trim().parse().unwrap_or(1).clamp(1, most))
}

/// A notice that says it everywhere; each `---` begins another fact.
fn notice(text: &str) -> Notice {
    let parts = || text.split("---");
    let first = parts().next().unwrap_or_default();
    Notice {
        id: first.to_owned(),
        thread: Some(text.to_owned()),
        incident: Some(incident(text)),
        severity: Severity::Error,
        state: crate::State::Failed,
        outcome: Some(text.to_owned()),
        subject: first.to_owned(),
        message: text.to_owned(),
        facts: parts().take(100).map(|part| Fact::new(part, part)).collect(),
        next_step: parts().last().map(str::to_owned),
        link: Some(text.to_owned()),
        exit_code: None,
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

fn incident(text: &str) -> Incident {
    let phase = crate::IncidentPhase::Resolved;
    Incident { id: text.to_owned(), phase, since: jiff::Timestamp::UNIX_EPOCH, failures: u32::MAX }
}

fn check_terminal(text: &str) {
    let shown = terminal_text(text);
    assert_harmless(&shown);
    assert!(shown.len() <= text.len(), "more than there was");
    assert_eq!(terminal_text(&shown), shown, "once is enough");
    if text.chars().all(is_harmless) {
        assert_eq!(shown, text, "what does no harm stays");
    }
}

fn check_line(text: &str) {
    let line = one_line(text);
    assert_harmless(&line);
    assert_eq!(line.split_whitespace().collect::<Vec<_>>().join(" "), line, "one line, one space between words");
    assert_eq!(one_line(&line), line, "once is enough");
}

fn check_page(notice: &Notice) {
    let page = plain_body::plain_body(&plain_body::PAGE.apply(notice));
    assert_harmless(&page);
    assert!(page.len() <= 200_000, "{} bytes of text", page.len());
}

#[cfg(test)]
mod tests {
    use std::{fs, panic::catch_unwind, path::Path};

    #[test]
    fn every_seed_does_no_harm_in_any_medium() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/foreign_text");
        let seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|seed| seed.unwrap().path()).collect();
        assert!(seeds.len() > 5, "{seeds:?}");
        for seed in seeds {
            let data = fs::read(&seed).unwrap();
            assert!(catch_unwind(|| super::foreign_text(&data)).is_ok(), "{}", seed.display());
        }
    }
}
