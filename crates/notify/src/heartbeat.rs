//! The sign of life for a service that raises the alarm when none comes.

mod healthchecks;
mod run_id;
mod signal;
mod uptime_kuma;

use std::{fmt, str::FromStr};

use async_trait::async_trait;
use secrecy::SecretString;

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind,
    http::{Endpoint, HttpSettings},
};

/// Which check or monitor a [`HeartbeatNotifier`] reports to.
#[derive(Debug, Clone)]
pub struct HeartbeatSettings {
    /// The address to ping, a secret as a whole: `https://hc-ping.com/<uuid>`, `https://hc-ping.com/<ping key>/<slug>`, or
    /// the push URL of Uptime Kuma. It is taken as the service shows it, its query included.
    pub url: SecretString,
    /// Whose address it is.
    pub kind: HeartbeatKind,
    /// The way there.
    pub http: HttpSettings,
}

/// The kinds of service that wait for a sign of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeartbeatKind {
    /// Healthchecks, hosted or one's own, and what speaks like it.
    #[default]
    Healthchecks,
    /// A push monitor of Uptime Kuma.
    UptimeKuma,
}

impl HeartbeatKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Healthchecks, Self::UptimeKuma];

    /// The word that `Display` prints and `FromStr` reads: `healthchecks`, `uptime-kuma`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Healthchecks => "healthchecks",
            Self::UptimeKuma => "uptime-kuma",
        }
    }
}

impl fmt::Display for HeartbeatKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for HeartbeatKind {
    type Err = UnknownHeartbeatKind;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == word);
        found.ok_or_else(|| UnknownHeartbeatKind(word.to_owned()))
    }
}

/// A word that is none of the kinds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no kind of heartbeat; there are healthchecks and uptime-kuma")]
pub struct UnknownHeartbeatKind(String);

/// Pings a service that raises the alarm when a good run is overdue, and at once when one failed.
///
/// | state | Healthchecks | Uptime Kuma |
/// |---|---|---|
/// | started | `/start` | nothing |
/// | completed, recovered | the address itself | `status=up` |
/// | failed, stale | `/<exit code>` where there is one above 0, else `/fail` | `status=down` |
/// | warning, still running, and all that is of [`Severity::Info`](crate::Severity::Info) but a start | `/log` | nothing |
/// | test | `/log` | nothing |
///
/// A warning is neither a good run nor a failure: it changes nothing, so the check goes down by itself if no good run
/// follows in time. "Nothing" means that only the way to the service is tried, as in a preflight.
///
/// For Healthchecks, `rid` ties start and end of a run together: it is [`Notice::id`] if that is a UUID, and else one that
/// is made of it. The body is the notice as text, at most 10 000 bytes, which is what an instance of one's own keeps.
/// Uptime Kuma gets subject and message as `msg`.
///
/// Delivered is what the service itself confirms. 404 (no such check) and 409 (a slug that several checks share) are
/// final; 408, 425, 429 and 5xx are tried again, `Retry-After` obeyed. Healthchecks takes five pings a minute for each
/// check; one too many is tried again a minute later. A repeat is one ping more, with the same `rid`.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use notify::{
///     DeliveryPolicy, HeartbeatKind, HeartbeatNotifier, HeartbeatSettings, HttpSettings, Notice, Notifier, Severity,
///     State, deliver_all,
/// };
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = HeartbeatSettings {
///     url: "https://hc-ping.com/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278".into(),
///     kind: HeartbeatKind::Healthchecks,
///     http: HttpSettings::default(),
/// };
/// let channel: Arc<dyn Notifier> = Arc::new(HeartbeatNotifier::new("heartbeat", settings)?);
/// channel.preflight().await?; // the service can be reached; nothing is pinged
///
/// let completed = Notice {
///     id: "0198f2c4-6a34-7d12-9a6b-0f5f8a3c7e21".into(),
///     thread: None,
///     incident: None,
///     severity: Severity::Success,
///     state: State::Completed,
///     outcome: Some("completed".into()),
///     subject: "portal.example.com: backup completed in 1 min 11 s".into(),
///     message: "The backup is on the portal.".into(),
///     facts: Vec::new(),
///     next_step: None,
///     link: None,
///     exit_code: Some(0),
///     at: jiff::Timestamp::now(),
/// };
/// for delivery in deliver_all(&[channel], &completed, &DeliveryPolicy::default()).await {
///     println!("{}: {}", delivery.name, delivery.status());
/// }
/// # Ok::<(), notify::NotifyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct HeartbeatNotifier {
    endpoint: Endpoint,
    kind: HeartbeatKind,
}

impl HeartbeatNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when the address is none, names no check, is `http://` where that is not taken, or
    /// when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: HeartbeatSettings) -> Result<Self, NotifyError> {
        let endpoint = Endpoint::new(&name.into(), &settings.url, &settings.http)?;
        if !endpoint.has_path() {
            let message = "the address ends with the host, and so names no check";
            return Err(NotifyError::new(endpoint.name(), NotifyErrorKind::Settings, message));
        }
        Ok(Self { endpoint, kind: settings.kind })
    }
}

#[async_trait]
impl Notifier for HeartbeatNotifier {
    fn name(&self) -> &str {
        self.endpoint.name()
    }

    /// Asks for the head of the front page of the address's host: any answer proves name, network, proxy and
    /// certificate. Nothing is pinged, so whether there is such a check stays unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.endpoint.reach().await
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        match self.kind {
            HeartbeatKind::Healthchecks => healthchecks::ping(&self.endpoint, notice).await,
            HeartbeatKind::UptimeKuma => uptime_kuma::push(&self.endpoint, notice).await,
        }
    }
}

#[cfg(test)]
mod tests;
