//! How one channel fared with one notice, as reports tell it.

use journal::{Message, MessageState};
use notify::Delivery;
use serde_json::{Value, json};

use crate::words;

/// How one channel fared with one notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notification {
    /// The channel.
    pub(crate) name: String,
    pub(crate) status: Status,
    /// How often it was tried, over all processes.
    pub(crate) attempts: u32,
    /// Why the last try did not work.
    pub(crate) error: Option<String>,
    /// The channel in whose place this one is told.
    pub(crate) in_place_of: Option<String>,
}

/// What became of a notice in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// The channel took it over.
    Delivered,
    /// It was tried in vain.
    Failed,
    /// It was not tried, because an earlier one has to go first, or another process tells this channel just now.
    Waiting,
    /// Nobody tries any more.
    GivenUp,
}

impl Status {
    /// The word for it in documents.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Waiting => "waiting",
            Self::GivenUp => "given_up",
        }
    }
}

impl Notification {
    /// What the journal knows of a message.
    pub(crate) fn of_message(message: &Message) -> Self {
        let status = match message.state {
            MessageState::Delivered => Status::Delivered,
            MessageState::GivenUp => Status::GivenUp,
            MessageState::Waiting if message.tried_at.is_some() => Status::Failed,
            MessageState::Waiting => Status::Waiting,
        };
        let (attempts, error) = (message.attempts, message.error.clone());
        Self { name: message.message.channel.clone(), status, attempts, error, in_place_of: None }
    }

    /// What became of a notice that is kept nowhere.
    pub(crate) fn of_delivery(delivery: &Delivery) -> Self {
        let error = delivery.result.as_ref().err().map(words::why_not_told);
        let status = if error.is_none() { Status::Delivered } else { Status::Failed };
        Self { name: delivery.name.clone(), status, attempts: delivery.attempts, error, in_place_of: None }
    }

    /// Whether somebody has it.
    pub(crate) fn is_told(&self) -> bool {
        self.status == Status::Delivered
    }

    /// Why nobody has it yet.
    pub(crate) fn why_not(&self) -> &str {
        self.error.as_deref().unwrap_or("an earlier message has to go first, or another run is telling this channel")
    }

    /// For programs.
    pub(crate) fn document(&self) -> Value {
        let mut document = json!({
            "name": self.name,
            "status": self.status.as_str(),
            "attempts": self.attempts,
            "error": self.error,
        });
        if let Some(channel) = &self.in_place_of {
            document["fallback_for"] = channel.as_str().into();
        }
        document
    }
}
