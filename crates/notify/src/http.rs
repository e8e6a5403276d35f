//! What the channels over HTTP share: one address, one client, errors that give the address away to nobody.

mod answer;
mod settings;
#[cfg(test)]
pub(crate) mod sink;

use std::{borrow::Cow, fmt};

use reqwest::{Client, RequestBuilder, Url, header::HeaderMap, redirect::Policy};
use secrecy::{ExposeSecret, SecretString};

pub(crate) use answer::Answer;
pub use settings::{HttpSettings, PlainHttp, Proxy};

use crate::{
    NotifyError, NotifyErrorKind,
    cause::{chain_text, distrusts_certificate},
    cut::cut_by,
    loopback::is_loopback,
};

/// More of an answer than this is not read.
const LONGEST_ANSWER: usize = 4096;

/// The most of a service's words that an error repeats.
const LONGEST_WORDS: usize = 200;

/// What is shorter is no secret, but a word that says what the address is for.
const SHORTEST_SECRET: usize = 6;

/// The address of a webhook, which is a secret as a whole: whoever knows it can post.
pub(crate) struct Endpoint {
    name: String,
    url: Url,
    client: Client,
    hidden: Vec<SecretString>,
    longest_answer: usize,
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
            hidden: Vec::new(),
            longest_answer: LONGEST_ANSWER,
        })
    }

    /// The same, taking care that no error shows a secret that goes with the requests.
    pub(crate) fn hiding(mut self, secret: &SecretString) -> Self {
        self.hidden.push(secret.clone());
        self
    }

    /// The same, for a service that says much before it comes to the point.
    pub(crate) fn reading(self, longest_answer: usize) -> Self {
        Self { longest_answer, ..self }
    }

    /// Another address of the same service, which takes the place of the last part of this one's path.
    pub(crate) fn beside(&self, last: &'static str) -> Self {
        let url = self.url.join(last).expect("a word without a colon can follow any address that has a host");
        self.at(|address| *address = url)
    }

    /// Another address of the same service: this one, changed.
    pub(crate) fn at(&self, change: impl FnOnce(&mut Url)) -> Self {
        let mut url = self.url.clone();
        change(&mut url);
        let (name, client, hidden) = (self.name.clone(), self.client.clone(), self.hidden.clone());
        Self { name, url, client, hidden, longest_answer: self.longest_answer }
    }

    /// Whether the address goes on after the host.
    pub(crate) fn has_path(&self) -> bool {
        self.url.path().len() > 1
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

    /// Asks for what is there.
    pub(crate) async fn get(&self, headers: HeaderMap) -> Result<Answer, NotifyError> {
        self.send(self.client.get(self.url.clone()).headers(headers)).await
    }

    /// Posts JSON.
    pub(crate) async fn post(&self, headers: HeaderMap, body: String) -> Result<Answer, NotifyError> {
        let request = self.client.post(self.url.clone()).header("content-type", "application/json");
        self.send(request.headers(headers).body(body)).await
    }

    /// Posts plain text.
    pub(crate) async fn post_text(&self, body: String) -> Result<Answer, NotifyError> {
        let request = self.client.post(self.url.clone()).header("content-type", "text/plain; charset=utf-8");
        self.send(request.body(body)).await
    }

    /// The error for an answer that is no delivery.
    pub(crate) fn refused(&self, answer: &Answer) -> NotifyError {
        self.refused_saying(answer, answer.word())
    }

    /// The same, with what the service says in a place of the body that is meant to be shown. Words that repeat the address
    /// or a secret are kept back.
    pub(crate) fn refused_saying(&self, answer: &Answer, said: Option<&str>) -> NotifyError {
        let error = NotifyError::new(&self.name, answer.kind(), format!("not delivered: status {}", answer.status));
        match said.map(|said| beyond_status(answer, said)).filter(|said| !said.is_empty() && !self.gives_away(said)) {
            Some(said) => error.with_cause(cut_by(said, LONGEST_WORDS, |_| 1)),
            None => error,
        }
    }

    fn gives_away(&self, text: &str) -> bool {
        let path = self.url.path_segments().into_iter().flatten().map(Cow::Borrowed);
        let mut address = path.chain(self.url.query_pairs().map(|(_, value)| value));
        let mut hidden = self.hidden.iter();
        address.any(|part| part.len() >= SHORTEST_SECRET && text.contains(&*part))
            || hidden.any(|secret| text.contains(secret.expose_secret()))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer, NotifyError> {
        let answer = async { Answer::read(request.send().await?, self.longest_answer).await };
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

/// What is said beyond the words that the status stands for.
fn beyond_status<'a>(answer: &Answer, said: &'a str) -> &'a str {
    let reason = answer.status.canonical_reason().unwrap_or_default();
    said.strip_prefix(reason).map_or(said, |rest| rest.trim_start_matches([':', ' ']))
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
