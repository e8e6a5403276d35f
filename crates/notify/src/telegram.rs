//! The notice as a message of a Telegram bot.

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod text;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind, Severity,
    http::{Answer, Endpoint, HttpSettings},
};

/// Which bot speaks in a [`TelegramNotifier`], and where.
#[derive(Debug, Clone)]
pub struct TelegramSettings {
    /// The bot's token, as BotFather gives it: `123456789:AA…`.
    pub bot_token: SecretString,
    /// The chat: a number, negative for groups and channels, or `@name` of a public channel. The bot has to be in it.
    pub chat_id: String,
    /// The topic of a group with topics; `None` for the general one.
    pub topic_id: Option<i64>,
    /// The address of the Bot API; [`TelegramSettings::API`] unless you run a server of your own.
    pub api: String,
    /// The way there.
    pub http: HttpSettings,
}

impl TelegramSettings {
    /// `https://api.telegram.org`.
    pub const API: &str = "https://api.telegram.org";
}

/// Sends the notice as one message with bold labels, links without previews, and no sound where it is
/// [`Severity::Info`].
///
/// Delivered is 200 with `"ok":true`. 429 and 5xx are tried again, after as long as `retry_after` says; every other
/// status is final: 400 when there is no such chat, 401 or 404 when the token is wrong, 403 when the bot was blocked or put
/// out. Telegram knows no key for a message, so a repeat after a time-out is shown again.
///
/// No word of a notice can mention anybody or format anything: an invisible character after each `@` keeps Telegram from
/// finding names.
///
/// ```
/// # async fn tell() -> Result<(), notify::NotifyError> {
/// use notify::{Fact, HttpSettings, Notice, Notifier, Severity, State, TelegramNotifier, TelegramSettings};
///
/// let settings = TelegramSettings {
///     bot_token: "123456789:AAF-a_token_of_thirty-five_letters_x".into(),
///     chat_id: "-1001234567890".into(),
///     topic_id: None,
///     api: TelegramSettings::API.into(),
///     http: HttpSettings::default(),
/// };
/// let telegram = TelegramNotifier::new("telegram", settings)?;
/// telegram.preflight().await?;
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
/// telegram.deliver(&notice).await
/// # }
/// ```
#[derive(Debug)]
pub struct TelegramNotifier {
    messages: Endpoint,
    chats: Endpoint,
    chat: Value,
    topic: Option<i64>,
}

impl TelegramNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when the token has not the form of one, the chat is neither a number nor a name
    /// with `@`, the address of the API is none or is `http://` where that is not taken, or when the CA or the proxy
    /// cannot be read.
    pub fn new(name: impl Into<String>, settings: TelegramSettings) -> Result<Self, NotifyError> {
        let name = name.into();
        let wrong = |message: &str| NotifyError::new(&name, NotifyErrorKind::Settings, message);
        let token = token(&settings.bot_token).map_err(wrong)?;
        let chat = chat(&settings.chat_id).map_err(wrong)?;
        let url = format!("{}/bot{token}/sendMessage", settings.api.trim().trim_end_matches('/')).into();
        let messages = Endpoint::new(&name, &url, &settings.http)?.hiding(&token.into());
        let chats = messages.beside("getChat");
        Ok(Self { messages, chats, chat, topic: settings.topic_id })
    }

    fn message(&self, notice: &Notice) -> Value {
        let mut message = json!({
            "chat_id": self.chat,
            "text": text::text(notice),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": true},
            "disable_notification": notice.severity == Severity::Info,
        });
        if let Some(topic) = self.topic {
            message["message_thread_id"] = topic.into();
        }
        message
    }

    async fn call(&self, method: &Endpoint, parameters: &Value) -> Result<(), NotifyError> {
        let answer = method.post(HeaderMap::new(), parameters.to_string()).await?;
        if answer.status == 200 && answer.body.trim_start().starts_with(r#"{"ok":true"#) {
            return Ok(());
        }
        Err(refused(method, answer))
    }
}

/// Telegram says in a sentence what is wrong, how long to wait, and where a group is that has moved.
fn refused(method: &Endpoint, answer: Answer) -> NotifyError {
    let body = answer.json();
    let parameters = &body["parameters"];
    let said = body["description"].as_str().map(|said| match parameters["migrate_to_chat_id"].as_i64() {
        Some(chat) => format!("{said}; its new chat id is {chat}"),
        None => said.to_owned(),
    });
    method.refused_saying(&answer.waiting(&parameters["retry_after"]), said.as_deref())
}

/// A token is a part of the address, so nothing may be in it that would lead elsewhere.
fn token(token: &SecretString) -> Result<&str, &'static str> {
    let token = token.expose_secret().trim();
    let (bot, secret) = token.split_once(':').unwrap_or_default();
    let is_secret = secret.len() >= 20 && secret.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let is_bot = !bot.is_empty() && bot.bytes().all(|b| b.is_ascii_digit());
    if is_bot && is_secret {
        Ok(token)
    } else {
        Err("the bot's token is none: BotFather gives one like 123456789:AAF…")
    }
}

fn chat(chat: &str) -> Result<Value, &'static str> {
    let chat = chat.trim();
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    match (chat.parse::<i64>(), chat.strip_prefix('@')) {
        (Ok(number), _) => Ok(number.into()),
        (Err(_), Some(name)) if is_name(name) => Ok(chat.into()),
        (Err(_), _) => Err("the chat is neither a number like -1001234567890 nor a name like @channel"),
    }
}

#[async_trait]
impl Notifier for TelegramNotifier {
    fn name(&self) -> &str {
        self.messages.name()
    }

    /// Asks about the chat, which proves the token, and that the bot knows the chat. Whether it may write there, and
    /// whether there is such a topic, stays unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.call(&self.chats, &json!({"chat_id": self.chat})).await
    }

    fn preview(&self, notice: &Notice) -> String {
        format!("{:#}", self.message(notice))
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        self.call(&self.messages, &self.message(notice)).await
    }
}

#[cfg(test)]
mod tests;
