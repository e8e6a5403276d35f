//! Whose key it is that calls, and what stands in its way.

/// The user behind the API key, and what the key may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// By default [`Role::Owner`].
    pub role: Role,
    /// By default [`Scope::Everything`].
    pub scope: Scope,
    /// When the key says that it expires, as the portal writes times of files and keys; by default never. It is shown,
    /// not obeyed: [`expire_key_in`](crate::MockPortal::expire_key_in) does both.
    pub key_expires_at: Option<String>,
}

impl Default for Caller {
    fn default() -> Self {
        Self { role: Role::Owner, scope: Scope::Everything, key_expires_at: None }
    }
}

/// What a user may do on the portal; only the first two may touch backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The portal's owner, an administrator too.
    Owner,
    /// A DocSpace administrator.
    Admin,
    /// An administrator of rooms, not of the portal.
    RoomAdmin,
    /// A plain user.
    User,
}

impl Role {
    pub(crate) fn manages_portal(self) -> bool {
        match self {
            Self::Owner | Self::Admin => true,
            Self::RoomAdmin | Self::User => false,
        }
    }
}

/// The permissions of an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// No list of permissions: the key may do what its user may.
    Everything,
    /// `*:read`
    ReadOnly,
    /// `files:write`, which never suffices for backups.
    Narrow,
}

impl Scope {
    pub(crate) fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Everything => &[],
            Self::ReadOnly => &["*:read"],
            Self::Narrow => &["files:write"],
        }
    }
}

/// What is wrong with the portal or the account; several can be wrong at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// The key is expired, disabled or deleted: 401 empty.
    KeyRefused,
    /// No portal has this name: 404 problem details.
    NoSuchPortal,
    /// The portal is suspended: 404 problem details.
    Suspended,
    /// A restore runs: 403 problem details on all but a few paths.
    Restoring,
    /// The tariff is not paid: 402 problem details on the history, deletions, schedules, restores and the used space.
    Unpaid,
    /// The caller's address is not on the list: 403 with a bare string.
    AddressRefused,
    /// The settings page for backups is hidden: 403 for a start.
    BackupHidden,
    /// The settings page for restores is hidden: 403 for a restore.
    RestoreHidden,
    /// The plan has no restore: 402 for one, on a portal that is not standalone.
    RestoreNotInPlan,
    /// The spaces of the server are closed to this one: 403 for dumps.
    SpacesLimited,
    /// The portal's storage is full: 402 for a start into documents.
    StorageFull,
    /// The free backups of the month are spent, however many there were: 402 for a start on a portal that is not
    /// standalone, unless its wallet pays.
    BackupsSpent,
    /// The lock of the job queue cannot be had: 500 on whatever asks the queue.
    QueueLocked,
}
