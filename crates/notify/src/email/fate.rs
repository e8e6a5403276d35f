//! What became of each recipient, over all tries of a notice.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use lettre::{Address, transport::smtp};

use super::{
    failure::{Failure, words},
    relay::Relay,
};
use crate::{NotifyError, NotifyErrorKind};

/// What the server said to one recipient.
pub(super) type Answer = Result<(), Refusal>;

/// One recipient in one try.
pub(super) struct Fate {
    pub(super) address: Address,
    pub(super) answer: Answer,
}

/// Why one recipient does not get the mail, in the server's words.
#[derive(Clone)]
pub(super) enum Refusal {
    ForNow(String),
    ForGood(String),
}

impl Refusal {
    /// Reads a refusal; an error that says nothing about the recipient is a failure of the whole conversation.
    pub(super) fn of(error: &smtp::Error, relay: &Relay) -> Result<Self, Failure> {
        let closing = error.status().is_some_and(|code| u16::from(code) == 421);
        if error.is_permanent() {
            Ok(Self::ForGood(words(error, relay)))
        } else if error.is_transient() && !closing {
            Ok(Self::ForNow(words(error, relay)))
        } else {
            Err(Failure::new("the mail was cut off by", relay, error))
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::ForNow(words) | Self::ForGood(words) => words,
        }
    }
}

/// What a try means for the notice: `all` recipients were meant, `fates` are those of this try.
pub(super) fn verdict(channel: &str, fates: &[Fate], all: usize) -> Result<(), NotifyError> {
    let refusals = || fates.iter().filter_map(|fate| Some((&fate.address, fate.answer.as_ref().err()?)));
    let (refused, told) = (refusals().count(), all - refusals().count());
    if refused == 0 {
        return Ok(());
    }
    let kind = match told {
        _ if refusals().any(|(_, refusal)| matches!(refusal, Refusal::ForNow(_))) => {
            NotifyErrorKind::Transient { retry_after: None }
        }
        0 => NotifyErrorKind::Permanent,
        _ => NotifyErrorKind::PartlyDelivered,
    };
    let names: Vec<_> = refusals().map(|(address, _)| address.to_string()).collect();
    let words: Vec<_> = refusals().map(|(address, refusal)| format!("{address}: {}", refusal.words())).collect();
    let message = format!("not delivered to {}; {told} of {all} recipients have it", names.join(", "));
    Err(NotifyError::new(channel, kind, message).with_cause(words.join("; ")))
}

/// Who has which notice already, so that another try leaves them alone.
#[derive(Debug, Default)]
pub(super) struct Told(Mutex<VecDeque<(String, Address)>>);

impl Told {
    /// Beyond this the oldest are forgotten.
    const MOST: usize = 1_000;

    pub(super) fn of(&self, key: &str) -> Vec<Address> {
        let told = self.lock();
        let same = told.iter().filter(|(known, _)| known == key);
        same.map(|(_, address)| address.clone()).collect()
    }

    pub(super) fn add(&self, key: &str, fates: &[Fate]) {
        let mut told = self.lock();
        let reached = fates.iter().filter(|fate| fate.answer.is_ok());
        told.extend(reached.map(|fate| (key.to_owned(), fate.address.clone())));
        let over = told.len().saturating_sub(Self::MOST);
        told.drain(..over);
    }

    pub(super) fn forget(&self, key: &str) {
        self.lock().retain(|(known, _)| known != key);
    }

    /// A panic elsewhere leaves the list whole, so a poisoned lock is no reason to stop.
    fn lock(&self) -> MutexGuard<'_, VecDeque<(String, Address)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
