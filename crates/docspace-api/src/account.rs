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
}
