//! Every channel is tried, every result returned.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout_at},
};

use crate::{Notice, Notifier, NotifyError, NotifyErrorKind};

/// How long and how often one channel is tried. The defaults suit a command that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryPolicy {
    /// Tries in all, the first included; 3. Zero counts as one.
    pub tries: u32,
    /// The wait before the second try; it doubles from then on; 1 s.
    pub first_delay: Duration,
    /// The longest wait; 30 s. A longer `Retry-After` is obeyed all the same.
    pub longest_delay: Duration,
    /// The limit for all tries and waits of one channel; 60 s. A wait that would pass it is not begun.
    pub time_limit: Duration,
}

impl Default for DeliveryPolicy {
    fn default() -> Self {
        Self {
            tries: 3,
            first_delay: Duration::from_secs(1),
            longest_delay: Duration::from_secs(30),
            time_limit: Duration::from_secs(60),
        }
    }
}

impl DeliveryPolicy {
    /// How long to wait after the failure of try number `attempts`, with `left` of the time limit; `None` to give up.
    fn pause(&self, attempts: u32, kind: NotifyErrorKind, left: Duration) -> Option<Duration> {
        if attempts >= self.tries || !kind.is_retryable() {
            return None;
        }
        let doubled = self.first_delay.saturating_mul(2_u32.saturating_pow(attempts - 1));
        let pause = doubled.min(self.longest_delay).max(kind.retry_after().unwrap_or_default());
        (pause < left).then_some(pause)
    }
}

/// What became of one notice in one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The channel's name.
    pub name: String,
    /// How often it was tried; at least 1.
    pub attempts: u32,
    /// The result of the last try.
    pub result: Result<(), NotifyError>,
}

impl Delivery {
    /// The result as a word for a report: `"delivered"` or `"failed"`.
    pub fn status(&self) -> &'static str {
        match self.result {
            Ok(()) => "delivered",
            Err(_) => "failed",
        }
    }
}

/// Brings the notice to every channel, side by side; the answer keeps the order of `channels`.
///
/// A channel that fails, panics or hangs hides no other and delays none: it is tried again while that makes sense and
/// is cut off at the time limit of the policy. Dropping the future stops all channels.
///
/// # Panics
///
/// Outside a tokio runtime.
pub async fn deliver_all(channels: &[Arc<dyn Notifier>], notice: &Notice, policy: &DeliveryPolicy) -> Vec<Delivery> {
    let each = channels.iter().map(|channel| deliver_one(channel, notice, None, policy));
    join_all(each).await.into_iter().map(|(delivery, _)| delivery).collect()
}

/// Brings the notice to one channel as [`deliver_all`] does, below the message with the receipt `thread` where the channel
/// can; beside the result stands the receipt of this message, if the channel gives one and it was delivered.
///
/// # Panics
///
/// Outside a tokio runtime.
pub async fn deliver_one(
    channel: &Arc<dyn Notifier>,
    notice: &Notice,
    thread: Option<&str>,
    policy: &DeliveryPolicy,
) -> (Delivery, Option<String>) {
    let name = channel.name().to_owned();
    let (message, deadline) = (Message::new(notice, thread), Instant::now() + policy.time_limit);
    let mut attempts = 0;
    let result = loop {
        attempts += 1;
        let result = attempt(channel, &message, deadline).await;
        log(&name, attempts, &result);
        let Err(error) = result else { break result };
        let left = deadline.saturating_duration_since(Instant::now());
        match policy.pause(attempts, error.kind(), left) {
            Some(pause) => sleep(pause).await,
            None => break Err(error),
        }
    };
    let (result, receipt) = match result {
        Ok(receipt) => (Ok(()), receipt),
        Err(error) => (Err(error), None),
    };
    (Delivery { name, attempts, result }, receipt)
}

/// What every try brings, shared with the tasks that bring it.
#[derive(Clone)]
struct Message {
    notice: Arc<Notice>,
    thread: Option<Arc<str>>,
}

impl Message {
    fn new(notice: &Notice, thread: Option<&str>) -> Self {
        Self { notice: Arc::new(notice.clone()), thread: thread.map(Arc::from) }
    }
}

/// Asks every channel for its preflight, side by side, each within `time_limit`; the answer keeps the order.
///
/// # Panics
///
/// Outside a tokio runtime.
pub async fn preflight_all(
    channels: &[Arc<dyn Notifier>],
    time_limit: Duration,
) -> Vec<(String, Result<(), NotifyError>)> {
    join_all(channels.iter().map(|channel| preflight(channel, time_limit))).await
}

async fn preflight(channel: &Arc<dyn Notifier>, time_limit: Duration) -> (String, Result<(), NotifyError>) {
    let name = channel.name().to_owned();
    let work = {
        let channel = Arc::clone(channel);
        async move { channel.preflight().await }
    };
    let result = guarded(&name, Instant::now() + time_limit, work).await;
    (name, result)
}

async fn attempt(
    channel: &Arc<dyn Notifier>,
    message: &Message,
    deadline: Instant,
) -> Result<Option<String>, NotifyError> {
    let work = {
        let (channel, message) = (Arc::clone(channel), message.clone());
        async move { channel.deliver_in_thread(&message.notice, message.thread.as_deref()).await }
    };
    guarded(channel.name(), deadline, work).await
}

/// Runs the work in a task of its own, so that neither its panic nor a blocked thread is felt here.
async fn guarded<T: Send + 'static>(
    name: &str,
    deadline: Instant,
    work: impl Future<Output = Result<T, NotifyError>> + Send + 'static,
) -> Result<T, NotifyError> {
    let mut task = JoinSet::new(); // aborts its task when dropped
    task.spawn(work);
    match timeout_at(deadline, task.join_next()).await {
        Ok(Some(Ok(result))) => result,
        Ok(Some(Err(_)) | None) => {
            Err(NotifyError::new(name, NotifyErrorKind::Permanent, "the channel broke down: this is a bug in it"))
        }
        Err(_) => Err(NotifyError::new(name, NotifyErrorKind::TimedOut, "no answer within the time limit")),
    }
}

fn log<T>(name: &str, attempts: u32, result: &Result<T, NotifyError>) {
    match result {
        Ok(_) => tracing::debug!(channel = name, attempts, "delivered"),
        Err(error) => tracing::debug!(channel = name, attempts, kind = ?error.kind(), "not delivered"),
    }
}

#[cfg(test)]
mod tests;
