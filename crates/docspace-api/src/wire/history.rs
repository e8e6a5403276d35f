//! `getbackuphistory` (contract §5).

use serde_json::Value;

use super::{Field, Misfit, names};
use crate::{BackupRecord, StorageType};

/// Reads the list; null is an empty one. A row without an id is left out with a warning, so that it costs no other row.
/// Where no row is left the list was none of backups: nothing may be concluded from what it does not hold.
pub(crate) fn history(response: &Value) -> Result<Vec<BackupRecord>, Misfit> {
    let rows = Field::new("response", Some(response)).list()?;
    let records: Vec<_> = rows.iter().filter_map(known).collect();
    match rows.first() {
        Some(first) if records.is_empty() => Err(first.misfit("a backup")),
        Some(_) | None => Ok(records),
    }
}

fn known(row: &Field<'_>) -> Option<BackupRecord> {
    record(row).inspect_err(|misfit| tracing::warn!(%misfit, "a backup in the portal's history is left out")).ok()
}

/// Only the id must be right: what else is odd in a row does not make the backup undone.
fn record(row: &Field<'_>) -> Result<BackupRecord, Misfit> {
    let id = row.get("id");
    let task = id.text()?.and_then(|text| text.parse().ok());
    let file_name = row.get("fileName").text().ok().flatten();
    Ok(BackupRecord {
        id: task.ok_or_else(|| id.misfit("a backup id"))?,
        file_name: file_name.unwrap_or_default(),
        storage: names::storage(&row.get("storageType")).unwrap_or(StorageType::Other(-1)),
        created_on: row.get("createdOn").time(),
        expires_on: row.get("expiresOn").time(),
    })
}
