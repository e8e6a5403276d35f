//! What a portal is like when it starts.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use jiff::SignedDuration;

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
    /// How far its clock is ahead of this machine's, in dates of every kind; negative for behind, by default not at all.
    pub clock_ahead: SignedDuration,
    /// The folders that exist, by id; by default `123` and `sbox-1-backups` are open and `2` is closed.
    pub folders: BTreeMap<String, Folder>,
}

/// Whether a backup may be put into a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// The caller may create files there.
    Open,
    /// It is the rooms' root, the archive, or somebody else's.
    Closed,
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
            clock_ahead: SignedDuration::ZERO,
            folders: folders.map(|(id, folder)| (id.to_owned(), folder)).into(),
        }
    }
}

impl Config {
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
            .field("clock_ahead", &self.clock_ahead)
            .field("folders", &self.folders)
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
