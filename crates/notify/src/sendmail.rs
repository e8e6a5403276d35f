//! The notice as a mail, through the machine's own mail program.

use std::{path::PathBuf, time::Duration};

use async_trait::async_trait;

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind,
    mail::{Envelope, compose},
    program::Program,
};

/// From whom, to whom, and through which program a [`SendmailNotifier`] sends.
#[derive(Debug, Clone)]
pub struct SendmailSettings {
    /// The mail program: [`SendmailSettings::PATH`], or another that takes the same arguments, such as `msmtp`.
    pub path: PathBuf,
    /// The sender: `backup@example.com` or `Backup <backup@example.com>`. Its domain also makes the message ids.
    pub from: String,
    /// The recipients, each as for `from`; at least one. All of them see each other.
    pub to: Vec<String>,
    /// The limit for one try, from the start to the end of the program; [`SendmailSettings::TIMEOUT`] suits most.
    pub timeout: Duration,
}

impl SendmailSettings {
    /// Where Postfix, Exim, OpenSMTPD, msmtp-mta and the others put the program.
    pub const PATH: &str = "/usr/sbin/sendmail";

    /// 30 s: most put the mail into a queue at once.
    pub const TIMEOUT: Duration = Duration::from_secs(30);
}

/// Hands the notice to the machine's mail program: the same mail that
#[cfg_attr(feature = "email", doc = "[`EmailNotifier`](crate::EmailNotifier) sends.")]
#[cfg_attr(not(feature = "email"), doc = "`EmailNotifier` sends.")]
///
/// The program is started as `sendmail -i -f FROM -- TO…`, without a shell and with little in its environment, and reads
/// the mail with line ends of Unix. Exit status 0 is delivered, which most often means that the mail is in the machine's
/// queue: a recipient who is refused later is told to the sender by mail. 75 is tried again, every other status is final.
/// A repeat has the same `Message-ID`.
///
/// ```no_run
/// use std::{sync::Arc, time::Duration};
///
/// use notify::{
///     DeliveryPolicy, Fact, Notice, Notifier, SendmailNotifier, SendmailSettings, Severity, State, deliver_all,
/// };
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = SendmailSettings {
///     path: SendmailSettings::PATH.into(),
///     from: "Backup <backup@example.com>".into(),
///     to: vec!["admin@example.com".into()],
///     timeout: SendmailSettings::TIMEOUT,
/// };
/// let channel: Arc<dyn Notifier> = Arc::new(SendmailNotifier::new("sendmail", settings)?);
/// channel.preflight().await?; // the program is there and may be executed
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
///     link: None,
///     exit_code: Some(1),
///     at: jiff::Timestamp::now(),
/// };
/// for delivery in deliver_all(&[channel], &notice, &DeliveryPolicy::default()).await {
///     println!("{}: {}", delivery.name, delivery.status());
/// }
/// # Ok::<(), notify::NotifyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SendmailNotifier {
    program: Program,
    envelope: Envelope,
}

impl SendmailNotifier {
    /// Checks the settings offline; whether the program is there is found out by the preflight.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when an address is none (it is named), when there is no recipient, or when no
    /// program is named.
    pub fn new(name: impl Into<String>, settings: SendmailSettings) -> Result<Self, NotifyError> {
        let name = name.into();
        let wrong = |message| NotifyError::new(&name, NotifyErrorKind::Settings, message);
        let envelope = Envelope::new(&settings.from, &settings.to).map_err(wrong)?;
        let program = Program::new(name, settings.path, settings.timeout)?;
        Ok(Self { program, envelope })
    }

    /// After the two hyphens an address that begins with one is still an address.
    fn arguments(&self) -> Vec<String> {
        let address = |mailbox: &lettre::message::Mailbox| mailbox.email.to_string();
        let fixed = ["-i".to_owned(), "-f".to_owned(), address(&self.envelope.from), "--".to_owned()];
        fixed.into_iter().chain(self.envelope.to.iter().map(address)).collect()
    }
}

#[async_trait]
impl Notifier for SendmailNotifier {
    fn name(&self) -> &str {
        self.program.channel()
    }

    /// Looks whether the program is there and may be executed. It is not started.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.program.find().map(drop)
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let unwritable = |cause: String| {
            NotifyError::new(self.name(), NotifyErrorKind::Permanent, "the mail cannot be written").with_cause(cause)
        };
        let mail = compose(notice, &self.envelope).map_err(unwritable)?;
        self.program.feed(&self.arguments(), &with_line_ends_of_unix(mail)).await
    }
}

/// A mail program reads text of its own system; a carriage return would stay in the mail with some.
fn with_line_ends_of_unix(mut mail: Vec<u8>) -> Vec<u8> {
    mail.retain(|byte| *byte != b'\r'); // compose leaves none but those of line ends
    mail
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
