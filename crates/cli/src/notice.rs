//! What people are told about a run.

use std::time::Duration;

use backup_core::Outcome;
use jiff::Timestamp;
use notify::{Chapter, Fact, IncidentPhase, Notice, Severity, State};

use crate::{
    report::{Account, PortalFacts, headline, host_name, portal_line, report_facts},
    words,
};

/// The notice of a run that is over, or was started and is not waited for; `at` is when the chapter was written.
pub(crate) fn notice(account: &Account, run_id: &str, chapter: &Chapter, at: Timestamp) -> Notice {
    let recovery = recovery(chapter, at);
    Notice {
        id: run_id.to_owned(),
        thread: Some(thread(chapter, run_id)),
        incident: chapter.incident.clone(),
        severity: severity(account),
        state: chapter.state,
        outcome: Some(outcome(account).to_owned()),
        subject: recovery.as_ref().map_or_else(|| headline(account), |after| recovered(account, after)),
        message: message(account, recovery.as_deref()),
        facts: report_facts(account),
        next_step: account.problem.as_ref().and_then(|problem| problem.hint.as_deref()).map(sentence),
        link: Some(account.portal.host.clone()),
        exit_code: Some(account.exit_code().number()),
        at: account.report.as_ref().map_or(at, |report| report.finished_at),
    }
}

/// The notice of a backup that has just begun.
pub(crate) fn started(portal: &PortalFacts, run_id: &str, task: &str) -> Notice {
    Notice {
        id: run_id.to_owned(),
        thread: Some(run_id.to_owned()),
        incident: None,
        severity: Severity::Info,
        state: State::Started,
        outcome: Some("started".to_owned()),
        subject: format!("Backup started: {}", host_name(portal)),
        message: "The backup started successfully.".to_owned(),
        facts: vec![Fact::new("Portal", portal_line(portal)), Fact::new("Backup ID", task)],
        next_step: None,
        link: Some(portal.host.clone()),
        exit_code: None,
        at: Timestamp::now(),
    }
}

/// All notices of one trouble stand together; without one, all of a run.
fn thread(chapter: &Chapter, run_id: &str) -> String {
    chapter.incident.as_ref().map_or(run_id, |incident| &incident.id).to_owned()
}

/// After what a good backup is one again: `2 h 5 min and 3 failures`.
fn recovery(chapter: &Chapter, at: Timestamp) -> Option<String> {
    let incident = chapter.incident.as_ref().filter(|incident| incident.phase == IncidentPhase::Resolved)?;
    let lasted = Duration::try_from(at.duration_since(incident.since)).unwrap_or_default();
    let failures = match incident.failures {
        1 => "1 failure".to_owned(),
        failures => format!("{failures} failures"),
    };
    Some(format!("{} and {failures}", words::duration(lasted)))
}

fn recovered(account: &Account, after: &str) -> String {
    format!("Backup recovered after {after}: {}", host_name(&account.portal))
}

/// What happened, as coarse as channels choose by it.
pub(crate) fn state(account: &Account) -> State {
    match account.outcome() {
        Outcome::Completed => State::Completed,
        Outcome::StillRunning if account.is_done() => State::Started,
        Outcome::StillRunning => State::StillRunning,
        Outcome::CompletedWithWarnings | Outcome::Cancelled | Outcome::Busy => State::Warning,
        Outcome::Failed | Outcome::Lost | Outcome::NotStarted => State::Failed,
    }
}

fn outcome(account: &Account) -> &'static str {
    if account.outcome() == Outcome::StillRunning && account.is_done() {
        "started"
    } else {
        words::outcome(account.outcome())
    }
}

/// A busy portal and a job that goes on are no loss, and must not wake anybody like one.
fn severity(account: &Account) -> Severity {
    match account.outcome() {
        Outcome::Completed => Severity::Success,
        Outcome::StillRunning if account.is_done() => Severity::Info,
        Outcome::Busy => Severity::Info,
        Outcome::CompletedWithWarnings | Outcome::StillRunning | Outcome::Cancelled => Severity::Warning,
        Outcome::Failed | Outcome::Lost | Outcome::NotStarted => Severity::Error,
    }
}

fn message(account: &Account, recovery: Option<&str>) -> String {
    let verdict = verdict(account);
    let recovery = recovery.map(|after| format!("All is well again after {after}."));
    let reason = account.problem.as_ref().map(|problem| format!("Reason: {}.", problem.message.trim_end_matches('.')));
    let warnings = account.warnings().map(|warning| format!("Warning: {warning}."));
    let notes = account.notes_told().map(|note| format!("Note: {note}."));
    let first = [verdict.to_owned()].into_iter();
    let sentences: Vec<String> = first.chain(recovery).chain(reason).chain(warnings).chain(notes).collect();
    sentences.join("\n")
}

fn verdict(account: &Account) -> &'static str {
    match account.outcome() {
        Outcome::Completed => "The backup completed successfully.",
        Outcome::CompletedWithWarnings => "The backup exists, but something is not as it should be.",
        Outcome::StillRunning if account.is_done() && account.has_joined() => "A backup runs already; it was joined.",
        Outcome::StillRunning if account.is_done() => "The backup started successfully.",
        Outcome::StillRunning => "The backup had not ended when the waiting did.",
        Outcome::Failed => "The backup failed.",
        Outcome::Cancelled => "The backup was cancelled.",
        Outcome::Lost => "Nobody knows how the backup ended.",
        Outcome::Busy => "The backup was not started, because the portal is busy.",
        Outcome::NotStarted => "The backup could not be started.",
    }
}

/// A fragment with a capital letter and a full stop.
fn sentence(fragment: &str) -> String {
    let mut rest = fragment.trim_end_matches('.').chars();
    let first = rest.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}

#[cfg(test)]
mod tests;
