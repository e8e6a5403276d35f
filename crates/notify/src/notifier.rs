//! What a channel has to do.

use std::fmt;

use async_trait::async_trait;

use crate::{Notice, NotifyError, foreign_text::one_line, plain_body::plain_body};

/// A channel to people: something that can bring them a [`Notice`].
///
/// An implementation is finished when [`conformance`](crate::conformance) finds nothing.
#[async_trait]
pub trait Notifier: fmt::Debug + Send + Sync {
    /// What the channel is called in settings and reports: `"email"`, `"slack-ops"`.
    fn name(&self) -> &str;

    /// Proves as much as can be proven without anyone seeing a message.
    ///
    /// # Errors
    ///
    /// When the channel would not deliver if it were asked to now.
    async fn preflight(&self) -> Result<(), NotifyError>;

    /// Tries once to bring the notice to everybody whom this channel reaches; [`deliver_all`](crate::deliver_all) tries
    /// again.
    ///
    /// # Errors
    ///
    /// When at least one person was not told. After that, another call with the same notice leaves those alone who are
    /// known to have it.
    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError>;

    /// What [`deliver`](Self::deliver) would bring, as text to look at, without a secret: the JSON of a service, or subject
    /// and text. It may hold foreign text. Empty where nothing would be brought.
    fn preview(&self, notice: &Notice) -> String {
        format!("Subject: {}\n\n{}", one_line(&notice.subject), plain_body(notice))
    }

    /// [`deliver`](Self::deliver) for a channel that can show messages below one another: the answer is the receipt, by
    /// which the service knows the thread. Keep the latest receipt of an incident and pass it as `thread` with the next
    /// notice of it.
    ///
    /// Without a `thread`, or with one that the service no longer knows, the message stands on its own. A channel that
    /// does not override this ignores `thread` and has no receipt.
    ///
    /// # Errors
    ///
    /// As for [`deliver`](Self::deliver).
    async fn deliver_in_thread(&self, notice: &Notice, thread: Option<&str>) -> Result<Option<String>, NotifyError> {
        let _ = thread;
        self.deliver(notice).await.map(|()| None)
    }
}
