//! What is to be told, kept until it is told or given up.

use jiff::Timestamp;

use crate::run_id::RunId;

/// A message for one channel that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// The channel's name in the settings.
    pub channel: String,
    /// What tells the message from every other one of this channel. Keeping the same one again changes nothing.
    pub key: String,
    /// The portal's address, letter for letter.
    pub portal: String,
    /// The run that it tells of.
    pub run: Option<RunId>,
    /// The incident that it belongs to.
    pub incident: Option<String>,
    /// What is to be told, as a JSON text.
    pub notice: String,
}

/// A message that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number. Those of one channel are told in the order of their numbers.
    pub number: i64,
    /// What was kept.
    pub message: NewMessage,
    /// What became of it.
    pub state: MessageState,
    /// How often it was tried, over all processes. After a crash it may have been tried once more than this says.
    pub attempts: u32,
    /// Why the last try did not work.
    pub error: Option<String>,
    /// When it was kept.
    pub kept_at: Timestamp,
    /// When the last tries were recorded; never, as long as there were none.
    pub tried_at: Option<Timestamp>,
    /// The service's own id of the message, where the channel told one.
    pub receipt: Option<String>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// It is still to be told.
    Waiting,
    /// The channel took it over; that stays.
    Delivered,
    /// It waited too long, and nobody tries any more.
    GivenUp,
}

impl MessageState {
    /// The word by which it is kept and shown: `waiting`, `delivered`, `given_up`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Waiting, Self::Delivered, Self::GivenUp].into_iter().find(|state| state.as_str() == word)
    }
}

/// What came of trying a message, once or several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Whether the channel took it over.
    pub delivered: bool,
    /// How often it was tried this time.
    pub attempts: u32,
    /// Why it did not work, without a secret.
    pub error: Option<String>,
    /// The service's own id of the message.
    pub receipt: Option<String>,
}
