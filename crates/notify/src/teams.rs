//! The notice as a card in a Microsoft Teams channel or chat, through a workflow.

mod card;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use secrecy::SecretString;

use crate::{
    Notice, Notifier, NotifyError,
    http::{Endpoint, HttpSettings},
};

/// Where a [`TeamsNotifier`] posts.
#[derive(Debug, Clone)]
pub struct TeamsSettings {
    /// The address that the workflow "Post to a channel when a webhook request is received" shows, a secret as a whole.
    pub url: SecretString,
    /// The way there.
    pub http: HttpSettings,
}

/// Posts the notice as an Adaptive Card, version 1.4, that stays below the 28 KB which Teams takes.
///
/// Delivered is 200, 201, 202 or 204, and mostly 202: the workflow took the card over, and what becomes of it there is in
/// the workflow's own list of runs. 408, 425, 429 and 5xx are tried again, `Retry-After` obeyed; every other status is
/// final. No message id comes back, so there are neither threads nor a protection from a repeat after a time-out.
///
/// All text is plain in the card: Teams reads no Markdown in it, and `<at>` mentions nobody. An invisible character after
/// each `<` sees to the latter.
///
/// ```
/// # async fn tell() -> Result<(), notify::NotifyError> {
/// use notify::{Fact, HttpSettings, Notice, Notifier, Severity, State, TeamsNotifier, TeamsSettings};
///
/// let settings = TeamsSettings {
///     url: "https://prod-1.westeurope.logic.azure.com/workflows/…/invoke?sig=secret".into(),
///     http: HttpSettings::default(),
/// };
/// let teams = TeamsNotifier::new("teams", settings)?;
/// teams.preflight().await?;
/// let notice = Notice {
///     id: "0198f2c4".into(),
///     thread: Some("portal.example.com".into()),
///     incident: None,
///     severity: Severity::Warning,
///     state: State::StillRunning,
///     outcome: None,
///     subject: "portal.example.com: backup still runs".into(),
///     message: "Nobody waits for it any longer.".into(),
///     facts: vec![Fact::new("Progress", "60 %")],
///     next_step: None,
///     link: Some("https://portal.example.com/portal-settings/backup".into()),
///     exit_code: Some(8),
///     at: jiff::Timestamp::now(),
/// };
/// teams.deliver(&notice).await
/// # }
/// ```
#[derive(Debug)]
pub struct TeamsNotifier {
    endpoint: Endpoint,
}

impl TeamsNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`](crate::NotifyErrorKind::Settings) when the address is none, is `http://` where
    /// that is not taken, or when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: TeamsSettings) -> Result<Self, NotifyError> {
        let endpoint = Endpoint::new(&name.into(), &settings.url, &settings.http)?;
        Ok(Self { endpoint })
    }
}

#[async_trait]
impl Notifier for TeamsNotifier {
    fn name(&self) -> &str {
        self.endpoint.name()
    }

    /// Asks for the head of the front page of the address's host: any answer proves name, network, proxy and
    /// certificate. A workflow cannot be tried without posting, so one that is gone is found at the first delivery.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.endpoint.reach().await
    }

    fn preview(&self, notice: &Notice) -> String {
        format!("{:#}", card::message(notice))
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let answer = self.endpoint.post(HeaderMap::new(), card::message(notice).to_string()).await?;
        if matches!(answer.status.as_u16(), 200 | 201 | 202 | 204) {
            return Ok(());
        }
        // The message beside the code names the workflow, which is a part of the address.
        Err(self.endpoint.refused_saying(&answer, answer.json().pointer("/error/code").and_then(|code| code.as_str())))
    }
}

#[cfg(test)]
mod tests;
