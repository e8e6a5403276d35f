//! The account for programs: the JSON of the public contract, to which fields may be added and from which none is taken away.

use backup_core::{Report, Verdict};
use docspace_api::Scope;
use serde_json::{Value, json};

use super::{
    Account, Notification, Purpose,
    facts::{folder, storage},
};
use crate::{answer::SCHEMA_VERSION, words};

/// The document of `run`, `wait` and `start`.
pub(super) fn document(account: &Account) -> Value {
    let report = account.report.as_ref();
    let verdict = report.map(|report| &report.verdict);
    json!({
        "schema_version": SCHEMA_VERSION,
        "kind": match account.purpose {
            Purpose::Run | Purpose::Wait => "backup_report",
            Purpose::Start => "backup_start",
        },
        "outcome": words::outcome(account.outcome()),
        "exit_code": account.exit_code().number(),
        "joined": verdict.is_some_and(|verdict| verdict.joined),
        "portal": portal(account),
        "backup": backup(account, report),
        "started_at": report.filter(|_| account.saw_start()).map(|report| words::time(report.started_at)),
        "finished_at": report.filter(|_| account.saw_end()).map(|report| words::time(report.finished_at)),
        "duration_seconds": report.filter(|_| account.saw_end()).map(|report| words::seconds(report.duration)),
        "progress": verdict.and_then(|verdict| verdict.progress.as_ref()).map(|progress| progress.percent),
        "polls": report.map_or(0, |report| report.looks),
        "error": account.problem,
        "warnings": account.warnings().map(ToString::to_string).chain(account.given_up.clone()).collect::<Vec<_>>(),
        "notes": account.notes_told().collect::<Vec<_>>(),
        "notifications": account.notifications.iter().map(Notification::document).collect::<Vec<_>>(),
    })
}

fn portal(account: &Account) -> Value {
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "name": known(&account.portal.name),
        "host": known(&account.portal.host),
        "version": account.portal.version,
    })
}

fn backup(account: &Account, report: Option<&Report>) -> Value {
    let verdict = report.map(|report| &report.verdict);
    let record = verdict.and_then(|verdict| verdict.record.as_ref());
    let storage = report.and_then(|report| storage(report, account));
    json!({
        "id": verdict.and_then(|verdict| verdict.task.as_ref()),
        "file_name": record.map(|record| &record.file_name),
        "storage": storage.map(words::storage),
        "folder": report.and_then(|report| folder(report, account)),
        "dump": report.is_some_and(|report| report.scope == Scope::Server),
        "created_on": record.and_then(|record| record.created_on),
        "expires_on": record.and_then(|record| record.expires_on),
        "link": verdict.and_then(link),
    })
}

fn link(verdict: &Verdict) -> Option<String> {
    verdict.progress.as_ref()?.link.as_ref().map(ToString::to_string)
}
