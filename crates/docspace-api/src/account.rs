//! Who is asking, and whom: the key, its owner, the portal.

use jiff::Timestamp;

/// The API key of this client, as `keys/@self` describes it. The key itself is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyInfo {
    /// The name its owner gave it.
    pub name: String,
    /// Its last characters.
    pub postfix: String,
    /// Its scopes, such as `*:read`; empty means everything.
    pub permissions: Vec<String>,
    /// When it stops working; `None` is never.
    pub expires_at: Option<Timestamp>,
    /// Whether it is switched on.
    pub is_active: bool,
}

/// The owner of the credential, as `people/@self` describes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name shown at the portal.
    pub display_name: String,
    /// The e-mail address, if the portal tells it.
    pub email: Option<String>,
    /// DocSpace admin: may do everything about backups.
    pub is_admin: bool,
    /// The portal's owner: may do everything about backups.
    pub is_owner: bool,
}

/// The portal, as `portal` describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// The tenant's number; it changes with a restore.
    pub id: i64,
    /// The name, for admins only.
    pub name: Option<String>,
    /// The alias, which file names of backups begin with; for admins only.
    pub alias: Option<String>,
    /// The time zone in which schedules count, for admins only: `Europe/Berlin`.
    pub time_zone: Option<String>,
    /// What the portal is doing; [`TenantStatus::Active`] also where it does not tell.
    pub status: TenantStatus,
    /// The owner's id, for admins only: a GUID.
    pub owner_id: Option<String>,
}

/// What a portal is doing as a whole (contract §1.2). While it is not active, it refuses nearly every call with
/// [`Denial::PortalState`](crate::Denial::PortalState).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TenantStatus {
    /// 0: in service.
    #[default]
    Active,
    /// 1: switched off.
    Suspended,
    /// 2: about to be removed.
    RemovePending,
    /// 3: moving to another region; the wire spells it `Transfering`.
    Transferring,
    /// 4: being restored from a copy, or left so by a restore that broke off.
    Restoring,
    /// 5: its files are moving to another storage.
    Migrating,
    /// 6: its files are being encrypted or decrypted.
    Encryption,
    /// A number that this version does not know, or a text (then `-1`).
    Other(i64),
}

/// The portal's settings, as `settings` tells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalSettings {
    /// Whether the server is somebody's own; `false` is the cloud. `None` where the portal does not tell.
    pub standalone: Option<bool>,
    /// The time zone in which schedules count: `Europe/Berlin`.
    pub time_zone: Option<String>,
}

/// A place for copies outside of the portal, as `settings/storage/backup` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageProvider {
    /// The name by which orders call it, the `module` of
    /// [`BackupTarget::ThirdPartyConsumer`](crate::BackupTarget::ThirdPartyConsumer): `S3`.
    pub id: String,
    /// The name that people read.
    pub title: String,
    /// Whether its credentials are set at the portal; without them no backup goes there.
    pub is_set: bool,
    /// Whether the portal's schedule uses it.
    pub is_current: bool,
    /// The keys that an order for it may have, such as `bucket`. What they are set to is not read: it may be secret.
    pub properties: Vec<String>,
}
