//! What `startbackup` is asked for.

use std::collections::BTreeMap;

/// The backup to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartBackup {
    /// Where the copy goes.
    pub target: BackupTarget,
    /// What is copied.
    pub scope: Scope,
}

/// What a backup covers; `dump` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The portal of the address (`dump: false`).
    #[default]
    Portal,
    /// The whole server with all its portals (`dump: true`); self-hosted servers only.
    Server,
}

/// Where a copy goes, with what that place needs (contract §2.1): a wrong combination cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupTarget {
    /// The portal's temporary store: gone after 24 h.
    DataStore,
    /// A folder of the portal's own documents.
    Documents {
        /// The folder's id, a number.
        folder: u64,
    },
    /// A folder of a third-party drive that is connected to the portal.
    ThirdpartyDocuments {
        /// The folder's id, a text such as `sbox-123-|Backups`.
        folder: String,
    },
    /// A directory on the disk of the portal's backup worker; self-hosted servers only.
    Local {
        /// The directory, which must exist there.
        directory: String,
    },
    /// A storage provider that is connected to the portal, S3 for example.
    ThirdPartyConsumer {
        /// The provider's name as the portal writes it: `S3`, `GoogleCloud`, `Rackspace`, `Selectel`.
        module: String,
        /// The provider's own keys: `bucket`, `region`, …
        params: BTreeMap<String, String>,
    },
}

impl BackupTarget {
    /// The storage type that this target stands for.
    pub fn storage(&self) -> StorageType {
        match self {
            Self::DataStore => StorageType::DataStore,
            Self::Documents { .. } => StorageType::Documents,
            Self::ThirdpartyDocuments { .. } => StorageType::ThirdpartyDocuments,
            Self::Local { .. } => StorageType::Local,
            Self::ThirdPartyConsumer { .. } => StorageType::ThirdPartyConsumer,
        }
    }
}

/// Where backups lie; `BackupStorageType` on the wire (contract §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StorageType {
    /// 0: a folder of the portal's documents.
    Documents,
    /// 1: a folder of a third-party drive. The wire spells it `ThridpartyDocuments`, and takes no other spelling.
    ThirdpartyDocuments,
    /// 2: in the enumeration, but no portal implements it.
    CustomCloud,
    /// 3: the worker's disk.
    Local,
    /// 4: the temporary store, 24 h.
    DataStore,
    /// 5: a storage provider.
    ThirdPartyConsumer,
    /// A number that this version does not know, or a text (then `-1`).
    Other(i64),
}
