//! `history`: the backups that exist at the portal, newest first.

use std::cmp::Reverse;

use docspace_api::BackupRecord;
use jiff::Timestamp;
use notify::one_line;
use serde_json::{Value, json};

use super::portal::connect;
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::HistoryArguments,
    console::Console,
    exit_code::ExitCode,
    problem::Problem,
    report::PortalFacts,
    settings::Settings,
    table::{markdown_table, plain_table},
    words,
};

const HEADER: [&str; 5] = ["Backup ID", "File", "Storage", "Created", "Expires"];

/// Lists them once: at the portal, reading the history drops records whose file is gone (contract §5).
pub(crate) async fn history(
    arguments: &HistoryArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let scope = settings.resolve_scope(arguments.dump);
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let records = client.backup_history(scope).await.map_err(|error| Problem::from(&error))?;
    let records = choose(records, arguments, Timestamp::now());
    let text = if records.is_empty() {
        nothing(arguments).to_owned()
    } else {
        plain_table(&HEADER, records.iter().map(row)).trim_fmt()
    };
    let (markdown, document) = (markdown_table(&HEADER, records.iter().map(row)), document(&portal, &records));
    Ok(Answer { text, markdown, document: Some(document), exit: ExitCode::Done })
}

/// Newest first; those of one second, which is as exactly as portals tell it, by their ids.
pub(super) fn newest_first(records: &mut [BackupRecord]) {
    records.sort_by(|a, b| Reverse(a.created_on).cmp(&Reverse(b.created_on)).then_with(|| a.id.cmp(&b.id)));
}

/// What was asked for. A copy of which the portal does not tell when it was made may be a new one, so it is listed.
fn choose(mut records: Vec<BackupRecord>, arguments: &HistoryArguments, now: Timestamp) -> Vec<BackupRecord> {
    let since = arguments.since.map(|since| since.moment(now));
    records.retain(|record| {
        let is_new = record.created_on.is_none_or(|created| since.is_none_or(|since| created >= since));
        is_new && arguments.storage.is_none_or(|word| words::storage(record.storage) == word.as_str())
    });
    newest_first(&mut records);
    records.truncate(arguments.limit.map_or(usize::MAX, std::num::NonZero::get));
    records
}

fn nothing(arguments: &HistoryArguments) -> &'static str {
    match (arguments.since, arguments.storage) {
        (None, None) => "No backups.",
        (_, _) => "No such backups.",
    }
}
fn row(record: &BackupRecord) -> [String; 5] {
    [
        record.id.to_string(),
        one_line(&record.file_name),
        words::storage(record.storage),
        record.created_on.map_or_else(|| "unknown".to_owned(), words::time),
        record.expires_on.map_or_else(|| "never".to_owned(), words::time),
    ]
}

fn document(portal: &PortalFacts, records: &[BackupRecord]) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "kind": "backup_history",
        "exit_code": ExitCode::Done.number(),
        "portal": { "name": portal.name, "host": portal.host },
        "backups": records.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn entry(record: &BackupRecord) -> Value {
    json!({
        "id": record.id,
        "file_name": record.file_name,
        "storage": words::storage(record.storage),
        "created_on": record.created_on,
        "expires_on": record.expires_on,
    })
}
