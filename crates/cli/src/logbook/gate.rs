//! One start at a time: two runs of this user that look at the same moment would both find the slot free.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep};

/// Between tries to get through.
const PAUSE: Duration = Duration::from_millis(50);

/// The longest that another run's look and start are waited for; then its process hangs, and the portal decides.
const LONGEST: Duration = Duration::from_secs(150);

/// Held from before the first look until the job is known. The system opens it when the process ends, however it ends.
#[derive(Debug, Default)]
pub(crate) struct Gate(Mutex<Option<File>>);

impl Gate {
    /// Waits until no other run of this user is between its first look and its start at that slot of that portal. Where no
    /// file can be kept there is no gate.
    pub(crate) async fn pass(folder: &Path, portal: &str, slot: &str) -> Self {
        let deadline = Instant::now() + LONGEST;
        let Some(file) = open(folder, portal, slot) else { return Self::default() };
        loop {
            match file.try_lock() {
                Ok(()) => return Self(Mutex::new(Some(file))),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(PAUSE).await,
                Err(_) => return Self::default(),
            }
        }
    }

    /// Lets the next one through.
    pub(crate) fn open(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

fn open(folder: &Path, portal: &str, slot: &str) -> Option<File> {
    let mut hasher = DefaultHasher::new();
    (portal, slot).hash(&mut hasher);
    fs::create_dir_all(folder.join("starts")).ok()?;
    let path = folder.join("starts").join(format!("{:016x}.lock", hasher.finish()));
    OpenOptions::new().create(true).truncate(false).write(true).open(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_passes_at_a_time_and_another_slot_has_a_gate_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let first = Gate::pass(folder.path(), "https://a", "portal").await;
        let _other_slot = Gate::pass(folder.path(), "https://a", "server").await;
        let second = Gate::pass(folder.path(), "https://a", "portal");
        tokio::pin!(second);
        tokio::select! {
            biased;
            _ = &mut second => panic!("two passed at once"),
            () = sleep(PAUSE * 3) => first.open(),
        }
        let second = second.await;
        assert!(second.0.lock().unwrap().is_some());
    }

    #[tokio::test]
    async fn without_a_folder_there_is_no_gate() {
        let gate = Gate::pass(Path::new("/dev/null"), "https://a", "portal").await;
        assert!(gate.0.lock().unwrap().is_none());
    }
}
