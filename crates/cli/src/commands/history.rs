//! `history`: the backups that exist at the portal, newest first.

mod place;

use std::cmp::Reverse;

use backup_core::{Location, Locations};
use docspace_api::BackupRecord;
use jiff::Timestamp;
use notify::one_line;
use serde_json::{Value, json};

use self::place::locations;
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

const HEADER: [&str; 7] = ["Backup ID", "File", "Size", "Storage", "Folder", "Created", "Expires"];

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
    let places = locations(&records, &client, &portal, scope, &settings).await;
    let rows = || records.iter().map(|record| row(record, places.found.get(&record.id)));
    let text = if records.is_empty() { nothing(arguments).to_owned() } else { plain_table(&HEADER, rows()).trim_fmt() };
    let document = document(&portal, &records, &places);
    Ok(Answer { text, markdown: markdown_table(&HEADER, rows()), document: Some(document), exit: ExitCode::Done })
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
/// What cannot be found out stays empty.
fn row(record: &BackupRecord, place: Option<&Location>) -> [String; 7] {
    [
        record.id.to_string(),
        one_line(&record.file_name),
        place.and_then(|place| place.file.size).map(words::size).unwrap_or_default(),
        words::storage(record.storage),
        place.map(|place| format!("{} ({})", one_line(&place.folder.title), place.folder.id)).unwrap_or_default(),
        record.created_on.map_or_else(|| "unknown".to_owned(), words::time),
        record.expires_on.map_or_else(|| "never".to_owned(), words::time),
    ]
}

fn document(portal: &PortalFacts, records: &[BackupRecord], places: &Locations) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "kind": "backup_history",
        "exit_code": ExitCode::Done.number(),
        "portal": { "name": portal.name, "host": portal.host },
        "backups": records.iter().map(|record| entry(record, places.found.get(&record.id))).collect::<Vec<_>>(),
    })
}

fn entry(record: &BackupRecord, place: Option<&Location>) -> Value {
    json!({
        "id": record.id,
        "file_name": record.file_name,
        "storage": words::storage(record.storage),
        "created_on": record.created_on,
        "expires_on": record.expires_on,
        "size_bytes": place.and_then(|place| place.file.size),
        "folder": place.map(|place| json!({ "id": place.folder.id.to_string(), "title": place.folder.title })),
    })
}
