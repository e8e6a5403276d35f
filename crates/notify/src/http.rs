//! What the channels over HTTP share: one address, one client, errors that give the address away to nobody.

mod answer;
mod settings;
#[cfg(test)]
pub(crate) mod sink;

use std::fmt;

use reqwest::{Client, RequestBuilder, Url, header::HeaderMap, redirect::Policy};
use secrecy::{ExposeSecret, SecretString};

pub(crate) use answer::Answer;
pub use settings::{HttpSettings, PlainHttp, Proxy};

use crate::{
    NotifyError, NotifyErrorKind,
    cause::{chain_text, distrusts_certificate},
    loopback::is_loopback,
};

/// The address of a webhook, which is a secret as a whole: whoever knows it can post.
pub(crate) struct Endpoint {
    name: String,
    url: Url,
    client: Client,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Endpoint {
    pub(crate) fn new(name: &str, url: &SecretString, settings: &HttpSettings) -> Result<Self, NotifyError> {
        let wrong = |message: String| NotifyError::new(name, NotifyErrorKind::Settings, message);
        Ok(Self {
            name: name.to_owned(),
            url: checked_url(url.expose_secret(), settings.plain_http).map_err(wrong)?,
            client: client(settings).map_err(wrong)?,
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Asks for the head of the host's front page: name, network, proxy and certificate are proven by any answer at
    /// all, and the secret path is not touched.
    pub(crate) async fn reach(&self) -> Result<(), NotifyError> {
        let mut front = self.url.clone();
        front.set_path("/");
        front.set_query(None);
        self.send(self.client.head(front)).await.map(drop)
    }

    /// Posts JSON.
    pub(crate) async fn post(&self, headers: HeaderMap, body: String) -> Result<Answer, NotifyError> {
        let request = self.client.post(self.url.clone()).header("content-type", "application/json");
        self.send(request.headers(headers).body(body)).await
    }

    /// The error for an answer that is no delivery.
    pub(crate) fn refused(&self, answer: &Answer) -> NotifyError {
        let error = NotifyError::new(&self.name, answer.kind(), format!("not delivered: status {}", answer.status));
        match answer.word() {
            Some(word) => error.with_cause(word),
            None => error,
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer, NotifyError> {
        let answer = async { Answer::read(request.send().await?).await };
        answer.await.map_err(|error| self.unanswered(error.without_url()))
    }

    fn unanswered(&self, error: reqwest::Error) -> NotifyError {
        let (kind, message) = match () {
            () if distrusts_certificate(&error) => (NotifyErrorKind::Permanent, "the certificate is not trusted"),
            () if error.is_connect() => (NotifyErrorKind::Transient { retry_after: None }, "no connection"),
            () if error.is_timeout() => (NotifyErrorKind::TimedOut, "no answer in time"),
            () => (NotifyErrorKind::Transient { retry_after: None }, "the connection broke"),
        };
        let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), chain_text);
        NotifyError::new(&self.name, kind, message).with_cause(self.without_host(&cause))
    }

    /// A certificate's error names the host, which with some services is the secret.
    fn without_host(&self, text: &str) -> String {
        text.replace(self.url.host_str().unwrap_or_default(), "the host")
    }
}

fn checked_url(url: &str, plain_http: PlainHttp) -> Result<Url, String> {
    let url = Url::parse(url.trim()).map_err(|e| format!("the address cannot be read: {e}"))?;
    let host = url.host().ok_or("the address has no host")?;
    match (url.scheme(), plain_http) {
        ("https", _) | ("http", PlainHttp::Allowed) => {}
        ("http", PlainHttp::LoopbackOnly) if is_loopback(&host) => {}
        ("http", PlainHttp::LoopbackOnly) => {
            return Err("the address is http://, and only https:// keeps it secret".into());
        }
        _ => return Err("the address must begin with https://".into()),
    }
    Ok(url)
}

fn client(settings: &HttpSettings) -> Result<Client, String> {
    provide_tls();
    let builder = Client::builder()
        .user_agent(concat!("notify/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .connect_timeout(settings.timeout)
        .timeout(settings.timeout)
        .pool_max_idle_per_host(0)
        .tls_certs_merge(settings.certificates()?);
    let builder = match &settings.proxy {
        Proxy::Environment => builder,
        Proxy::Direct => builder.no_proxy(),
        Proxy::Through(url) => builder.proxy(settings::proxy(url)?),
    };
    builder.build().map_err(|e| format!("cannot set up TLS: {}", chain_text(&e.without_url())))
}

/// Without a provider of its own in the process, TLS is given ring.
fn provide_tls() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Somebody else may have been quicker; theirs is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

#[cfg(test)]
mod tests;
