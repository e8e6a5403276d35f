//! What is to be told: kept in the journal before anybody is told, and in memory where the journal does not take it.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use journal::{
    ChannelLock, Ending, IncidentRecord, Journal, JournalError, Message, MessageState, NewMessage, RunId, Tried,
};
use tokio::time::{Instant, sleep};

use super::{Logbook, Record, describe};

/// Between tries to hold a channel.
const PAUSE: Duration = Duration::from_millis(50);

/// What is wrong at a portal for as long as an incident lasts, as the journal names it.
pub(crate) const INCIDENT_KIND: &str = "backup";

/// What is to be told, in the order in which it is.
#[derive(Debug)]
pub(crate) struct Outbox {
    logbook: Logbook,
    /// What the journal did not take. It is told by this process or never; the numbers are below zero.
    memory: Mutex<Vec<Message>>,
    has_warned: AtomicBool,
}

/// What is known of a portal's trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Past {
    /// Nothing, for there is no journal.
    Unknown,
    /// There is none.
    Quiet,
    /// This one is open.
    Open(IncidentRecord),
}

/// What one verdict gives to tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) messages: Vec<NewMessage>,
    /// What becomes of the portal's trouble.
    pub(crate) incident: Option<IncidentRecord>,
}

/// Who tells a channel.
#[derive(Debug)]
pub(crate) enum Hold {
    /// This process, and no other for as long as the lock lives.
    Ours(Option<ChannelLock>),
    /// Another one, which takes its time.
    Theirs,
}

impl Outbox {
    pub(crate) fn of(logbook: &Logbook) -> Self {
        Self { logbook: logbook.clone(), memory: Mutex::default(), has_warned: AtomicBool::new(false) }
    }

    /// Keeps the verdict on a run, what is to be told of it, and what becomes of the trouble, in one step. What is to be told
    /// is asked for again where another process has changed the trouble meanwhile.
    pub(crate) fn conclude(&self, record: &Record, ending: &Ending, portal: &str, letters: impl Fn(&Past) -> Letters) {
        let is_kept = (0..2).any(|_| record.conclude(ending, &letters(&self.past(portal))));
        if !is_kept {
            self.keep(portal, letters);
        }
    }

    /// The same without a run.
    pub(crate) fn keep(&self, portal: &str, letters: impl Fn(&Past) -> Letters) {
        let letters = letters(&self.past(portal));
        let kept = self.ask(|journal| journal.keep_with_incident(&letters.messages, letters.incident.as_ref()));
        if kept.is_none() {
            letters.messages.into_iter().for_each(|message| self.remember(message));
        }
    }

    /// One message more, unless the channel has it.
    pub(crate) fn add(&self, message: NewMessage) {
        if self.ask(|journal| journal.keep(std::slice::from_ref(&message))).is_none() {
            self.remember(message);
        }
    }

    /// What is known of the portal's trouble.
    pub(crate) fn past(&self, portal: &str) -> Past {
        let open = self.ask(|journal| journal.open_incident(portal, INCIDENT_KIND));
        open.map_or(Past::Unknown, |open| open.map_or(Past::Quiet, Past::Open))
    }

    /// What is still to be told, in order.
    pub(crate) fn waiting(&self) -> Vec<Message> {
        let mut waiting = self.ask(Journal::waiting).unwrap_or_default();
        waiting.extend(self.memory().iter().filter(|kept| kept.state == MessageState::Waiting).cloned());
        waiting
    }

    /// Whatever was to be told of a run.
    pub(crate) fn of_run(&self, run: &RunId) -> Vec<Message> {
        let mut messages = self.ask(|journal| journal.messages_of(run)).unwrap_or_default();
        messages.extend(self.memory().iter().filter(|kept| kept.message.run.as_ref() == Some(run)).cloned());
        messages
    }

    /// What came of trying a message.
    pub(crate) fn tried(&self, number: i64, tried: &Tried) {
        if number >= 0 {
            self.ask(|journal| journal.tried(number, tried));
        } else if let Some(kept) = self.memory().iter_mut().find(|kept| kept.number == number) {
            kept.attempts += tried.attempts;
            kept.error.clone_from(&tried.error);
            kept.tried_at = Some(Timestamp::now());
            kept.state = if tried.delivered { MessageState::Delivered } else { MessageState::Waiting };
        }
    }

    /// Gives a message up that can never be delivered as it is.
    pub(crate) fn give_up_one(&self, number: i64) {
        self.ask(|journal| journal.give_up_one(number));
    }

    /// Gives up what has waited since before that moment, and returns it.
    pub(crate) fn give_up(&self, kept_before: Timestamp) -> Vec<Message> {
        self.ask(|journal| journal.give_up(kept_before)).unwrap_or_default()
    }

    /// The receipt of the first message of an incident in a channel.
    pub(crate) fn thread(&self, incident: &str, channel: &str) -> Option<String> {
        self.ask(|journal| journal.thread(incident, channel)).flatten()
    }

    /// Waits until no other process tells the channel anything, so long at most.
    pub(crate) async fn hold(&self, channel: &str, longest: Duration) -> Hold {
        let deadline = Instant::now() + longest;
        loop {
            match self.ask(|journal| journal.hold_channel(channel)) {
                None => return Hold::Ours(None),
                Some(Some(lock)) => return Hold::Ours(Some(lock)),
                Some(None) if Instant::now() >= deadline => return Hold::Theirs,
                Some(None) => sleep(PAUSE).await,
            }
        }
    }

    /// Whether what is kept outlives this process.
    pub(crate) fn is_durable(&self) -> bool {
        self.logbook.journal.is_some() && self.memory().is_empty()
    }

    fn remember(&self, message: NewMessage) {
        let mut memory = self.memory();
        let is_same = |kept: &Message| kept.message.channel == message.channel && kept.message.key == message.key;
        if memory.iter().any(is_same) {
            return;
        }
        let number = -1 - i64::try_from(memory.len()).unwrap_or(i64::MAX - 1);
        memory.push(Message {
            number,
            message,
            state: MessageState::Waiting,
            attempts: 0,
            error: None,
            kept_at: Timestamp::now(),
            tried_at: None,
            receipt: None,
        });
    }

    fn memory(&self) -> MutexGuard<'_, Vec<Message>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask<T>(&self, question: impl FnOnce(&Journal) -> Result<T, JournalError>) -> Option<T> {
        let journal: &Arc<Journal> = self.logbook.journal.as_ref()?;
        match question(journal) {
            Ok(answer) => Some(answer),
            Err(error) => {
                if !self.has_warned.swap(true, Ordering::Relaxed) {
                    let why = describe(&error);
                    self.logbook.console.warn(&format!("{why}; what cannot be told now may be lost, or told twice"));
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
