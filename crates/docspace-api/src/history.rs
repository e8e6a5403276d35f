//! A finished backup, as `getbackuphistory` lists it.

use jiff::Timestamp;

use crate::{StorageType, TaskId, file_name};

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

impl BackupRecord {
    /// A name under which the copy can be saved: [`file_name`](Self::file_name) as one component of a path, or the id where
    /// nothing of the name is left. It never leaves the folder that it is joined to.
    ///
    /// ```
    /// # use docspace_api::{BackupRecord, StorageType};
    /// # let id: docspace_api::TaskId = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11".parse()?;
    /// # let storage = StorageType::Documents;
    /// let record = BackupRecord { file_name: "../../etc/x".into(), id, storage, created_on: None, expires_on: None };
    /// assert_eq!(record.local_name(), "_.._etc_x");
    /// # Ok::<(), docspace_api::TaskIdError>(())
    /// ```
    pub fn local_name(&self) -> String {
        file_name::safe(&self.file_name).unwrap_or_else(|| self.id.to_string())
    }
}
