//! The notice as a card in a Slack channel, posted by a bot, which can answer in threads.

mod answer;

use async_trait::async_trait;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::card;
use crate::{
    IncidentPhase, Notice, Notifier, NotifyError, NotifyErrorKind,
    http::{Endpoint, HttpSettings},
};
use answer::{Refusal, read};

/// Slack repeats the whole message in its answer.
const LONGEST_ANSWER: usize = 256 * 1024;

/// As whom and where a [`SlackBotNotifier`] posts.
#[derive(Debug, Clone)]
pub struct SlackBotSettings {
    /// The bot's token, `xoxb-…`, with the scope `chat:write`.
    pub token: SecretString,
    /// The id of the channel, `C0123456789`, or its name with `#`. The bot must be a member of it.
    pub channel: String,
    /// Where Slack's methods are; [`SlackBotSettings::API`] but for special clouds. It ends with a slash.
    pub api: String,
    /// The way there.
    pub http: HttpSettings,
}

impl SlackBotSettings {
    /// `https://slack.com/api/`.
    pub const API: &str = "https://slack.com/api/";
}

/// Posts the notice as the card that [`SlackNotifier`](crate::SlackNotifier) posts, as a bot: messages of one incident
/// form a thread.
///
/// The receipt is the `ts` of the thread's first message, so the latest receipt of an incident always leads to its thread.
/// A thread that Slack no longer knows is begun anew. The notice that closes an incident is shown in the channel, too.
///
/// Delivered is an answer with `"ok": true`. Where Slack finds fault with the card, the notice is sent once more as plain
/// text. Tried again are 408, 425, 429 and 5xx, with `Retry-After` obeyed, and Slack's own words for trouble that passes,
/// such as `ratelimited`, `internal_error` or `service_unavailable`; `invalid_auth`, `not_in_channel` and the others are
/// final. Slack does not recognise a repeat: it is shown again.
///
/// No word of a notice can mention anybody: `<!channel>` arrives as these characters.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use notify::{
///     DeliveryPolicy, HttpSettings, Incident, IncidentPhase, Notice, Notifier, Severity, SlackBotNotifier,
///     SlackBotSettings, State, deliver_one,
/// };
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = SlackBotSettings {
///     token: "xoxb-secret".into(),
///     channel: "C0123456789".into(),
///     api: SlackBotSettings::API.into(),
///     http: HttpSettings::default(),
/// };
/// let channel: Arc<dyn Notifier> = Arc::new(SlackBotNotifier::new("slack", settings)?);
/// channel.preflight().await?; // the token is good
///
/// let now = jiff::Timestamp::now();
/// let incident = Incident { id: "i-17".into(), phase: IncidentPhase::Opened, since: now, failures: 1 };
/// let failed = Notice {
///     id: "0198f2c4".into(),
///     thread: Some("portal.example.com".into()),
///     incident: Some(incident.clone()),
///     severity: Severity::Error,
///     state: State::Failed,
///     outcome: Some("failed".into()),
///     subject: "portal.example.com: backup failed".into(),
///     message: "The portal ran out of disk space.".into(),
///     facts: Vec::new(),
///     next_step: Some("Free some space, then start the backup again.".into()),
///     link: None,
///     exit_code: Some(1),
///     at: now,
/// };
/// let policy = DeliveryPolicy::default();
/// let (_, receipt) = deliver_one(&channel, &failed, None, &policy).await;
///
/// // Much later, perhaps in another process that was given the receipt:
/// let recovered = Notice {
///     incident: Some(Incident { phase: IncidentPhase::Resolved, ..incident }),
///     severity: Severity::Success,
///     state: State::Recovered,
///     ..failed
/// };
/// let (delivery, _) = deliver_one(&channel, &recovered, receipt.as_deref(), &policy).await;
/// println!("{}", delivery.status());
/// # Ok::<(), notify::NotifyError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SlackBotNotifier {
    post: Endpoint,
    authorization: HeaderValue,
    channel: String,
}

impl SlackBotNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when the token or the channel is none, when the address is none or is `http://` where
    /// that is not taken, or when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: SlackBotSettings) -> Result<Self, NotifyError> {
        let name = name.into();
        let wrong = |message: &str| NotifyError::new(&name, NotifyErrorKind::Settings, message);
        let channel = settings.channel.trim().to_owned();
        if channel.is_empty() || channel.contains(char::is_whitespace) {
            return Err(wrong("the channel is neither an id such as C0123456789 nor a name such as #backups"));
        }
        let authorization = authorization(&settings.token).map_err(wrong)?;
        let address = SecretString::from(format!("{}chat.postMessage", settings.api));
        let post = Endpoint::new(&name, &address, &settings.http)?.hiding(&settings.token).reading(LONGEST_ANSWER);
        Ok(Self { post, authorization, channel })
    }

    fn headers(&self) -> HeaderMap {
        HeaderMap::from_iter([(AUTHORIZATION, self.authorization.clone())])
    }

    /// Posts once; the answer is the `ts` of the message.
    async fn send(&self, notice: &Notice, mut message: Value, thread: Option<&str>) -> Result<Option<String>, Refusal> {
        message["channel"] = json!(self.channel);
        message["unfurl_links"] = json!(false);
        message["unfurl_media"] = json!(false);
        if let Some(thread) = thread {
            message["thread_ts"] = json!(thread);
            message["reply_broadcast"] = json!(closes(notice));
        }
        let answer = self.post.post(self.headers(), message.to_string()).await.map_err(Refusal::Failed)?;
        read(&self.post, &answer)
    }

    /// Posts as a card, and as plain text where Slack finds fault with that.
    async fn send_card(&self, notice: &Notice, thread: Option<&str>) -> Result<Option<String>, Refusal> {
        match self.send(notice, card::card(notice), thread).await {
            Err(Refusal::Card(_)) => {
                tracing::warn!(channel = self.name(), "the card was refused and goes as plain text");
                self.send(notice, card::plain(notice), thread).await
            }
            sent => sent,
        }
    }
}

/// Those who look at the channel alone should see that it is over.
fn closes(notice: &Notice) -> bool {
    notice.incident.as_ref().is_some_and(|incident| incident.phase == IncidentPhase::Resolved)
}

fn authorization(token: &SecretString) -> Result<HeaderValue, &'static str> {
    let token = token.expose_secret().trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("the token is none; a bot's begins with xoxb-");
    }
    let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| "the token is none")?;
    value.set_sensitive(true);
    Ok(value)
}

#[async_trait]
impl Notifier for SlackBotNotifier {
    fn name(&self) -> &str {
        self.post.name()
    }

    /// Asks Slack whose the token is, by `auth.test`. Whether the bot is in the channel stays unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        let test = self.post.beside("auth.test");
        let answer = test.post(self.headers(), "{}".into()).await?;
        read(&test, &answer).map(drop).map_err(Refusal::into_error)
    }

    fn preview(&self, notice: &Notice) -> String {
        format!("{:#}", card::card(notice))
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        self.deliver_in_thread(notice, None).await.map(drop)
    }

    async fn deliver_in_thread(&self, notice: &Notice, thread: Option<&str>) -> Result<Option<String>, NotifyError> {
        let sent = match self.send_card(notice, thread).await {
            Ok(_) if thread.is_some() => return Ok(thread.map(str::to_owned)),
            Err(Refusal::Thread(_)) if thread.is_some() => {
                tracing::warn!(channel = self.name(), "the thread is gone and is begun anew");
                self.send_card(notice, None).await
            }
            sent => sent,
        };
        sent.map_err(Refusal::into_error)
    }
}

#[cfg(test)]
mod tests;
