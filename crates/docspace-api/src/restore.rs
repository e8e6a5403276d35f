//! What `startrestore` is asked for.

use std::collections::BTreeMap;

use crate::{Scope, StorageType, TaskId};

/// The restore to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRestore {
    /// The copy to put back.
    pub source: RestoreSource,
    /// Whether the portal's users are told by e-mail.
    pub notify_users: NotifyUsers,
    /// What the copy holds: the portal refuses one of the other kind, but only once it has begun.
    pub scope: Scope,
}

/// Whether the portal writes to its users before and after it is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NotifyUsers {
    /// All of them get a mail.
    Yes,
    /// Nobody is told.
    #[default]
    No,
}

/// Where the copy lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreSource {
    /// A copy from the history: the portal knows where it is.
    Backup {
        /// The record's id.
        id: TaskId,
        /// The record's storage.
        storage: StorageType,
    },
    /// A file in the portal's own documents.
    DocumentsFile {
        /// The file's id, a number.
        file: u64,
    },
    /// A file on a third-party drive that is connected to the portal.
    ThirdpartyFile {
        /// The file's id, a text such as `sbox-123-|Backups|x.tar.gz`.
        file: String,
    },
    /// A file at a storage provider that is connected to the portal.
    ConsumerFile {
        /// The provider's name as the portal writes it: `S3`, `GoogleCloud`, `Rackspace`, `Selectel`.
        module: String,
        /// The file's path there.
        path: String,
        /// The provider's own keys: `bucket`, `region`, …
        params: BTreeMap<String, String>,
    },
    /// The file that was last uploaded at the portal's page for restoring. Where there is none, the portal notices only
    /// in its worker, and the job rests at [`Created`](crate::JobState::Created) for a day.
    UploadedFile,
}
