//! The notice as a mail, over SMTP.

mod failure;
mod fate;
mod relay;
mod server;
mod session;

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::timeout;

pub use server::{SmtpLogin, SmtpServer, SmtpTls};

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind,
    mail::{Envelope, compose},
};
use failure::Failure;
use fate::{Fate, Told};
use relay::Relay;
use session::Session;

/// From whom, to whom, and through which server an [`EmailNotifier`] sends.
#[derive(Debug, Clone)]
pub struct EmailSettings {
    /// The server that takes the mail.
    pub server: SmtpServer,
    /// The sender: `backup@example.com` or `Backup <backup@example.com>`. Its domain also makes the message ids.
    pub from: String,
    /// The recipients, each as for `from`; at least one. All of them see each other.
    pub to: Vec<String>,
    /// Certificate authorities to trust besides the system's, as PEM.
    pub ca_pem: Option<String>,
    /// The limit for one try, from connecting to the server's word on the mail; [`EmailSettings::TIMEOUT`] suits most.
    pub timeout: Duration,
}

impl EmailSettings {
    /// 30 s: slow servers look at a mail before they take it.
    pub const TIMEOUT: Duration = Duration::from_secs(30);
}

/// Sends the notice as a mail with a text and an HTML part, each complete.
///
/// Every try opens a connection of its own. Messages of one [`incident`](Notice::incident), and else of one
/// [`thread`](Notice::thread), refer to a common root, so mail programs show them together; [`Notice::key`] makes the
/// `Message-ID`, so a repeat is recognised.
///
/// A refused recipient does not stop the others. Refused for now (4xx): the error is
/// [`Transient`](NotifyErrorKind::Transient), and the next try of the same notice goes only to those who have not got
/// it. Refused for good (5xx): the error is [`PartlyDelivered`](NotifyErrorKind::PartlyDelivered) if others got it.
/// Either way the message names who was refused.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use notify::{
///     DeliveryPolicy, EmailNotifier, EmailSettings, Fact, Notice, Notifier, NotifyErrorKind, Severity, SmtpServer,
///     State, deliver_all,
/// };
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = EmailSettings {
///     server: SmtpServer::from_url("smtp://backup:secret@mail.example.com:587?tls=required")?,
///     from: "Backup <backup@example.com>".into(),
///     to: vec!["admin@example.com".into(), "Second Admin <second@example.com>".into()],
///     ca_pem: None,
///     timeout: EmailSettings::TIMEOUT,
/// };
/// let channel: Arc<dyn Notifier> = Arc::new(EmailNotifier::new("email", settings)?);
/// channel.preflight().await?; // the server is there, the connection secured, the login accepted
///
/// let notice = Notice {
///     id: "0198f2c4".into(),
///     thread: Some("portal.example.com".into()),
///     incident: None,
///     severity: Severity::Error,
///     state: State::Failed,
///     outcome: Some("failed".into()),
///     subject: "portal.example.com: backup failed".into(),
///     message: "The portal ran out of disk space.".into(),
///     facts: vec![Fact::new("Started", "2026-07-29 10:15 UTC")],
///     next_step: Some("Free some space, then start the backup again.".into()),
///     link: Some("https://portal.example.com/portal-settings/backup".into()),
///     exit_code: Some(1),
///     at: jiff::Timestamp::now(),
/// };
/// for delivery in deliver_all(&[channel], &notice, &DeliveryPolicy::default()).await {
///     match &delivery.result {
///         Ok(()) => println!("all have it"),
///         Err(error) if error.kind() == NotifyErrorKind::PartlyDelivered => println!("some have it: {error}"),
///         Err(error) => println!("{error} ({} tries)", delivery.attempts),
///     }
/// }
/// # Ok::<(), notify::NotifyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct EmailNotifier {
    name: String,
    relay: Relay,
    envelope: Envelope,
    timeout: Duration,
    told: Told,
}

impl EmailNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when an address is none (it is named), when there is no recipient, or when the CA
    /// cannot be read.
    pub fn new(name: impl Into<String>, settings: EmailSettings) -> Result<Self, NotifyError> {
        let name = name.into();
        let wrong = |message: String| NotifyError::new(&name, NotifyErrorKind::Settings, message);
        let envelope = Envelope::new(&settings.from, &settings.to).map_err(wrong)?;
        let relay = Relay::new(settings.server, settings.ca_pem.as_deref(), settings.timeout).map_err(wrong)?;
        Ok(Self { name, relay, envelope, timeout: settings.timeout, told: Told::default() })
    }

    /// Sends to all who have not got this notice yet, and says what became of each of them.
    async fn send(&self, notice: &Notice) -> Result<(Vec<Fate>, Session<'_>), Failure> {
        let told = self.told.of(&notice.key());
        let addresses = self.envelope.to.iter().map(|mailbox| &mailbox.email);
        let left: Vec<_> = addresses.filter(|address| !told.contains(address)).cloned().collect();
        let mail = compose(notice, &self.envelope).map_err(Failure::unwritable)?;
        let mut session = Session::open(&self.relay).await?;
        let fates = session.send(&self.envelope.from.email, left, &mail).await?;
        self.told.add(&notice.key(), &fates);
        Ok((fates, session))
    }

    /// The work within the limit for one try; its session is closed outside it, since by then all is decided.
    async fn limited<'a, T>(
        &self,
        work: impl Future<Output = Result<(T, Session<'a>), Failure>>,
    ) -> Result<T, NotifyError> {
        let finished = timeout(self.timeout, work).await.unwrap_or_else(|_| Err(Failure::late(&self.relay)));
        let (value, session) = finished.map_err(|failure| failure.into_error(&self.name))?;
        session.close().await;
        Ok(value)
    }
}

#[async_trait]
impl Notifier for EmailNotifier {
    fn name(&self) -> &str {
        &self.name
    }

    /// Connects, secures the connection, logs in and says `NOOP`. Whether sender and recipients are accepted stays
    /// unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        let look = async {
            let mut session = Session::open(&self.relay).await?;
            session.noop().await?;
            Ok(((), session))
        };
        self.limited(look).await
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let fates = self.limited(self.send(notice)).await?;
        let verdict = fate::verdict(&self.name, &fates, self.envelope.to.len());
        if verdict.is_ok() {
            self.told.forget(&notice.key());
        }
        verdict
    }
}

#[cfg(test)]
mod tests;
