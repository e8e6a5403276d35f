//! What a portal is like when it starts.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

/// A well-formed API key that opens nothing but a mock portal.
pub const DEMO_KEY: &str = "sk-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// The settings of a [`MockPortal`](crate::MockPortal).
#[derive(Clone)]
pub struct Config {
    /// The only key that the portal accepts; by default [`DEMO_KEY`].
    pub api_key: String,
    /// How long a backup takes whose plan says nothing else; by default 10 s.
    pub backup_duration: Duration,
    /// The version that the portal reports and behaves as; by default `3.7.2.4321`.
    ///
    /// Before 3.7.1 progress has no `status` and there is no cancel; before 3.6.0 there is no `warning`.
    pub version: String,
    /// Whether it is a server of one's own, where dumps and local directories are possible; by default `true`.
    pub standalone: bool,
    /// The portal's alias, with which file names begin; by default `acme`.
    pub alias: String,
    /// Its name, as its users read it; by default `Mock portal`.
    pub name: String,
    /// Its time zone by its IANA name, which schedules follow; by default `UTC`.
    pub time_zone: String,
    /// How often the portal looks whether a schedule is due, from its start on; by default every 15 minutes.
    pub scheduler_tick: Duration,
    /// How many backups a UTC month has that cost nothing, on a portal that is not standalone; by default 2.
    pub free_backups: u32,
    /// What pays for backups beyond the free ones, on a portal that is not standalone; by default [`Wallet::Off`].
    pub wallet: Wallet,
    /// How many bytes the portal may store; by default 100 GiB.
    pub total_bytes: u64,
    /// How many bytes it stores, which it tells in hundredths of a GiB; by default 1 GiB.
    pub used_bytes: u64,
    /// How far its clock is ahead of this machine's, in dates of every kind; negative for behind, by default not at all.
    pub clock_ahead: SignedDuration,
    /// The folders that exist, by id; by default `123` and `sbox-1-backups` are open and `2` is closed.
    ///
    /// A number lies in the caller's documents, any other text on a connected drive. The sections 1 to 5 (documents,
    /// rooms, archive, templates, trash) are always there, and [`NewFolder`](crate::NewFolder) puts more into them.
    pub folders: BTreeMap<String, Folder>,
    /// Where the portal keeps the bytes of its files; by default [`Store::Disc`].
    pub store: Store,
    /// How many bytes an archive has beyond the few that every archive needs; by default none.
    pub archive_padding: usize,
}

/// Where the bytes of a portal's files lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// On its own disc: it gives them itself.
    Disc,
    /// In an object store at an address of its own: a file of more than 5 MiB is fetched from there, by an address
    /// that is good for 15 seconds and takes no second credential. Copies for a provider lie there too.
    ObjectStore,
}

/// Whether a backup may be put into a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// The caller may create files there.
    Open,
    /// It is the rooms' root, the archive, or somebody else's.
    Closed,
}

/// The wallet's service for backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wallet {
    /// Switched off: what is not free is refused.
    Off,
    /// Switched on, with money in it.
    On,
    /// Switched on, but without money: what is not free is refused.
    Empty,
}

impl Default for Config {
    fn default() -> Self {
        let folders = [("123", Folder::Open), ("sbox-1-backups", Folder::Open), ("2", Folder::Closed)];
        Self {
            api_key: DEMO_KEY.into(),
            backup_duration: Duration::from_secs(10),
            version: "3.7.2.4321".into(),
            standalone: true,
            alias: "acme".into(),
            name: "Mock portal".into(),
            time_zone: "UTC".into(),
            scheduler_tick: Duration::from_secs(15 * 60),
            free_backups: 2,
            wallet: Wallet::Off,
            total_bytes: 100 << 30,
            used_bytes: 1 << 30,
            clock_ahead: SignedDuration::ZERO,
            folders: folders.map(|(id, folder)| (id.to_owned(), folder)).into(),
            store: Store::Disc,
            archive_padding: 0,
        }
    }
}

impl Config {
    /// The zone that the name stands for.
    ///
    /// # Panics
    ///
    /// When there is no such zone: a test whose settings are wrong must not go on.
    pub(crate) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or_else(|error| panic!("the mock portal's time zone: {error}"))
    }

    /// Whether the version is at least this one; parts that are no numbers count as 0.
    pub(crate) fn is_at_least(&self, wanted: [u32; 3]) -> bool {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        [(); 3].map(|()| parts.next().unwrap_or(0)) >= wanted
    }
}

/// Leaves the key out.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("backup_duration", &self.backup_duration)
            .field("version", &self.version)
            .field("standalone", &self.standalone)
            .field("alias", &self.alias)
            .field("name", &self.name)
            .field("time_zone", &self.time_zone)
            .field("scheduler_tick", &self.scheduler_tick)
            .field("free_backups", &self.free_backups)
            .field("wallet", &self.wallet)
            .field("total_bytes", &self.total_bytes)
            .field("used_bytes", &self.used_bytes)
            .field("clock_ahead", &self.clock_ahead)
            .field("folders", &self.folders)
            .field("store", &self.store)
            .field("archive_padding", &self.archive_padding)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, DEMO_KEY};

    #[test]
    fn versions_compare_by_number() {
        let is = |version: &str, wanted| Config { version: version.into(), ..Config::default() }.is_at_least(wanted);
        assert!(is("3.7.2.4321", [3, 7, 1]));
        assert!(is("3.10", [3, 7, 1]));
        assert!(!is("3.7.0", [3, 7, 1]));
        assert!(!is("develop", [0, 0, 1]));
    }

    #[test]
    fn the_key_is_not_in_the_debug_text() {
        assert!(!format!("{:?}", Config::default()).contains(DEMO_KEY));
    }

    #[test]
    fn the_demo_key_is_well_formed() {
        let digits = DEMO_KEY.strip_prefix("sk-").unwrap();
        assert_eq!(digits.len(), 64);
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)));
    }
}
