//! The notice as JSON to a program of your own.

use std::{fmt, path::PathBuf, time::Duration};

use async_trait::async_trait;

use crate::{
    Notice, Notifier, NotifyError,
    json_body::{json_body, pretty_body},
    program::Program,
};

/// Which program a [`CommandNotifier`] starts.
#[derive(Clone)]
pub struct CommandSettings {
    /// A path, or a name that is looked for in `PATH`.
    pub program: PathBuf,
    /// What it is started with, each as one argument: no shell reads them. Every user of the machine can see them while
    /// the program runs, so a secret is better kept in a file that the program reads.
    pub args: Vec<String>,
    /// The limit for one try, from the start to the end of the program; [`CommandSettings::TIMEOUT`] suits most.
    pub timeout: Duration,
}

impl CommandSettings {
    /// 30 s.
    pub const TIMEOUT: Duration = Duration::from_secs(30);
}

impl fmt::Debug for CommandSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("CommandSettings");
        fields.field("program", &self.program).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// Starts a program and writes the notice to its standard input, as the JSON that
#[cfg_attr(feature = "webhook", doc = "[`WebhookNotifier`](crate::WebhookNotifier) posts.")]
#[cfg_attr(not(feature = "webhook"), doc = "`WebhookNotifier` posts.")]
///
/// Exit status 0 is delivered, 75 is tried again, every other one is final; so is the end by a signal. The first line
/// that the program writes on standard error is the error's cause, unless it quotes an argument; what it writes on
/// standard output is thrown away.
///
/// The program is started without a shell, and finds no more in its environment than `PATH`, `HOME`, `USER`, `LOGNAME`,
/// `LANG`, `LC_ALL`, `TZ`, `TMPDIR`, `XDG_RUNTIME_DIR` and `DBUS_SESSION_BUS_ADDRESS`. It need not read its input. When
/// its time is up it is killed with all that it started (on Unix; elsewhere it alone), which counts as no answer in
/// time. What it leaves running when it ends by itself is left alone.
///
/// ```
/// use std::{sync::Arc, time::Duration};
///
/// use notify::{
///     CommandNotifier, CommandSettings, DeliveryPolicy, Notice, Notifier, Severity, State, deliver_all,
/// };
///
/// # #[cfg(unix)]
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = CommandSettings {
///     program: "grep".into(),
///     args: vec!["-q".into(), r#""state":"failed""#.into()],
///     timeout: Duration::from_secs(5),
/// };
/// let channel: Arc<dyn Notifier> = Arc::new(CommandNotifier::new("filter", settings)?);
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
///     facts: Vec::new(),
///     next_step: None,
///     link: None,
///     exit_code: Some(1),
///     at: jiff::Timestamp::now(),
/// };
/// let deliveries = deliver_all(&[channel], &notice, &DeliveryPolicy::default()).await;
/// assert_eq!(deliveries[0].status(), "delivered");
/// # Ok::<(), notify::NotifyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct CommandNotifier {
    program: Program,
    args: Vec<String>,
}

impl CommandNotifier {
    /// Checks the settings offline; whether the program is there is found out by the preflight.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`](crate::NotifyErrorKind::Settings) when no program is named.
    pub fn new(name: impl Into<String>, settings: CommandSettings) -> Result<Self, NotifyError> {
        let program = Program::new(name.into(), settings.program, settings.timeout)?;
        Ok(Self { program, args: settings.args })
    }
}

impl fmt::Debug for CommandNotifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommandNotifier").field("program", &self.program).finish_non_exhaustive()
    }
}

#[async_trait]
impl Notifier for CommandNotifier {
    fn name(&self) -> &str {
        self.program.channel()
    }

    /// Looks whether the program is there and may be executed. It is not started.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.program.find().map(drop)
    }

    fn preview(&self, notice: &Notice) -> String {
        pretty_body(notice)
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        self.program.feed(&self.args, json_body(notice).as_bytes()).await
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
