//! What Slack's methods answer: almost always 200, with a word for what is wrong.

use serde_json::Value;

use crate::{
    NotifyError, NotifyErrorKind,
    http::{Answer, Endpoint},
};

/// Why a message was not posted.
pub(super) enum Refusal {
    /// The blocks: plain text may do.
    Card(NotifyError),
    /// The thread: the channel itself may do.
    Thread(NotifyError),
    /// Anything else.
    Failed(NotifyError),
}

impl Refusal {
    pub(super) fn into_error(self) -> NotifyError {
        match self {
            Self::Card(error) | Self::Thread(error) | Self::Failed(error) => error,
        }
    }

    fn of(word: &str, error: NotifyError) -> Self {
        match word {
            "invalid_blocks" | "invalid_blocks_format" | "msg_blocks_too_long" => Self::Card(error),
            "thread_not_found"
            | "message_not_found"
            | "invalid_thread_ts"
            | "cannot_reply_to_message"
            | "restricted_action_non_threadable_channel" => Self::Thread(error),
            _ => Self::Failed(error),
        }
    }
}

/// Whether Slack did what it was asked for; the answer is the `ts` of the message, if it is about one.
pub(super) fn read(endpoint: &Endpoint, answer: &Answer) -> Result<Option<String>, Refusal> {
    let json = answer.json();
    let word = json["error"].as_str().filter(|word| is_word(word));
    match (answer.status.as_u16(), &json["ok"], word) {
        (200, Value::Bool(true), _) => Ok(json["ts"].as_str().filter(|ts| is_ts(ts)).map(str::to_owned)),
        (200, _, Some(word)) => {
            let error = NotifyError::new(endpoint.name(), kind(word), "refused by Slack").with_cause(word);
            Err(Refusal::of(word, error))
        }
        (_, _, word) => Err(Refusal::Failed(endpoint.refused_saying(answer, word))),
    }
}

/// Words for trouble that passes; all others stay true however often they are asked.
fn kind(word: &str) -> NotifyErrorKind {
    match word {
        "ratelimited"
        | "rate_limited"
        | "internal_error"
        | "fatal_error"
        | "service_unavailable"
        | "request_timeout"
        | "team_added_to_org" => NotifyErrorKind::Transient { retry_after: None },
        _ => NotifyErrorKind::Permanent,
    }
}

/// Slack's words are of this form; what is not may quote anything.
fn is_word(text: &str) -> bool {
    (1..=60).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// `1503435956.000247`.
fn is_ts(text: &str) -> bool {
    (1..=60).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
