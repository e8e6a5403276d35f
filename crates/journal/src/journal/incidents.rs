//! Incidents, and the one step in which a verdict, what is to be told of it and its incident are recorded together.

use rusqlite::{Row, Transaction, params};

use super::look::{time, time_if_any};
use super::{Journal, outbox, steps};
use crate::error::{Fault, JournalError};
use crate::incident::IncidentRecord;
use crate::message::NewMessage;
use crate::run::Ending;
use crate::run_id::RunId;

impl Journal {
    /// The incident of this kind that is open at the portal.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn open_incident(&self, portal: &str, kind: &str) -> Result<Option<IncidentRecord>, JournalError> {
        self.read("look for an open incident", |transaction| {
            let open = "SELECT * FROM incidents WHERE portal = ?1 AND kind = ?2 AND closed_at IS NULL";
            let mut statement = transaction.prepare(open)?;
            let mut rows = statement.query([portal, kind])?;
            rows.next()?.map(record).transpose()
        })
    }

    /// The verdict on a run, what is to be told of it, and what becomes of its incident, all of it or nothing: whoever
    /// finds the verdict later finds what is owed for it.
    ///
    /// # Errors
    ///
    /// As for [`ended`](Self::ended).
    pub fn conclude(
        &self,
        run: &RunId,
        ending: &Ending,
        messages: &[NewMessage],
        incident: Option<&IncidentRecord>,
    ) -> Result<(), JournalError> {
        self.write("record the end of a run and what is to be told", |transaction| {
            steps::end(transaction, run, ending)?;
            outbox::keep(transaction, messages)?;
            incident.map_or(Ok(()), |incident| put(transaction, incident))
        })
    }

    /// The same without a run: for what is noticed from outside.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn keep_with_incident(
        &self,
        messages: &[NewMessage],
        incident: Option<&IncidentRecord>,
    ) -> Result<(), JournalError> {
        self.write("keep what is to be told", |transaction| {
            outbox::keep(transaction, messages)?;
            incident.map_or(Ok(()), |incident| put(transaction, incident))
        })
    }
}

fn put(transaction: &Transaction<'_>, incident: &IncidentRecord) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO incidents (id, portal, kind, opened_at, closed_at, failures, told_at, times_told)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (id) DO UPDATE SET closed_at = excluded.closed_at, failures = excluded.failures,
                 told_at = excluded.told_at, times_told = excluded.times_told",
        params![
            incident.id,
            incident.portal,
            incident.kind,
            incident.opened_at.as_microsecond(),
            incident.closed_at.map(jiff::Timestamp::as_microsecond),
            incident.failures,
            incident.told_at.as_microsecond(),
            incident.times_told,
        ],
    )?;
    Ok(())
}

fn record(row: &Row<'_>) -> Result<IncidentRecord, Fault> {
    Ok(IncidentRecord {
        id: row.get("id")?,
        portal: row.get("portal")?,
        kind: row.get("kind")?,
        opened_at: time(row, "opened_at")?,
        closed_at: time_if_any(row, "closed_at")?,
        failures: row.get("failures")?,
        told_at: time(row, "told_at")?,
        times_told: row.get("times_told")?,
    })
}
