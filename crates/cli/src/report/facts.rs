//! What is told of a run, row by row: the same rows on the terminal, in Markdown and in notices.

use backup_core::{Outcome, Report};
use docspace_api::{BackupTarget, StorageType};

use super::{Account, PortalFacts, Purpose};
use crate::words;

/// One row: a label, and what it stands for. Values may hold foreign text.
pub(crate) type Fact = notify::Fact;

/// The verdict in one line, as a lock screen shows it: `Backup completed after 1 min 11 s: portal.example.com`.
pub(crate) fn headline(account: &Account) -> String {
    let host = if account.portal.host.is_empty() { String::new() } else { format!(": {}", host_name(&account.portal)) };
    format!("{}{host}", phrase(account))
}

fn phrase(account: &Account) -> String {
    match (&account.report, account.outcome()) {
        (_, Outcome::NotStarted) if account.purpose == Purpose::Wait && account.says_nothing_of_the_job() => {
            "Nothing known of the backup".to_owned()
        }
        (_, Outcome::NotStarted) if account.purpose == Purpose::Wait => "No backup to wait for".to_owned(),
        (_, Outcome::StillRunning) if account.says_nothing_of_the_job() && account.interrupted_by.is_none() => {
            "Backup not followed to its end".to_owned()
        }
        (Some(_), Outcome::StillRunning) if account.is_done() && account.has_joined() => {
            "Backup was running already".to_owned()
        }
        (Some(_), Outcome::StillRunning) if account.is_done() => "Backup started".to_owned(),
        (Some(report), outcome) if account.saw_end() && !account.has_joined() => {
            format!("Backup {} after {}", words::outcome_phrase(outcome), words::duration(report.duration))
        }
        (_, outcome) => format!("Backup {}", words::outcome_phrase(outcome)),
    }
}

/// The portal's address without its scheme.
pub(crate) fn host_name(portal: &PortalFacts) -> &str {
    portal.host.split_once("://").map_or(&portal.host, |(_, rest)| rest)
}

/// All rows, in the order in which people ask.
pub(crate) fn report_facts(account: &Account) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Portal", portal_line(&account.portal))];
    if let Some(report) = &account.report {
        facts.extend(job_facts(report, account));
        facts.extend(storage(report, account).map(|storage| Fact::new("Storage", words::storage(storage))));
        facts.extend(copy_facts(report));
    }
    facts
}

/// The portal's address and version.
pub(crate) fn portal_line(portal: &PortalFacts) -> String {
    let version = portal.version.as_ref().map(|version| format!(" (DocSpace {version})")).unwrap_or_default();
    format!("{}{version}", portal.host)
}

fn job_facts(report: &Report, account: &Account) -> Vec<Fact> {
    let verdict = &report.verdict;
    let Some(task) = &verdict.task else { return Vec::new() };
    let remark = match (verdict.had_ended, verdict.joined) {
        (true, _) => " (it had ended before this command)",
        (false, true) => " (joined: it was running already)",
        (false, false) => "",
    };
    let mut facts =
        vec![Fact::new("Backup ID", format!("{task}{remark}")), Fact::new("Covers", words::scope(report.scope))];
    facts.extend(time_facts(report, account));
    if let (Some(progress), false) = (&verdict.progress, account.is_done()) {
        facts.push(Fact::new("Progress", format!("{} %", progress.percent)));
    }
    facts
}

/// The times that this run's own clock has seen.
fn time_facts(report: &Report, account: &Account) -> Vec<Fact> {
    let has_joined = account.has_joined();
    let mut facts = Vec::new();
    if account.saw_start() {
        facts.push(Fact::new(if has_joined { "Joined at" } else { "Started at" }, words::time(report.started_at)));
    }
    if account.saw_end() {
        facts.push(Fact::new("Finished at", words::time(report.finished_at)));
        facts.push(Fact::new(if has_joined { "Watched for" } else { "Duration" }, words::duration(report.duration)));
    }
    facts
}

/// Where the copy is, or was to go.
pub(super) fn storage(report: &Report, account: &Account) -> Option<StorageType> {
    let ordered = ordered(report, account).map(BackupTarget::storage);
    report.verdict.record.as_ref().map(|record| record.storage).or(ordered)
}

/// The folder into which the copy was ordered; `None` where somebody else ordered it, or where it goes into none.
pub(super) fn folder(report: &Report, account: &Account) -> Option<String> {
    ordered(report, account).and_then(words::folder)
}

fn ordered<'a>(report: &Report, account: &'a Account) -> Option<&'a BackupTarget> {
    account.ordered.as_ref().filter(|_| !report.verdict.joined)
}

fn copy_facts(report: &Report) -> Vec<Fact> {
    let Some(record) = &report.verdict.record else { return Vec::new() };
    let mut facts = vec![
        Fact::new("File", record.file_name.clone()),
        Fact::new("Saved at", record.created_on.map_or_else(|| "unknown".to_owned(), words::time)),
        Fact::new("Expires", record.expires_on.map_or_else(|| "never".to_owned(), words::time)),
    ];
    if let Some(link) = report.verdict.progress.as_ref().and_then(|progress| progress.link.as_ref()) {
        facts.push(Fact::new("Download link", link.to_string()));
    }
    facts
}
