//! The notice as JSON to an address of your own, signed as Standard Webhooks has it.

mod signature;

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderValue};
use secrecy::SecretString;

use crate::{
    Notice, Notifier, NotifyError, NotifyErrorKind,
    http::{Endpoint, HttpSettings},
    json_body::{json_body, pretty_body},
};
use signature::SigningKey;

/// Where a [`WebhookNotifier`] posts, and what it signs with.
#[derive(Debug, Clone)]
pub struct WebhookSettings {
    /// The address, a secret as a whole.
    pub url: SecretString,
    /// `whsec_` and the key as base64, or the key as it is. Without it nothing is signed.
    pub secret: Option<SecretString>,
    /// The way there.
    pub http: HttpSettings,
}

/// Posts the notice as JSON.
///
/// ```json
/// {"schema_version":1,"id":"0198f2c4","thread":"portal.example.com","incident":null,"severity":"error",
///  "state":"failed","outcome":"failed",
///  "subject":"portal.example.com: backup failed","message":"The portal ran out of disk space.",
///  "facts":[{"label":"Started","value":"2026-07-29 10:15 UTC"}],
///  "next_step":"Free some space, then start the backup again.",
///  "link":"https://portal.example.com/portal-settings/backup","exit_code":1,"at":"2026-07-29T10:17:02Z"}
/// ```
///
/// Absent values are `null`; the schema only grows. Text is as it came, not escaped for any display. Of very long parts
/// only the beginning is sent, with a note.
///
/// Headers: `webhook-id` is [`Notice::key`], the same at every try, so that a receiver can drop a repeat;
/// `webhook-timestamp` is the time of the try in seconds; `webhook-signature` is `v1,` and the base64 of the
/// HMAC-SHA256 over `id.timestamp.body`.
///
/// Delivered is any 2xx. 408, 425, 429 and 5xx are tried again, `Retry-After` obeyed; every other status is final, and
/// a redirect is not followed. An error gives the status, and the body only if that is one word: a longer one may quote
/// the address.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use notify::{
///     DeliveryPolicy, Fact, HttpSettings, Notice, Notifier, Severity, State, WebhookNotifier, WebhookSettings,
///     deliver_all,
/// };
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let settings = WebhookSettings {
///     url: "https://tickets.example.com/hooks/backup".into(),
///     secret: Some("whsec_c2lnbmluZy1zZWNyZXQtb2YtdGVzdHM=".into()),
///     http: HttpSettings::default(),
/// };
/// let channel: Arc<dyn Notifier> = Arc::new(WebhookNotifier::new("tickets", settings)?);
/// channel.preflight().await?; // the host can be reached
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
///     link: Some("https://portal.example.com/portal-settings/backup".into()),
///     exit_code: Some(1),
///     at: "2026-07-29T10:17:02Z".parse()?,
/// };
/// for delivery in deliver_all(&[channel], &notice, &DeliveryPolicy::default()).await {
///     println!("{} of {}: {}", notice.key(), delivery.name, delivery.status()); // 0198f2c4_failed is the webhook-id
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct WebhookNotifier {
    endpoint: Endpoint,
    key: Option<SigningKey>,
}

impl WebhookNotifier {
    /// Checks the settings offline.
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] when the address is none, is `http://` where that is not taken, when the secret is
    /// empty or broken base64, or when the CA or the proxy cannot be read.
    pub fn new(name: impl Into<String>, settings: WebhookSettings) -> Result<Self, NotifyError> {
        let name = name.into();
        let wrong = |message: &str| NotifyError::new(&name, NotifyErrorKind::Settings, message);
        let key = settings.secret.as_ref().map(SigningKey::new).transpose().map_err(wrong)?;
        let endpoint = Endpoint::new(&name, &settings.url, &settings.http)?;
        Ok(Self { endpoint, key })
    }

    fn headers(&self, notice: &Notice, body: &str, now: Timestamp) -> HeaderMap {
        let (id, timestamp) = (notice.key(), now.as_second().to_string());
        let mut headers = HeaderMap::new();
        if let Some(key) = &self.key {
            headers.insert("webhook-signature", value(&key.sign(&id, &timestamp, body)));
        }
        headers.insert("webhook-id", value(&id));
        headers.insert("webhook-timestamp", value(&timestamp));
        headers
    }
}

#[async_trait]
impl Notifier for WebhookNotifier {
    fn name(&self) -> &str {
        self.endpoint.name()
    }

    /// Asks for the head of the front page of the address's host: any answer proves name, network, proxy and
    /// certificate. Nothing is posted, so whether the path is right and the signature accepted stays unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        self.endpoint.reach().await
    }

    fn preview(&self, notice: &Notice) -> String {
        pretty_body(notice)
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let body = json_body(notice);
        let headers = self.headers(notice, &body, Timestamp::now());
        let answer = self.endpoint.post(headers, body).await?;
        if answer.status.is_success() {
            return Ok(());
        }
        Err(self.endpoint.refused(&answer))
    }
}

/// Keys, numbers and base64 are visible ASCII, which every header takes.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("only visible ASCII comes here")
}

#[cfg(test)]
mod tests;
