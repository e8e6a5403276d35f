//! Whether the process of a run still lives, told by a lock on a file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::private;
use crate::run_id::RunId;

/// The proof that a run has a living process: as long as this value lives, nobody else can [claim](crate::Journal::claim)
/// the run.
///
/// It is a lock of the operating system on a file, and the system releases it when the process dies, in whatever way. Keep
/// it until the run is closed.
#[derive(Debug)]
#[must_use = "another process takes the run over as soon as the lock is dropped"]
pub struct RunLock {
    run: RunId,
    _file: File,
}

impl RunLock {
    /// The run that is held.
    pub fn run(&self) -> &RunId {
        &self.run
    }
}

/// The proof that no other process tells this channel anything; it ends with this value, or with the process.
#[derive(Debug)]
#[must_use = "another process tells the channel as soon as the lock is dropped"]
pub struct ChannelLock {
    _file: File,
}

/// The folder of the locks, with one file for each run that is not closed.
///
/// Files are made, tried and removed only while the database's write lock is held, but for the file of a closed run, which
/// nobody claims any more. Otherwise a file could be removed between somebody's opening and locking it, and two processes
/// would hold "the" lock of a run.
#[derive(Debug)]
pub(crate) struct LockFolder {
    path: PathBuf,
}

impl LockFolder {
    pub(crate) fn create(path: PathBuf) -> io::Result<Self> {
        private::create_folder(&path)?;
        Ok(Self { path })
    }

    fn file(&self, run: &RunId) -> PathBuf {
        self.path.join(format!("{run}.lock"))
    }

    /// The lock, if nobody has it.
    pub(crate) fn take(&self, run: &RunId) -> io::Result<Option<RunLock>> {
        Ok(locked(&self.file(run))?.map(|file| RunLock { run: run.clone(), _file: file }))
    }

    /// The lock of a channel, if nobody has it. Its file stays; the name is made of whatever the channel is called.
    pub(crate) fn hold_channel(&self, channel: &str) -> io::Result<Option<ChannelLock>> {
        let name: String = channel.bytes().take(100).map(|byte| format!("{byte:02x}")).collect();
        let file = locked(&self.path.join(format!("channel-{name}")))?;
        Ok(file.map(|file| ChannelLock { _file: file }))
    }

    /// Whether somebody has the lock, or may have it: what cannot be found out counts as held.
    pub(crate) fn is_held(&self, run: &RunId) -> bool {
        match OpenOptions::new().read(true).write(true).open(self.file(run)) {
            Ok(file) => file.try_lock().is_err(),
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        }
    }

    /// Removes the file of a closed run. Where that fails, [`Self::sweep`] does it later.
    pub(crate) fn remove(&self, run: &RunId) {
        drop(fs::remove_file(self.file(run)));
    }

    /// Removes the files that processes have left behind which died between two steps.
    pub(crate) fn sweep(&self, is_needed: impl Fn(&RunId) -> bool) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            match run_of(&entry?.path()) {
                Some(run) if !is_needed(&run) => self.remove(&run),
                Some(_) | None => {}
            }
        }
        Ok(())
    }
}

/// The file, locked, if nobody else has it locked.
fn locked(path: &Path) -> io::Result<Option<File>> {
    let file = private::open_or_create().open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whose lock a file is; nobody's, if it is not ours.
fn run_of(path: &Path) -> Option<RunId> {
    let name = path.file_name()?.to_str()?;
    RunId::from_text(name.strip_suffix(".lock")?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> RunId {
        RunId::parse(text).unwrap()
    }

    #[test]
    fn a_lock_is_given_to_one_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let locks = LockFolder::create(folder.path().join("runs")).unwrap();
        assert!(!locks.is_held(&id("a")));
        let lock = locks.take(&id("a")).unwrap().unwrap();
        assert!(locks.is_held(&id("a")));
        assert!(locks.take(&id("a")).unwrap().is_none());
        assert!(locks.take(&id("b")).unwrap().is_some());
        drop(lock);
        assert!(!locks.is_held(&id("a")));
        assert!(locks.take(&id("a")).unwrap().is_some());
    }

    #[test]
    fn sweeping_leaves_what_is_needed_and_what_is_not_ours() {
        let folder = tempfile::tempdir().unwrap();
        let locks = LockFolder::create(folder.path().to_owned()).unwrap();
        for name in ["old.lock", "new.lock", "notes.txt", "not an id.lock"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        locks.sweep(|run| *run == id("new")).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["new.lock", "not an id.lock", "notes.txt"]);
    }
}
