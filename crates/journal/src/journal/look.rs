//! Looking at runs, and taking them up again.

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Params, Row, Transaction, params};

use super::{Journal, known_phase, outbox};
use crate::error::{Fault, JournalError, JournalErrorKind};
use crate::lock::RunLock;
use crate::phase::Phase;
use crate::run::{RunFilter, RunRecord};
use crate::run_id::RunId;

impl Journal {
    /// The runs of this portal and scope that are not closed and whose process is gone, oldest first. Take one up with
    /// [`Self::claim`].
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn unfinished(&self, portal: &str, scope: &str) -> Result<Vec<RunRecord>, JournalError> {
        // Trying a lock takes it for a moment: other processes must not look just then.
        self.write("look for unfinished runs", |transaction| {
            let unfinished = "WHERE phase <> 'closed' AND portal = ?1 AND scope = ?2 ORDER BY place";
            let mut runs = records(transaction, unfinished, [portal, scope])?;
            runs.retain(|run| !self.locks.is_held(&run.id));
            Ok(runs)
        })
    }

    /// Runs, newest first; the order is that of their beginning, whatever the clock said then.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn runs(&self, filter: &RunFilter) -> Result<Vec<RunRecord>, JournalError> {
        let limit = filter.limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
        self.read("list the runs", |transaction| {
            let chosen = "WHERE ?1 IS NULL OR portal = ?1 ORDER BY place DESC LIMIT ?2";
            records(transaction, chosen, params![filter.portal, limit])
        })
    }

    /// One run; none if there is none with this id, or if it has been forgotten.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn run(&self, id: &RunId) -> Result<Option<RunRecord>, JournalError> {
        self.read("look for a run", |transaction| Ok(records(transaction, "WHERE id = ?1", [id.as_str()])?.pop()))
    }

    /// Takes over a run whose process is gone. None if a process has it, this one included, or if it is closed. Read the run
    /// anew afterwards: it may have come further since it was listed.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::Missing`] if there is no such run.
    pub fn claim(&self, run: &RunId) -> Result<Option<RunLock>, JournalError> {
        self.write("take over a run", |transaction| match known_phase(transaction, run)? {
            Phase::Closed => Ok(None),
            Phase::Begun | Phase::Starting | Phase::Bound | Phase::Ended => Ok(self.locks.take(run)?),
        })
    }
}

/// The runs that `which` selects and orders.
fn records(transaction: &Transaction<'_>, which: &str, params: impl Params) -> Result<Vec<RunRecord>, Fault> {
    let mut runs = transaction.prepare(&format!("SELECT * FROM runs {which}"))?;
    let mut rows = runs.query(params)?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        let run = record(row)?;
        let messages = outbox::messages_of(transaction, &run.id)?;
        records.push(RunRecord { messages, ..run });
    }
    Ok(records)
}

/// A run without its messages.
fn record(row: &Row<'_>) -> Result<RunRecord, Fault> {
    Ok(RunRecord {
        id: RunId::from_text(&row.get::<_, String>("id")?).map_err(|_| JournalErrorKind::Damaged)?,
        portal: row.get("portal")?,
        profile: row.get("profile")?,
        scope: row.get("scope")?,
        order: row.get("ordered")?,
        phase: Phase::from_word(&row.get::<_, String>("phase")?)?,
        previous_task: row.get("previous_task")?,
        task: row.get("task")?,
        joined: row.get("joined")?,
        progress: row.get("progress")?,
        outcome: row.get("outcome")?,
        exit_code: row.get("exit_code")?,
        report: row.get("report")?,
        begun_at: time(row, "begun_at")?,
        started_at: time_if_any(row, "started_at")?,
        alive_at: time(row, "alive_at")?,
        ended_at: time_if_any(row, "ended_at")?,
        messages: Vec::new(),
    })
}

pub(super) fn time(row: &Row<'_>, column: &str) -> Result<Timestamp, Fault> {
    Timestamp::from_microsecond(row.get(column)?).map_err(|error| Fault::new(JournalErrorKind::Damaged, error))
}

pub(super) fn time_if_any(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>, Fault> {
    if row.get_ref(column)? == ValueRef::Null { Ok(None) } else { time(row, column).map(Some) }
}
