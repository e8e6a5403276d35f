//! A finished backup, as `getbackuphistory` lists it.

use jiff::Timestamp;

use crate::{StorageType, TaskId};

/// One backup that exists at the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRecord {
    /// The id of the job that made it.
    pub id: TaskId,
    /// The file's name at its storage. Foreign text: never a path of ours.
    pub file_name: String,
    /// Where it lies.
    pub storage: StorageType,
    /// When the record was written, in UTC. `None` where the portal sends nothing that can be read.
    pub created_on: Option<Timestamp>,
    /// When the portal deletes it, in UTC. `None` is never (the portal writes year 1).
    pub expires_on: Option<Timestamp>,
}
