//! The journal: one connection, and one transaction for each call.

mod incidents;
mod look;
mod outbox;
mod prune;
mod steps;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::database;
use crate::error::{Fault, JournalError, JournalErrorKind};
use crate::lock::LockFolder;
use crate::phase::Phase;
use crate::private;
use crate::run_id::RunId;

/// The record of this machine's runs, over one connection.
///
/// Threads may share it; their calls take turns. Several processes, each with its own, may share the folder.
#[derive(Debug)]
pub struct Journal {
    connection: Mutex<Connection>,
    path: PathBuf,
    locks: LockFolder,
}

impl Journal {
    /// Opens the journal in this folder. What is missing is made, for the owner alone (folder 0700, files 0600); what is
    /// there keeps its permissions.
    ///
    /// # Errors
    ///
    /// [`Unwritable`](JournalErrorKind::Unwritable), [`Full`](JournalErrorKind::Full) and [`Busy`](JournalErrorKind::Busy)
    /// by the disk and by other processes; [`Newer`](JournalErrorKind::Newer) and [`Damaged`](JournalErrorKind::Damaged)
    /// by the file that is there, which is left as it is.
    pub fn open(folder: &Path) -> Result<Self, JournalError> {
        let path = folder.join("journal.db");
        Self::open_file(folder, &path).map_err(|fault| fault.during("open the journal", &path))
    }

    fn open_file(folder: &Path, path: &Path) -> Result<Self, Fault> {
        private::create_folder(folder)?;
        let connection = Mutex::new(database::open(path)?);
        let locks = LockFolder::create(folder.join("runs"))?;
        Ok(Self { connection, path: path.to_owned(), locks })
    }

    /// Does `work` as a whole or not at all, while no other process writes.
    fn write<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, JournalError> {
        self.transact(TransactionBehavior::Immediate, work).map_err(|fault| fault.during(operation, &self.path))
    }

    /// Does `work` on what was recorded at one moment.
    fn read<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, JournalError> {
        self.transact(TransactionBehavior::Deferred, work).map_err(|fault| fault.during(operation, &self.path))
    }

    fn transact<T>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        // A panic within a transaction has rolled it back, so nothing half done lies behind a poisoned mutex.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(behavior)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

/// How far a run has come; none if there is no such run.
fn phase(transaction: &Transaction<'_>, run: &RunId) -> Result<Option<Phase>, Fault> {
    let word = transaction.query_row("SELECT phase FROM runs WHERE id = ?1", params![run.as_str()], |row| row.get(0));
    word.optional()?.map(|word: String| Phase::from_word(&word)).transpose()
}

fn known_phase(transaction: &Transaction<'_>, run: &RunId) -> Result<Phase, Fault> {
    phase(transaction, run)?.ok_or_else(|| Fault::new(JournalErrorKind::Missing, format!("no run has the id {run}")))
}
