//! Enumerations, which come as numbers and are written as texts, with the portal's spellings (contract §1.2).

use super::{Field, Misfit};
use crate::{JobKind, StorageType, TenantStatus};

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
const PERIOD: [(&str, i64); 3] = [("EveryDay", 0), ("EveryWeek", 1), ("EveryMonth", 2)];
const TENANT: [(&str, i64); 8] = [
    ("Active", 0),
    ("Suspended", 1),
    ("RemovePending", 2),
    ("Transfering", 3),
    ("Transferring", 3),
    ("Restoring", 4),
    ("Migrating", 5),
    ("Encryption", 6),
];
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

/// A job without a kind is what the endpoint is about.
pub(super) fn kind(field: &Field<'_>, endpoint: JobKind) -> Result<JobKind, Misfit> {
    Ok(match number(field, &KIND)? {
        None => endpoint,
        Some(0) => JobKind::Backup,
        Some(1) => JobKind::Restore,
        Some(2) => JobKind::Transfer,
        Some(other) => JobKind::Other(other),
    })
}

/// A portal without a status is in service.
pub(super) fn tenant_status(field: &Field<'_>) -> Result<TenantStatus, Misfit> {
    Ok(match number(field, &TENANT)?.unwrap_or(0) {
        0 => TenantStatus::Active,
        1 => TenantStatus::Suspended,
        2 => TenantStatus::RemovePending,
        3 => TenantStatus::Transferring,
        4 => TenantStatus::Restoring,
        5 => TenantStatus::Migrating,
        6 => TenantStatus::Encryption,
        other => TenantStatus::Other(other),
    })
}

/// `BackupPeriod`, without its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day,
    Week,
    Month,
}

/// An absent period is the first of the enumeration.
pub(super) fn period(field: &Field<'_>) -> Result<Period, Misfit> {
    match number(field, &PERIOD)?.unwrap_or(0) {
        0 => Ok(Period::Day),
        1 => Ok(Period::Week),
        2 => Ok(Period::Month),
        _ => Err(field.misfit("a period (0 to 2)")),
    }
}

pub(super) fn period_name(period: Period) -> &'static str {
    match period {
        Period::Day => "EveryDay",
        Period::Week => "EveryWeek",
        Period::Month => "EveryMonth",
    }
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
