//! The notice as an event for PagerDuty, which calls whoever is on duty and stops calling once it is good again.

mod event;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind,
    http::{Endpoint, HttpSettings},
};

/// Which service of PagerDuty a [`PagerDutyNotifier`] calls.
#[derive(Debug, Clone)]
pub struct PagerDutySettings {
    /// The integration key of "Events API v2", 32 characters.
    pub routing_key: SecretString,
    /// Where the account lives.
    pub region: PagerDutyRegion,
    /// The way there.
    pub http: HttpSettings,
}

/// Where an account of PagerDuty lives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PagerDutyRegion {
    /// `events.pagerduty.com`.
    #[default]
    Us,
    /// `events.eu.pagerduty.com`.
    Eu,
    /// Another address that speaks Events v2, with its path.
    Url(String),
}

impl PagerDutyRegion {
    fn url(&self) -> &str {
        match self {
            Self::Us => "https://events.pagerduty.com/v2/enqueue",
            Self::Eu => "https://events.eu.pagerduty.com/v2/enqueue",
            Self::Url(url) => url,
        }
    }
}

/// Opens an alert by what went wrong, and closes it once it is good again.
///
/// | state | event |
/// |---|---|
/// | `failed`, `stale`, `still_running`, `warning` | `trigger`; nothing where it is [`Severity::Info`](crate::Severity::Info) |
/// | `recovered`, `completed` | `resolve`: a good one closes what an earlier one opened, whatever became of its notice |
/// | `started` | none |
/// | test | `trigger` as `info` under a key of its own, then `resolve` |
///
/// The `dedup_key` is `docspace-backup/` and the id of the incident, else the thread, else the notice's id. So an alert is
/// opened once, a repeat changes nothing, and the recovery finds it.
///
/// Delivered is 202. 408, 425, 429 and 5xx are tried again, `Retry-After` obeyed; every other status is final.
///
/// ```
/// # async fn tell() -> Result<(), notify::NotifyError> {
/// use notify::{
///     Fact, HttpSettings, Incident, IncidentPhase, Notice, Notifier, PagerDutyNotifier, PagerDutyRegion,
///     PagerDutySettings, Severity, State,
/// };
///
/// let settings = PagerDutySettings {
///     routing_key: "0123456789abcdef0123456789abcdef".into(),
///     region: PagerDutyRegion::Eu,
///     http: HttpSettings::default(),
/// };
/// let pagerduty = PagerDutyNotifier::new("pagerduty", settings)?;
/// pagerduty.preflight().await?;
/// let now = jiff::Timestamp::now();
/// let failed = Notice {
///     id: "0198f2c4".into(),
///     thread: Some("portal.example.com".into()),
///     incident: Some(Incident {
///         id: "0198f2c4".into(),
///         phase: IncidentPhase::Opened,
///         since: now,
///         failures: 1,
///     }),
///     severity: Severity::Error,
///     state: State::Failed,
///     outcome: Some("failed".into()),
///     subject: "portal.example.com: backup failed".into(),
///     message: "The portal ran out of disk space.".into(),
///     facts: vec![Fact::new("Started", "2026-07-29 10:15 UTC")],
///     next_step: Some("Free some space, then start the backup again.".into()),
///     link: Some("https://portal.example.com/portal-settings/backup".into()),
///     exit_code: Some(1),
///     at: now,
/// };
/// pagerduty.deliver(&failed).await
/// # }
/// ```
#[derive(Debug)]
pub struct PagerDutyNotifier {
    endpoint: Endpoint,
    routing_key: SecretString,
}

impl PagerDutyNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when the routing key is not 32 letters and digits, the address is none or is
    /// `http://` where that is not taken, or when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: PagerDutySettings) -> Result<Self, NotifyError> {
        let name = name.into();
        let routing_key = settings.routing_key.expose_secret().trim();
        if routing_key.len() != 32 || !routing_key.bytes().all(|b| b.is_ascii_alphanumeric()) {
            let message = "the routing key is none: it has 32 letters and digits";
            return Err(NotifyError::new(name, NotifyErrorKind::Settings, message));
        }
        let routing_key = SecretString::from(routing_key);
        let endpoint = Endpoint::new(&name, &settings.region.url().into(), &settings.http)?.hiding(&routing_key);
        Ok(Self { endpoint, routing_key })
    }

    async fn enqueue(&self, mut event: Value) -> Result<(), NotifyError> {
        event["routing_key"] = self.routing_key.expose_secret().into();
        let answer = self.endpoint.post(HeaderMap::new(), event.to_string()).await?;
        if answer.status == 202 {
            return Ok(());
        }
        let body = answer.json();
        let said = body.pointer("/errors/0").or_else(|| body.get("message")).and_then(Value::as_str);
        Err(self.endpoint.refused_saying(&answer, said))
    }
}

#[async_trait]
impl Notifier for PagerDutyNotifier {
    fn name(&self) -> &str {
        self.endpoint.name()
    }

    /// Asks for the head of the front page of the address's host: any answer proves name, network, proxy and
    /// certificate. Whether the key is known stays unproven: PagerDuty has no way to ask without an event.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.endpoint.reach().await
    }

    /// The events without the key; nothing where there is none.
    fn preview(&self, notice: &Notice) -> String {
        let events: Vec<String> = event::events(notice, self.name()).iter().map(|event| format!("{event:#}")).collect();
        events.join("\n")
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        for event in event::events(notice, self.name()) {
            self.enqueue(event).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
