//! A folder that lives as long as the chore that needs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::trouble::Trouble;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A new, empty folder of this process, removed on drop.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// # Errors
    ///
    /// The folder for temporary files cannot be written.
    pub(crate) fn new() -> Result<Self, Trouble> {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("docspace-backup-xtask-{}-{number}", std::process::id()));
        fs::create_dir(&path).map_err(Trouble::with(format!("cannot make {}", path.display())))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind lies in the folder for temporary files, where the system removes it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_folders_of_a_process_are_apart_and_gone_after_use() {
        let (one, other) = (Scratch::new().unwrap(), Scratch::new().unwrap());
        assert_ne!(one.path(), other.path());
        let path = one.path().to_owned();
        fs::write(path.join("file"), "content").unwrap();
        drop(one);
        assert!(!path.exists() && other.path().is_dir());
    }
}
