//! The notice as a card in a Slack channel, through an incoming webhook.

mod bot;
mod card;
#[cfg(all(any(test, fuzzing), feature = "email", feature = "stdout"))]
pub(crate) mod fuzzing;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use secrecy::SecretString;
use serde_json::Value;

pub use bot::{SlackBotNotifier, SlackBotSettings};

use crate::{
    Notice, Notifier, NotifyError,
    http::{Answer, Endpoint, HttpSettings},
};

/// Where a [`SlackNotifier`] posts.
#[derive(Debug, Clone)]
pub struct SlackSettings {
    /// The address of the incoming webhook, `https://hooks.slack.com/services/…`, a secret as a whole.
    pub url: SecretString,
    /// The way there.
    pub http: HttpSettings,
}

/// Posts the notice as a card with its text beside it, for lock screens and old clients.
///
/// Delivered is status 200 with the body `ok`. Where Slack finds fault with the card, the notice is sent once more as
/// plain text. 408, 425, 429 and 5xx are tried again, `Retry-After` obeyed; every other status is final. An incoming webhook
/// gives no message id back, so there are neither threads nor a protection from a repeat after a time-out.
///
/// No word of a notice can mention anybody: `<!channel>` arrives as these characters.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use notify::{
///     DeliveryPolicy, Fact, HttpSettings, Notice, Notifier, Severity, SlackNotifier, SlackSettings, State, deliver_all,
/// };
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = SlackSettings {
///     url: "https://hooks.slack.com/services/T0/B0/secret".into(),
///     http: HttpSettings::default(),
/// };
/// let channel: Arc<dyn Notifier> = Arc::new(SlackNotifier::new("slack", settings)?);
/// channel.preflight().await?; // Slack can be reached
///
/// let notice = Notice {
///     id: "0198f2c4".into(),
///     thread: None, // a webhook has none; SlackBotNotifier does
///     incident: None,
///     severity: Severity::Warning,
///     state: State::Warning,
///     outcome: Some("completed_with_warnings".into()),
///     subject: "portal.example.com: backup incomplete".into(),
///     message: "The portal left out two files.".into(),
///     facts: vec![Fact::new("Backup", "acme_2026-07-29.tar.gz"), Fact::new("Duration", "1 min 11 s")],
///     next_step: Some("Look into the files that are named on the portal.".into()),
///     link: Some("https://portal.example.com/portal-settings/backup".into()),
///     exit_code: Some(3),
///     at: jiff::Timestamp::now(),
/// };
/// for delivery in deliver_all(&[channel], &notice, &DeliveryPolicy::default()).await {
///     println!("{}: {} after {} tries", delivery.name, delivery.status(), delivery.attempts);
/// }
/// # Ok::<(), notify::NotifyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SlackNotifier {
    endpoint: Endpoint,
}

impl SlackNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`](crate::NotifyErrorKind::Settings) when the address is none, is `http://` where
    /// that is not taken, or when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: SlackSettings) -> Result<Self, NotifyError> {
        let endpoint = Endpoint::new(&name.into(), &settings.url, &settings.http)?;
        Ok(Self { endpoint })
    }

    async fn post(&self, message: &Value) -> Result<Answer, NotifyError> {
        self.endpoint.post(HeaderMap::new(), message.to_string()).await
    }
}

#[async_trait]
impl Notifier for SlackNotifier {
    fn name(&self) -> &str {
        self.endpoint.name()
    }

    /// Asks for the head of the front page of the address's host: any answer proves name, network, proxy and
    /// certificate. Slack has no way to try a webhook without posting, so a revoked one is found at the first delivery.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.endpoint.reach().await
    }

    fn preview(&self, notice: &Notice) -> String {
        format!("{:#}", card::card(notice))
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let mut answer = self.post(&card::card(notice)).await?;
        if answer.status == 400 && answer.body.contains("invalid_blocks") {
            tracing::warn!(channel = self.name(), "the card was refused and goes as plain text");
            answer = self.post(&card::plain(notice)).await?;
        }
        if answer.status == 200 && answer.body.trim() == "ok" {
            return Ok(());
        }
        Err(self.endpoint.refused(&answer))
    }
}

#[cfg(test)]
mod tests;
