//! Enumerations, which come as numbers and are written as texts, with the portal's spellings (contract §1.2).

use super::{Field, Misfit};
use crate::{JobKind, StorageType};

const STORAGE: [(&str, i64); 7] = [
    ("Documents", 0),
    ("ThridpartyDocuments", 1),
    ("ThirdpartyDocuments", 1),
    ("CustomCloud", 2),
    ("Local", 3),
    ("DataStore", 4),
    ("ThirdPartyConsumer", 5),
];
const KIND: [(&str, i64); 3] = [("Backup", 0), ("Restore", 1), ("Transfer", 2)];
const STATUS: [(&str, i64); 7] = [
    ("Created", 0),
    ("Running", 1),
    ("Completed", 2),
    ("Canceled", 3),
    ("Cancelled", 3),
    ("Failted", 4),
    ("Failed", 4),
];

/// The number for a text that is not in the list.
const UNKNOWN: i64 = -1;

pub(super) fn storage(field: &Field<'_>) -> Result<StorageType, Misfit> {
    Ok(match number(field, &STORAGE)?.unwrap_or(UNKNOWN) {
        0 => StorageType::Documents,
        1 => StorageType::ThirdpartyDocuments,
        2 => StorageType::CustomCloud,
        3 => StorageType::Local,
        4 => StorageType::DataStore,
        5 => StorageType::ThirdPartyConsumer,
        other => StorageType::Other(other),
    })
}

/// The name that requests take; only the misspelt one is understood.
pub(super) fn storage_name(storage: StorageType) -> &'static str {
    match storage {
        StorageType::Documents => "Documents",
        StorageType::ThirdpartyDocuments => "ThridpartyDocuments",
        StorageType::CustomCloud => "CustomCloud",
        StorageType::Local => "Local",
        StorageType::DataStore => "DataStore",
        StorageType::ThirdPartyConsumer => "ThirdPartyConsumer",
        StorageType::Other(_) => "",
    }
}

/// A job without a kind is a backup, which the endpoint is about.
pub(super) fn kind(field: &Field<'_>) -> Result<JobKind, Misfit> {
    Ok(match number(field, &KIND)?.unwrap_or(0) {
        0 => JobKind::Backup,
        1 => JobKind::Restore,
        2 => JobKind::Transfer,
        other => JobKind::Other(other),
    })
}

/// `DistributedTaskStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Not sent: a portal before 3.7.1.
    Absent,
    Created,
    Running,
    Completed,
    Cancelled,
    Failed,
    Unknown,
}

pub(super) fn status(field: &Field<'_>) -> Result<Status, Misfit> {
    Ok(match number(field, &STATUS)? {
        None => Status::Absent,
        Some(0) => Status::Created,
        Some(1) => Status::Running,
        Some(2) => Status::Completed,
        Some(3) => Status::Cancelled,
        Some(4) => Status::Failed,
        Some(_) => Status::Unknown,
    })
}

fn number(field: &Field<'_>, names: &[(&str, i64)]) -> Result<Option<i64>, Misfit> {
    if let Ok(number) = field.integer() {
        return Ok(number);
    }
    let text = field.text().map_err(|_| field.misfit("a number or a name"))?.unwrap_or_default();
    let named = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
    Ok(Some(named.map_or(UNKNOWN, |(_, number)| *number)))
}
