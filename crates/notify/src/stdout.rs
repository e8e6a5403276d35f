//! The notice as text on standard output, or wherever else text can be written.

use std::{
    fmt,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use async_trait::async_trait;
use tokio::sync::oneshot;

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind,
    foreign_text::one_line,
    plain_body::{PAGE, plain_body},
};

/// Where a [`StdoutNotifier`] writes, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StdoutSettings {
    /// Who is addressed in the line `To:`; "administrator" if it is `None`. Nobody is told by this name.
    pub to: Option<String>,
}

/// Writes the notice as text, foreign text made harmless for a terminal.
///
/// ```text
/// [ADMIN NOTIFICATION]
/// To: admin@example.com
/// Subject: portal.example.com: backup completed
///
/// The backup is on the portal.
///
/// Backup ID: 7f0c7d0e
/// Duration:  1 min 11 s
///
/// Next step: Download it within 24 hours.
/// ```
///
/// That is what this one writes:
///
/// ```
/// use std::sync::Arc;
///
/// use notify::{
///     DeliveryPolicy, Fact, Notice, Notifier, Severity, State, StdoutNotifier, StdoutSettings, deliver_all,
/// };
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = StdoutSettings { to: Some("admin@example.com".into()) };
/// let channel: Arc<dyn Notifier> = Arc::new(StdoutNotifier::new("stdout", settings)?);
///
/// let notice = Notice {
///     id: "0198f2c4".into(),
///     thread: None, // a terminal has none
///     incident: None,
///     severity: Severity::Success,
///     state: State::Completed,
///     outcome: Some("completed".into()),
///     subject: "portal.example.com: backup completed".into(),
///     message: "The backup is on the portal.".into(),
///     facts: vec![Fact::new("Backup ID", "7f0c7d0e"), Fact::new("Duration", "1 min 11 s")],
///     next_step: Some("Download it within 24 hours.".into()),
///     link: None,
///     exit_code: Some(0),
///     at: jiff::Timestamp::now(),
/// };
/// let deliveries = deliver_all(&[channel], &notice, &DeliveryPolicy::default()).await;
/// assert_eq!(deliveries[0].status(), "delivered");
/// # Ok::<(), notify::NotifyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct StdoutNotifier {
    name: String,
    to: String,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
}

impl StdoutNotifier {
    /// Writes to standard output.
    ///
    /// # Errors
    ///
    /// Never today; as with the other channels, wrong settings would be found here.
    pub fn new(name: impl Into<String>, settings: StdoutSettings) -> Result<Self, NotifyError> {
        Self::to_writer(name, settings, Box::new(io::stdout()))
    }

    /// Writes elsewhere: to standard error, a file, a buffer. Each notice is one write, followed by a flush.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new).
    pub fn to_writer(
        name: impl Into<String>,
        settings: StdoutSettings,
        writer: Box<dyn Write + Send>,
    ) -> Result<Self, NotifyError> {
        Ok(Self {
            name: name.into(),
            to: one_line(settings.to.as_deref().unwrap_or("administrator")),
            writer: Arc::new(Mutex::new(writer)),
        })
    }

    fn text(&self, notice: &Notice) -> String {
        let notice = PAGE.apply(notice);
        let subject = one_line(&notice.subject);
        format!("[ADMIN NOTIFICATION]\nTo: {}\nSubject: {subject}\n\n{}", self.to, plain_body(&notice))
    }
}

impl fmt::Debug for StdoutNotifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("StdoutNotifier");
        fields.field("name", &self.name).field("to", &self.to).finish_non_exhaustive()
    }
}

#[async_trait]
impl Notifier for StdoutNotifier {
    fn name(&self) -> &str {
        &self.name
    }

    /// Always passes: that a pipe is open now proves nothing about later.
    async fn preflight(&self) -> Result<(), NotifyError> {
        Ok(())
    }

    /// Writes on a thread of its own, so that a reader who does not read holds up neither the runtime nor its end.
    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let (done, written) = oneshot::channel();
        let (writer, text) = (Arc::clone(&self.writer), self.text(notice));
        thread::spawn(move || done.send(write(&writer, &text)));
        let result = written.await.unwrap_or_else(|_| Err(io::Error::other("the writer broke down")));
        let failed =
            |e| NotifyError::new(&self.name, NotifyErrorKind::Permanent, "cannot write the notice").with_cause(e);
        result.map_err(failed)
    }
}

fn write(writer: &Mutex<Box<dyn Write + Send>>, text: &str) -> io::Result<()> {
    let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
    writer.write_all(text.as_bytes())?;
    writer.flush()
}

#[cfg(test)]
mod tests;
