//! The notice as a message on a phone, through ntfy.

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod message;

use async_trait::async_trait;
use reqwest::{
    Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind,
    http::{Answer, Endpoint, HttpSettings},
};

/// Where an [`NtfyNotifier`] publishes.
#[derive(Debug, Clone)]
pub struct NtfySettings {
    /// The address of the topic, `https://ntfy.sh/…`. Who knows it can read what is sent there, so it is a secret.
    pub url: SecretString,
    /// An access token, `tk_…`, for a server or a topic that asks for one.
    pub token: Option<SecretString>,
    /// The way there.
    pub http: HttpSettings,
}

/// Publishes the notice to a topic, with a priority, a symbol, and the notice's link behind a tap.
///
/// The priority is the severity: an error is 5, a warning 4, a success 3, and what only informs 2, which makes no sound.
///
/// Delivered is 200 with the message as JSON. 408, 425, 429 and 5xx are tried again, `Retry-After` obeyed; every other
/// status is final. ntfy knows no key for a message, so a repeat after a time-out is shown again. The text stays below the
/// 4096 bytes above which a server makes it an attachment or refuses it.
///
/// ```
/// # async fn tell() -> Result<(), notify::NotifyError> {
/// use notify::{Fact, HttpSettings, Notice, Notifier, NtfyNotifier, NtfySettings, Severity, State};
///
/// let settings = NtfySettings {
///     url: "https://ntfy.example.com/backups-f3kq8x".into(),
///     token: Some("tk_secret".into()),
///     http: HttpSettings::default(),
/// };
/// let ntfy = NtfyNotifier::new("ntfy", settings)?;
/// ntfy.preflight().await?;
/// let notice = Notice {
///     id: "0198f2c4".into(),
///     thread: Some("portal.example.com".into()),
///     incident: None,
///     severity: Severity::Success,
///     state: State::Recovered,
///     outcome: Some("completed".into()),
///     subject: "portal.example.com: backup works again".into(),
///     message: "It had failed for two days.".into(),
///     facts: vec![Fact::new("Backup", "acme_2026-07-29.tar.gz")],
///     next_step: None,
///     link: Some("https://portal.example.com/portal-settings/backup".into()),
///     exit_code: Some(0),
///     at: jiff::Timestamp::now(),
/// };
/// ntfy.deliver(&notice).await
/// # }
/// ```
#[derive(Debug)]
pub struct NtfyNotifier {
    server: Endpoint, // messages as JSON go to its front page, with the topic in them
    account: Endpoint,
    topic: SecretString,
    headers: HeaderMap,
}

impl NtfyNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when the address is none, does not end in a topic, or is `http://` where that is not
    /// taken, when the token is empty or holds what no header can, or when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: NtfySettings) -> Result<Self, NotifyError> {
        let name = name.into();
        let wrong = |message: &str| NotifyError::new(&name, NotifyErrorKind::Settings, message);
        let published = Endpoint::new(&name, &settings.url, &settings.http)?;
        let topic = topic(&settings.url).map_err(wrong)?;
        let headers = settings.token.as_ref().map(authorization).transpose().map_err(wrong)?.unwrap_or_default();
        let server = settings.token.iter().fold(published.beside("./").hiding(&topic), Endpoint::hiding);
        let account = server.beside("v1/account");
        Ok(Self { server, account, topic, headers })
    }

    /// ntfy says in a sentence what is wrong.
    fn refused(&self, answer: &Answer) -> NotifyError {
        self.server.refused_saying(answer, answer.json()["error"].as_str())
    }
}

fn topic(url: &SecretString) -> Result<SecretString, &'static str> {
    let url = Url::parse(url.expose_secret().trim()).map_err(|_| "the address cannot be read")?;
    let topic = url.path_segments().and_then(|mut path| path.next_back()).unwrap_or_default();
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if (1..=64).contains(&topic.len()) && topic.bytes().all(fits) {
        return Ok(topic.into());
    }
    Err("the address must end in a topic of 1 to 64 letters, digits, _ and -")
}

fn authorization(token: &SecretString) -> Result<HeaderMap, &'static str> {
    let token = token.expose_secret().trim();
    let value = HeaderValue::from_str(&format!("Bearer {token}")).ok().filter(|_| !token.is_empty());
    let mut value = value.ok_or("the token is empty or holds what no header can")?;
    value.set_sensitive(true);
    Ok(HeaderMap::from_iter([(AUTHORIZATION, value)]))
}

#[async_trait]
impl Notifier for NtfyNotifier {
    fn name(&self) -> &str {
        self.server.name()
    }

    /// Asks the server whose token it is: any answer proves name, network, proxy and certificate, and a token that is none
    /// is refused. Whether it may write to the topic stays unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        let answer = self.account.get(self.headers.clone()).await?;
        if matches!(answer.status.as_u16(), 401 | 403) { Err(self.refused(&answer)) } else { Ok(()) }
    }

    /// The topic is a secret and left out.
    fn preview(&self, notice: &Notice) -> String {
        format!("{:#}", message::message(notice, "…"))
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let message = message::message(notice, self.topic.expose_secret());
        let answer = self.server.post(self.headers.clone(), message.to_string()).await?;
        if answer.status == 200 && answer.is_json() {
            return Ok(());
        }
        Err(self.refused(&answer))
    }
}

#[cfg(test)]
mod tests;
