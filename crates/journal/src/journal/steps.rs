//! The steps of a run, in the order in which they are recorded.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Journal, known_phase, phase, prune};
use crate::error::{Fault, JournalError, JournalErrorKind};
use crate::lock::RunLock;
use crate::phase::Phase;
use crate::run::{Ending, NewRun};
use crate::run_id::RunId;

/// Two heartbeats that are kept are at least so far apart.
const HEARTBEAT_MICROSECONDS: u64 = 1_000_000;

impl Journal {
    /// A run begins; to be called before its first request. The run is held until the lock is dropped.
    ///
    /// This is also when runs are forgotten: those that are closed and not among the newest 1000.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::Exists`] if there is a run with this id.
    pub fn begin(&self, run: &NewRun) -> Result<RunLock, JournalError> {
        self.write("record the beginning of a run", |transaction| {
            if phase(transaction, &run.id)?.is_some() {
                return Err(JournalErrorKind::Exists.into());
            }
            prune::prune(transaction, &self.locks)?;
            let lock = self.locks.take(&run.id)?.ok_or(JournalErrorKind::Exists)?;
            insert(transaction, run)?;
            Ok(lock)
        })
    }

    /// The request that starts the backup is sent next. `previous_task` is the task that the portal remembers now: whatever
    /// is found there later under another id may be ours.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::OutOfOrder`] unless the run is at [`Phase::Begun`]: a run starts one backup at most. A caller
    /// that is told so must not send the request. [`JournalErrorKind::Missing`] if there is no such run.
    pub fn about_to_start(&self, run: &RunId, previous_task: Option<&str>) -> Result<(), JournalError> {
        self.write("record that a backup is about to start", |transaction| {
            at_one_of(transaction, run, &[Phase::Begun])?;
            transaction.execute(
                "UPDATE runs SET phase = 'starting', previous_task = ?2, started_at = ?3, alive_at = ?3 WHERE id = ?1",
                params![run.as_str(), previous_task, now()],
            )?;
            Ok(())
        })
    }

    /// The backup is known by its task. `joined` says that it ran before the run came. Recording the same task again
    /// changes nothing.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::OutOfOrder`] if the run has ended, or is bound to another task. [`JournalErrorKind::Missing`]
    /// if there is no such run.
    pub fn bound(&self, run: &RunId, task: &str, joined: bool) -> Result<(), JournalError> {
        self.write("record the task of a backup", |transaction| {
            at_one_of(transaction, run, &[Phase::Begun, Phase::Starting, Phase::Bound])?;
            match text(transaction, "SELECT task FROM runs WHERE id = ?1", run)? {
                Some(known) if known == task => return Ok(()),
                Some(known) => return Err(out_of_order(format!("it is bound to the task {known:?}"))),
                None => {}
            }
            transaction.execute(
                "UPDATE runs SET phase = 'bound', task = ?2, joined = ?3, alive_at = ?4 WHERE id = ?1",
                params![run.as_str(), task, joined, now()],
            )?;
            Ok(())
        })
    }

    /// The process lives, and the backup is so far, 0 to 100. Cheap: within a second after the last sign of life nothing is
    /// written.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::OutOfOrder`] if the run is closed; [`JournalErrorKind::Missing`] if there is no such run.
    pub fn alive(&self, run: &RunId, progress: u8) -> Result<(), JournalError> {
        self.alive_at(run, progress, now())
    }

    pub(super) fn alive_at(&self, run: &RunId, progress: u8, now: i64) -> Result<(), JournalError> {
        let operation = "record a sign of life";
        let is_due = self.read(operation, |transaction| {
            at_one_of(transaction, run, &[Phase::Begun, Phase::Starting, Phase::Bound, Phase::Ended])?;
            let last: i64 =
                transaction.query_row("SELECT alive_at FROM runs WHERE id = ?1", [run.as_str()], |row| row.get(0))?;
            Ok(now.abs_diff(last) >= HEARTBEAT_MICROSECONDS) // a clock that was set back silences nothing
        })?;
        if !is_due {
            return Ok(());
        }
        self.write(operation, |transaction| {
            transaction.execute(
                "UPDATE runs SET progress = ?2, alive_at = ?3 WHERE id = ?1",
                params![run.as_str(), progress, now],
            )?;
            Ok(())
        })
    }

    /// The verdict is known. Recording another one later replaces it, for example with a report that also says who was told;
    /// the time of the first stays.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::OutOfOrder`] if the run is closed; [`JournalErrorKind::Missing`] if there is no such run.
    pub fn ended(&self, run: &RunId, ending: &Ending) -> Result<(), JournalError> {
        self.write("record the end of a run", |transaction| end(transaction, run, ending))
    }

    /// Everything is done, also where somebody could not be told and that is given up. Closing a closed run changes nothing.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::OutOfOrder`] if no verdict was recorded: such a run is still to be taken up.
    /// [`JournalErrorKind::Missing`] if there is no such run.
    pub fn closed(&self, run: &RunId) -> Result<(), JournalError> {
        self.write("record that a run is done with", |transaction| {
            at_one_of(transaction, run, &[Phase::Ended, Phase::Closed])?;
            transaction.execute("UPDATE runs SET phase = 'closed' WHERE id = ?1", [run.as_str()])?;
            Ok(())
        })?;
        self.locks.remove(run);
        Ok(())
    }
}

fn insert(transaction: &Transaction<'_>, run: &NewRun) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO runs (id, portal, profile, scope, ordered, begun_at, alive_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        params![run.id.as_str(), run.portal, run.profile, run.scope, run.order, run.at.as_microsecond()],
    )?;
    Ok(())
}

pub(super) fn end(transaction: &Transaction<'_>, run: &RunId, ending: &Ending) -> Result<(), Fault> {
    at_one_of(transaction, run, &[Phase::Begun, Phase::Starting, Phase::Bound, Phase::Ended])?;
    transaction.execute(
        "UPDATE runs SET phase = 'ended', outcome = ?2, exit_code = ?3, report = ?4,
             ended_at = coalesce(ended_at, ?5), alive_at = ?5 WHERE id = ?1",
        params![run.as_str(), ending.outcome, ending.exit_code, ending.report, now()],
    )?;
    Ok(())
}

/// Refuses the step, unless the run is at one of these.
fn at_one_of(transaction: &Transaction<'_>, run: &RunId, allowed: &[Phase]) -> Result<(), Fault> {
    let phase = known_phase(transaction, run)?;
    if allowed.contains(&phase) { Ok(()) } else { Err(out_of_order(format!("the run {run} stands at \"{phase}\""))) }
}

fn out_of_order(cause: String) -> Fault {
    Fault::new(JournalErrorKind::OutOfOrder, cause)
}

fn text(transaction: &Transaction<'_>, query: &str, run: &RunId) -> Result<Option<String>, Fault> {
    let found = transaction.query_row(query, [run.as_str()], |row| row.get::<_, Option<String>>(0)).optional()?;
    Ok(found.flatten())
}

pub(super) fn now() -> i64 {
    Timestamp::now().as_microsecond()
}
