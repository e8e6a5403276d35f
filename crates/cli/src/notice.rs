//! What people are told about a run.

use backup_core::Outcome;
use jiff::Timestamp;
use notify::{Notice, Severity, State};

use crate::{
    report::{Account, headline, report_facts},
    words,
};

/// The notice of a run that is over, or was started and is not waited for.
pub(crate) fn notice(account: &Account, run_id: &str) -> Notice {
    Notice {
        id: run_id.to_owned(),
        thread: Some(account.portal.host.clone()),
        incident: None,
        severity: severity(account),
        state: state(account),
        outcome: Some(outcome(account).to_owned()),
        subject: headline(account),
        message: message(account),
        facts: report_facts(account),
        next_step: account.problem.as_ref().and_then(|problem| problem.hint.as_deref()).map(sentence),
        link: Some(account.portal.host.clone()),
        exit_code: Some(account.exit_code().number()),
        at: account.report.as_ref().map_or_else(Timestamp::now, |report| report.finished_at),
    }
}

fn state(account: &Account) -> State {
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

fn message(account: &Account) -> String {
    let verdict = match account.outcome() {
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
    };
    let reason = account.problem.as_ref().map(|problem| format!("Reason: {}.", problem.message.trim_end_matches('.')));
    let warnings = account.warnings().map(|warning| format!("Warning: {warning}."));
    let notes = account.notes().map(|note| format!("Note: {note}."));
    let sentences: Vec<String> = [verdict.to_owned()].into_iter().chain(reason).chain(warnings).chain(notes).collect();
    sentences.join("\n")
}

/// A fragment with a capital letter and a full stop.
fn sentence(fragment: &str) -> String {
    let mut rest = fragment.trim_end_matches('.').chars();
    let first = rest.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}

#[cfg(test)]
mod tests;
