//! What is to be told: kept before anybody is told, tried in order, given up with a word.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Params, Row, Transaction, params};

use super::look::{time, time_if_any};
use super::{Journal, steps::now};
use crate::error::{Fault, JournalError, JournalErrorKind};
use crate::lock::ChannelLock;
use crate::message::{Message, MessageState, NewMessage, Tried};
use crate::run_id::RunId;

impl Journal {
    /// Keeps messages; to be called before the first of them is tried. One that is kept already stays as it is.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn keep(&self, messages: &[NewMessage]) -> Result<(), JournalError> {
        self.write("keep what is to be told", |transaction| keep(transaction, messages))
    }

    /// What is still to be told, in the order in which it was kept.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn waiting(&self) -> Result<Vec<Message>, JournalError> {
        self.read("look for what is to be told", |transaction| {
            messages(transaction, "WHERE state = 'waiting' ORDER BY place", [])
        })
    }

    /// Whatever was kept for a run, in the order in which it was kept.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn messages_of(&self, run: &RunId) -> Result<Vec<Message>, JournalError> {
        self.read("look for what a run told", |transaction| messages_of(transaction, run))
    }

    /// What came of trying a message. Tries are added up; what was delivered once stays delivered.
    ///
    /// # Errors
    ///
    /// [`JournalErrorKind::Missing`] if there is no such message.
    pub fn tried(&self, number: i64, tried: &Tried) -> Result<(), JournalError> {
        self.write("record what was told", |transaction| {
            let changed = transaction.execute(
                "UPDATE outbox SET attempts = attempts + ?2, tried_at = ?6, receipt = coalesce(?5, receipt),
                     error = iif(state = 'delivered' OR ?3, NULL, ?4), state = iif(?3, 'delivered', state)
                 WHERE place = ?1",
                params![number, tried.attempts, tried.delivered, tried.error, tried.receipt, now()],
            )?;
            let missing = || Fault::new(JournalErrorKind::Missing, format!("no message has the number {number}"));
            if changed == 0 { Err(missing()) } else { Ok(()) }
        })
    }

    /// Gives up one message that nobody can deliver as it is, whatever its age. One that was delivered stays so.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn give_up_one(&self, number: i64) -> Result<(), JournalError> {
        self.write("give up what could not be told", |transaction| {
            let waiting = "UPDATE outbox SET state = 'given_up' WHERE place = ?1 AND state = 'waiting'";
            transaction.execute(waiting, [number])?;
            Ok(())
        })
    }

    /// Gives up what has waited since before `kept_before`, and returns it, so that somebody can be told loudly.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn give_up(&self, kept_before: Timestamp) -> Result<Vec<Message>, JournalError> {
        self.write("give up what could not be told", |transaction| {
            let which = "WHERE state = 'waiting' AND kept_at < ?1 ORDER BY place";
            let given_up = messages(transaction, which, [kept_before.as_microsecond()])?;
            for message in &given_up {
                transaction.execute("UPDATE outbox SET state = 'given_up' WHERE place = ?1", [message.number])?;
            }
            Ok(given_up.into_iter().map(|message| Message { state: MessageState::GivenUp, ..message }).collect())
        })
    }

    /// The service's id of the first message of an incident in a channel, to which the next ones are replies.
    ///
    /// # Errors
    ///
    /// Those that every call can have.
    pub fn thread(&self, incident: &str, channel: &str) -> Result<Option<String>, JournalError> {
        self.read("look for the thread of an incident", |transaction| {
            let first = "SELECT receipt FROM outbox WHERE incident = ?1 AND channel = ?2 AND receipt IS NOT NULL
                         ORDER BY place LIMIT 1";
            Ok(transaction.query_row(first, [incident, channel], |row| row.get(0)).optional()?)
        })
    }

    /// Holds a channel, so that no other process tells it the same at the same moment; `None` while another one holds it.
    ///
    /// # Errors
    ///
    /// [`Unwritable`](JournalErrorKind::Unwritable) and [`Full`](JournalErrorKind::Full) by the disk.
    pub fn hold_channel(&self, channel: &str) -> Result<Option<ChannelLock>, JournalError> {
        let held = self.locks.hold_channel(channel).map_err(Fault::from);
        held.map_err(|fault| fault.during("hold a channel", &self.path))
    }
}

pub(super) fn keep(transaction: &Transaction<'_>, messages: &[NewMessage]) -> Result<(), Fault> {
    for message in messages {
        let NewMessage { channel, key, portal, run, incident, notice } = message;
        transaction.execute(
            "INSERT INTO outbox (channel, key, portal, run, incident, notice, kept_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            params![channel, key, portal, run.as_ref().map(RunId::as_str), incident, notice, now()],
        )?;
    }
    Ok(())
}

pub(super) fn messages_of(transaction: &Transaction<'_>, run: &RunId) -> Result<Vec<Message>, Fault> {
    messages(transaction, "WHERE run = ?1 ORDER BY place", [run.as_str()])
}

fn messages(transaction: &Transaction<'_>, which: &str, params: impl Params) -> Result<Vec<Message>, Fault> {
    let mut statement = transaction.prepare(&format!("SELECT * FROM outbox {which}"))?;
    let mut rows = statement.query(params)?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        messages.push(message(row)?);
    }
    Ok(messages)
}

fn message(row: &Row<'_>) -> Result<Message, Fault> {
    let run: Option<String> = row.get("run")?;
    let run = run.map(|run| RunId::from_text(&run)).transpose().map_err(|_| JournalErrorKind::Damaged)?;
    Ok(Message {
        number: row.get("place")?,
        message: NewMessage {
            channel: row.get("channel")?,
            key: row.get("key")?,
            portal: row.get("portal")?,
            run,
            incident: row.get("incident")?,
            notice: row.get("notice")?,
        },
        state: MessageState::from_word(&row.get::<_, String>("state")?).ok_or(JournalErrorKind::Damaged)?,
        attempts: row.get("attempts")?,
        error: row.get("error")?,
        kept_at: time(row, "kept_at")?,
        tried_at: time_if_any(row, "tried_at")?,
        receipt: row.get("receipt")?,
    })
}
