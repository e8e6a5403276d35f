//! Sending what waits: each channel in the order kept, the channels side by side, in the place of a channel its fallback.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use journal::{Message, MessageState, NewMessage, RunId, Tried};
use notify::{Delivery, Notice, NotifyError, NotifyErrorKind, Subscription, deliver_one, in_place_of};
use tokio::time::Instant;

use crate::{
    logbook::{Hold, Outbox},
    report::{Notification, Status},
    words,
};

/// What came of sending what waits.
#[derive(Debug, Default)]
pub(crate) struct Sending {
    /// What was tried, each message once.
    pub(crate) tried: Vec<Attempt>,
    /// What was given to a fallback meanwhile.
    moved: Vec<Moved>,
}

/// What came of one message.
#[derive(Debug)]
pub(crate) struct Attempt {
    /// The message as it was before.
    pub(crate) message: Message,
    attempts: u32,
    result: Result<(), NotifyError>,
}

/// A message that a fallback got.
#[derive(Debug)]
struct Moved {
    from: String,
    to: String,
    key: String,
}

impl Sending {
    /// Sends whatever waits for these channels. A channel that fails for the moment gets no later message, so that the order
    /// is kept; a message that is refused for good holds no later one up. Both wait for the next command.
    pub(crate) async fn of(outbox: &Outbox, subscriptions: &[Subscription]) -> Self {
        let mut sending = Self::default();
        sending.round(outbox, &subscriptions.iter().collect::<Vec<_>>()).await;
        // A fallback may have a fallback, but none comes twice.
        for _ in subscriptions {
            let fallbacks = sending.move_on(outbox, subscriptions);
            if fallbacks.is_empty() {
                break;
            }
            sending.round(outbox, &fallbacks).await;
        }
        sending
    }

    /// How each channel fared with what was to be told of the run.
    pub(crate) fn of_run(&self, outbox: &Outbox, run: &RunId) -> Vec<Notification> {
        outbox.of_run(run).iter().map(|message| self.notification(message)).collect()
    }

    /// How a channel fared with the message, as it is kept now.
    pub(crate) fn notification(&self, message: &Message) -> Notification {
        let tried = self.tried.iter().find(|tried| tried.message.number == message.number);
        let known = tried.map_or_else(|| Notification::of_message(message), Attempt::notification);
        // One that an earlier process tried in vain has waited this time.
        let has_waited = tried.is_none() && known.status == Status::Failed;
        let status = if has_waited { Status::Waiting } else { known.status };
        let kept = &message.message;
        let moved = self.moved.iter().find(|moved| moved.to == kept.channel && moved.key == kept.key);
        Notification { status, in_place_of: moved.map(|moved| moved.from.clone()), ..known }
    }

    async fn round(&mut self, outbox: &Outbox, subscriptions: &[&Subscription]) {
        let open = subscriptions.iter().filter(|subscription| !self.is_blocked(subscription.channel.name()));
        let tried: BTreeSet<i64> = self.tried.iter().map(|tried| tried.message.number).collect();
        let attempts = join_all(open.map(|subscription| send_to(outbox, subscription, &tried))).await;
        self.tried.extend(attempts.into_iter().flatten());
    }

    /// Whether the channel has failed for the moment.
    fn is_blocked(&self, channel: &str) -> bool {
        self.tried.iter().any(|tried| tried.message.message.channel == channel && tried.holds_up())
    }

    /// Gives to the fallbacks what their channels did not take; the answer names those that have something new to tell.
    fn move_on<'a>(&mut self, outbox: &Outbox, subscriptions: &'a [Subscription]) -> Vec<&'a Subscription> {
        let mut moved = Vec::new();
        for from in subscriptions {
            let is_it = |to: &&Subscription| from.fallback.as_deref() == Some(to.channel.name());
            let Some(to) = subscriptions.iter().find(is_it) else { continue };
            for message in self.untold(outbox, from.channel.name()) {
                if let Some(one) = hand_over(outbox, &message, to.channel.name(), &self.moved) {
                    self.moved.push(one);
                    moved.push(to);
                }
            }
        }
        moved.dedup_by_key(|to| to.channel.name().to_owned());
        moved
    }

    /// What the channel did not take, and what waits behind that.
    fn untold(&self, outbox: &Outbox, channel: &str) -> Vec<Message> {
        let failed =
            self.tried.iter().filter(|tried| tried.message.message.channel == channel && tried.result.is_err());
        let failed: Vec<Message> = failed.map(|tried| tried.message.clone()).collect();
        if !self.is_blocked(channel) {
            return failed;
        }
        outbox.waiting().into_iter().filter(|kept| kept.message.channel == channel).collect()
    }
}

impl Attempt {
    fn notification(&self) -> Notification {
        let error = self.result.as_ref().err().map(words::why_not_told);
        Notification {
            name: self.message.message.channel.clone(),
            status: if error.is_none() { Status::Delivered } else { Status::Failed },
            attempts: self.message.attempts + self.attempts,
            error,
            in_place_of: None,
        }
    }

    fn holds_up(&self) -> bool {
        self.result.as_ref().is_err_and(|error| error.kind().is_retryable())
    }
}

/// Everything that waits for the channel, until it fails for the moment or its time is over. The time of one message is its
/// own: the last one may pass the limit.
async fn send_to(outbox: &Outbox, to: &Subscription, tried: &BTreeSet<i64>) -> Vec<Attempt> {
    let is_mine = |kept: &Message| kept.message.channel == to.channel.name() && !tried.contains(&kept.number);
    if !outbox.waiting().iter().any(is_mine) {
        return Vec::new();
    }
    let deadline = Instant::now() + to.policy.time_limit;
    let Hold::Ours(_lock) = outbox.hold(to.channel.name(), to.policy.time_limit).await else { return Vec::new() };
    let mut attempts = Vec::new();
    // Asked again, for another process may have told some meanwhile.
    for message in outbox.waiting().into_iter().filter(is_mine) {
        let attempt = send(outbox, to, message).await;
        let is_over = attempt.holds_up() || Instant::now() >= deadline;
        attempts.push(attempt);
        if is_over {
            break;
        }
    }
    attempts
}

/// One message, and what came of it recorded at once.
async fn send(outbox: &Outbox, to: &Subscription, message: Message) -> Attempt {
    let (delivery, receipt) = match serde_json::from_str::<Notice>(&message.message.notice) {
        Ok(notice) => {
            let incident = message.message.incident.as_deref();
            let thread = incident.and_then(|incident| outbox.thread(incident, to.channel.name()));
            deliver_one(&to.channel, &notice, thread.as_deref(), &to.policy).await
        }
        Err(_) => (unreadable(to.channel.name()), None),
    };
    let Delivery { attempts, result, .. } = delivery;
    let error = result.as_ref().err().map(words::why_not_told);
    outbox.tried(message.number, &Tried { delivered: result.is_ok(), attempts, error, receipt });
    if result.as_ref().is_err_and(|error| error.kind() == NotifyErrorKind::PartlyDelivered) {
        outbox.give_up_one(message.number); // trying again would tell the others once more
    }
    Attempt { message, attempts, result }
}

fn unreadable(channel: &str) -> Delivery {
    let error = NotifyError::new(channel, NotifyErrorKind::Permanent, "what was kept in the journal is no notice");
    Delivery { name: channel.to_owned(), attempts: 1, result: Err(error) }
}

/// Keeps the message for the fallback too, unless it has it.
fn hand_over(outbox: &Outbox, message: &Message, to: &str, moved: &[Moved]) -> Option<Moved> {
    let NewMessage { channel, key, run, .. } = &message.message;
    let has_it = |kept: &Message| kept.message.channel == to && kept.message.key == *key;
    let is_moved = moved.iter().any(|moved| moved.to == to && moved.key == *key);
    if message.state != MessageState::Waiting
        || is_moved
        || run.as_ref().is_some_and(|run| outbox.of_run(run).iter().any(has_it))
    {
        return None;
    }
    let notice: Notice = serde_json::from_str(&message.message.notice).ok()?;
    let notice = serde_json::to_string(&in_place_of(channel, &notice)).ok()?;
    outbox.add(NewMessage { channel: to.to_owned(), notice, ..message.message.clone() });
    Some(Moved { from: channel.clone(), to: to.to_owned(), key: key.clone() })
}

#[cfg(test)]
mod tests;
