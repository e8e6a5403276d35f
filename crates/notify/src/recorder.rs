//! A channel for tests: it keeps what it is given and fails when told to.

use std::{
    collections::VecDeque,
    future::pending,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use crate::{Notice, Notifier, NotifyError, NotifyErrorKind};

/// Keeps every notice that is delivered to it; can be told to fail or to hang.
///
/// ```
/// use notify::{Notifier, NotifyErrorKind, Recorder, Reply};
///
/// let channel = Recorder::new("ops").with_replies([Reply::Fail(NotifyErrorKind::TimedOut), Reply::Deliver]);
/// assert_eq!(channel.name(), "ops");
/// assert_eq!(channel.notices(), []);
/// ```
#[derive(Debug)]
pub struct Recorder {
    name: String,
    preflight: Reply,
    replies: Mutex<VecDeque<Reply>>,
    receipts: Mutex<VecDeque<String>>,
    kept: Mutex<Vec<(Notice, Option<String>)>>,
}

/// What a [`Recorder`] does when it is asked for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The work is done.
    Deliver,
    /// The work fails in this way, and nothing is kept.
    Fail(NotifyErrorKind),
    /// The work never ends, and nothing is kept.
    Hang,
}

impl Recorder {
    /// A channel that delivers.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            preflight: Reply::Deliver,
            replies: Mutex::default(),
            receipts: Mutex::default(),
            kept: Mutex::default(),
        }
    }

    /// The same with one reply for each delivery to come; after the last one it delivers.
    #[must_use]
    pub fn with_replies(self, replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { replies: Mutex::new(replies.into_iter().collect()), ..self }
    }

    /// The same with this reply to every preflight.
    #[must_use]
    pub fn with_preflight(self, preflight: Reply) -> Self {
        Self { preflight, ..self }
    }

    /// The same with one receipt for each notice that will be kept; after the last one it gives none.
    #[must_use]
    pub fn with_receipts<S: Into<String>>(self, receipts: impl IntoIterator<Item = S>) -> Self {
        Self { receipts: Mutex::new(receipts.into_iter().map(Into::into).collect()), ..self }
    }

    /// What has been delivered so far, oldest first.
    pub fn notices(&self) -> Vec<Notice> {
        lock(&self.kept).iter().map(|(notice, _)| notice.clone()).collect()
    }

    /// Below which receipt each of [`notices`](Self::notices) was delivered.
    pub fn threads(&self) -> Vec<Option<String>> {
        lock(&self.kept).iter().map(|(_, thread)| thread.clone()).collect()
    }

    async fn act(&self, reply: Reply) -> Result<(), NotifyError> {
        match reply {
            Reply::Deliver => Ok(()),
            Reply::Fail(kind) => Err(NotifyError::new(&self.name, kind, "the recorder was told to fail")),
            Reply::Hang => pending().await,
        }
    }
}

#[async_trait]
impl Notifier for Recorder {
    fn name(&self) -> &str {
        &self.name
    }

    async fn preflight(&self) -> Result<(), NotifyError> {
        self.act(self.preflight).await
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        self.deliver_in_thread(notice, None).await.map(drop)
    }

    async fn deliver_in_thread(&self, notice: &Notice, thread: Option<&str>) -> Result<Option<String>, NotifyError> {
        let reply = lock(&self.replies).pop_front().unwrap_or(Reply::Deliver);
        self.act(reply).await?;
        lock(&self.kept).push((notice.clone(), thread.map(str::to_owned)));
        Ok(lock(&self.receipts).pop_front())
    }
}

/// A panic elsewhere leaves a list whole, so a poisoned lock is no reason to stop.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
