//! The notice as an embed in a Discord channel, through a webhook.

mod embed;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;

use async_trait::async_trait;
use reqwest::{Url, header::HeaderMap};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Notice, Notifier, NotifyError,
    http::{Answer, Endpoint, HttpSettings},
};

/// Where a [`DiscordNotifier`] posts.
#[derive(Debug, Clone)]
pub struct DiscordSettings {
    /// The address of the webhook, `https://discord.com/api/webhooks/…`, a secret as a whole. With `?thread_id=…` the
    /// notices go to that thread.
    pub url: SecretString,
    /// The way there.
    pub http: HttpSettings,
}

/// Posts the notice as an embed, and waits until Discord has kept it.
///
/// Delivered is 204, or 200 with the message as JSON. 408, 425, 429 and 5xx are tried again, after as long as the body's
/// `retry_after` or the header says; every other status is final. A webhook knows no key for a message, so a repeat after
/// a time-out is shown again.
///
/// No word of a notice can mention anybody or format anything: mentions are switched off for the message, and what would
/// be Markdown is escaped.
///
/// ```
/// # async fn tell() -> Result<(), notify::NotifyError> {
/// use notify::{DiscordNotifier, DiscordSettings, Fact, HttpSettings, Notice, Notifier, Severity, State};
///
/// let settings = DiscordSettings {
///     url: "https://discord.com/api/webhooks/1234567890/secret".into(),
///     http: HttpSettings::default(),
/// };
/// let discord = DiscordNotifier::new("discord", settings)?;
/// discord.preflight().await?;
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
/// discord.deliver(&notice).await
/// # }
/// ```
#[derive(Debug)]
pub struct DiscordNotifier {
    endpoint: Endpoint,
}

impl DiscordNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`](crate::NotifyErrorKind::Settings) when the address is none, is `http://` where
    /// that is not taken, or when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: DiscordSettings) -> Result<Self, NotifyError> {
        let endpoint = Endpoint::new(&name.into(), &waiting(&settings.url), &settings.http)?;
        Ok(Self { endpoint })
    }

    /// Discord says in a sentence what is wrong, and in the same place how long to wait.
    fn refused(&self, answer: Answer) -> NotifyError {
        let body = answer.json();
        self.endpoint.refused_saying(&answer.waiting(&body["retry_after"]), body["message"].as_str())
    }
}

/// The address with `wait=true`: without it Discord answers before it has looked at the message.
fn waiting(url: &SecretString) -> SecretString {
    let Ok(mut address) = Url::parse(url.expose_secret().trim()) else { return url.clone() };
    let others: Vec<_> = address.query_pairs().into_owned().filter(|(name, _)| name != "wait").collect();
    address.query_pairs_mut().clear().extend_pairs(others).append_pair("wait", "true");
    String::from(address).into()
}

#[async_trait]
impl Notifier for DiscordNotifier {
    fn name(&self) -> &str {
        self.endpoint.name()
    }

    /// Asks Discord about the webhook, which proves that it exists. Whether a thread does stays unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        let answer = self.endpoint.get(HeaderMap::new()).await?;
        if answer.status == 200 && answer.is_json() { Ok(()) } else { Err(self.refused(answer)) }
    }

    fn preview(&self, notice: &Notice) -> String {
        format!("{:#}", embed::message(notice))
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let answer = self.endpoint.post(HeaderMap::new(), embed::message(notice).to_string()).await?;
        if answer.status == 204 || answer.status == 200 && answer.is_json() {
            return Ok(());
        }
        Err(self.refused(answer))
    }
}

#[cfg(test)]
mod tests;
