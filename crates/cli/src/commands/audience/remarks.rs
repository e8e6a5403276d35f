//! What is said on standard error of messages that are not about this run.

use std::collections::BTreeMap;

use journal::{Message, RunId};
use notify::{Notice, one_line};

use super::Sending;
use crate::{console::Console, words};

/// Says what became of messages from before.
pub(super) fn earlier(sending: &Sending, run: Option<&RunId>, console: &Console) {
    let is_earlier = |message: &Message| run.is_some() && message.message.run.as_ref() != run;
    for tried in sending.tried.iter().filter(|tried| is_earlier(&tried.message)) {
        let told = sending.notification(&tried.message);
        let what = about(&tried.message);
        match told.is_told() {
            true => console.talk(&format!("{} was told late: {what}", told.name)),
            false => console.warn(&format!("{} was not told again: {what}: {}", told.name, told.why_not())),
        }
    }
}

/// For each channel that the settings do not name any more, what waits for it.
pub(super) fn absent(waiting: &[Message], present: &[String]) -> Vec<String> {
    let mut counts = BTreeMap::<&str, usize>::new();
    let names = waiting.iter().map(|message| message.message.channel.as_str());
    names.filter(|name| present.iter().all(|present| present != name)).for_each(|name| {
        *counts.entry(name).or_default() += 1;
    });
    counts.iter().map(|(name, count)| format!("{}: {name}, which the settings do not name", waits(*count))).collect()
}

fn waits(count: usize) -> String {
    match count {
        1 => "1 message waits for a channel".to_owned(),
        count => format!("{count} messages wait for a channel"),
    }
}

/// That a message is given up, which must be heard.
pub(super) fn given_up(message: &Message) -> String {
    let why = message.error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
    format!("{} was never told, and nobody tries any more: {}{why}", message.message.channel, about(message))
}

/// A message in a line: its subject, and when it was kept.
fn about(message: &Message) -> String {
    format!("{:?} of {}", subject(message), words::time(message.kept_at))
}

/// What a message is about, in a line.
pub(crate) fn subject(message: &Message) -> String {
    let notice: Option<Notice> = serde_json::from_str(&message.message.notice).ok();
    notice.map_or_else(|| "a notice".to_owned(), |notice| one_line(&notice.subject))
}
