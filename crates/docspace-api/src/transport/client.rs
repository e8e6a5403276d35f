//! The client: connections and limits, and the sending of one call.

use std::{error::Error, time::Duration};

use http::{
    Extensions,
    header::{self, HeaderValue},
};
use reqwest::{Certificate, Method, Request, Response, redirect};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio::time::Instant;
use url::Url;

use super::{
    Answer,
    answer::ReadAnswer,
    connection,
    course::Course,
    download::FileConnections,
    failure::{Detail, Failure},
    retry,
    retry_after::ObeyRetryAfter,
};
use crate::{ApiError, ClientOptions, Credential, Effect, Proxy, RetryPolicy};

const USER_AGENT: &str = concat!("docspace-backup/", env!("CARGO_PKG_VERSION"));

/// A connection unused for longer is not used again: front servers close theirs after 15 s to 75 s, and a request sent
/// at that moment is lost in doubt.
const KEEP_IDLE: Duration = Duration::from_secs(12);

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The file holds no `-----BEGIN CERTIFICATE-----`.
    #[error("the CA file holds no certificate in PEM form")]
    NoCertificate,
    /// A certificate of the file is damaged.
    #[error("the CA file holds a certificate that cannot be used")]
    BadCertificate(#[source] Box<dyn Error + Send + Sync>),
    /// The system's certificates or the proxy settings of the environment cannot be used.
    #[error("the HTTP client cannot be set up")]
    Client(#[source] Box<dyn Error + Send + Sync>),
}

/// Whether a call says who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    Bearer,
    Anonymous,
}

/// One call, not sent yet.
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) effect: Effect,
    pub(crate) auth: Auth,
    /// JSON.
    pub(crate) body: Option<Vec<u8>>,
}

#[derive(Clone)]
pub(crate) struct Client {
    chain: ClientWithMiddleware,
    pub(super) files: FileConnections,
    pub(super) retry: RetryPolicy,
    credential: Credential,
    total_timeout: Duration,
}

impl Client {
    pub(crate) fn new(credential: Credential, options: &ClientOptions, direct: bool) -> Result<Self, SetupError> {
        // Whoever installed one first, in this library or outside it, has chosen for the whole process.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let connections = connections(options, direct, Packed::Unpack)?;
        Ok(Self {
            chain: chain(connections, options.retry, ReadAnswer),
            files: FileConnections::new(options, direct),
            retry: options.retry,
            credential,
            total_timeout: options.total_timeout,
        })
    }

    pub(crate) fn with_retry(&self, policy: RetryPolicy) -> Self {
        let chain = chain(self.chain.as_ref().clone(), policy, ReadAnswer);
        Self { chain, retry: policy, ..self.clone() }
    }

    /// Sends the call as often as the policy allows.
    pub(crate) async fn send(&self, call: Call) -> Result<Answer, ApiError> {
        let (operation, effect) = (call.operation, call.effect);
        let send = async |extensions: &mut Extensions| {
            let response = self.execute(&self.chain, self.request(call), extensions).await?;
            Ok(Answer {
                status: response.status().as_u16(),
                attempts: Course::of(extensions).attempts,
                body: self.credential.redact_bytes(response.bytes().await.map_err(connection::failure)?),
            })
        };
        self.conduct(operation, effect, send).await
    }

    /// Gives a call its course, and tells and logs how it went.
    pub(super) async fn conduct<T>(
        &self,
        operation: &'static str,
        effect: Effect,
        work: impl AsyncFnOnce(&mut Extensions) -> Result<T, Failure>,
    ) -> Result<T, ApiError> {
        let started = Instant::now();
        let mut extensions = Extensions::new();
        extensions.insert(Course::new(effect, self.total_timeout));
        let result = work(&mut extensions).await;
        let course = Course::of(&mut extensions);
        let duration_ms = started.elapsed().as_millis() as u64;
        tracing::debug!(operation, status = course.status, attempt = course.attempts, duration_ms, "portal call");
        result.map_err(|failure| self.redacted(failure).into_error(operation, course.attempts.max(1)))
    }

    /// Sends the request through a chain, as long as a call may take.
    pub(super) async fn execute(
        &self,
        chain: &ClientWithMiddleware,
        request: Request,
        extensions: &mut Extensions,
    ) -> Result<Response, Failure> {
        let sent = chain.execute_with_extensions(request, extensions);
        match tokio::time::timeout(self.total_timeout, sent).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(Failure::from_chain(error)),
            Err(_) => Err(Course::of(extensions).clone().cut_short()),
        }
    }

    fn request(&self, call: Call) -> Request {
        let is_post = call.method == Method::POST;
        let mut request = Request::new(call.method, call.url);
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        if call.auth == Auth::Bearer {
            headers.insert(header::AUTHORIZATION, self.bearer());
        }
        match call.body {
            Some(body) => {
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                *request.body_mut() = Some(body.into());
            }
            // Some servers refuse a POST that does not say how long it is.
            None if is_post => {
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            None => {}
        }
        request
    }

    pub(super) fn bearer(&self) -> HeaderValue {
        self.credential.header()
    }

    pub(super) fn redacted(&self, failure: Failure) -> Failure {
        let message = failure.message.map(|text| self.redact(&text));
        let source = failure.source.map(|source| match source.downcast::<Detail>() {
            Ok(detail) => Detail(self.redact(&detail.0)).into(),
            Err(source) => source,
        });
        Failure { message, source, ..failure }
    }

    /// Words of the portal without the key, which it may repeat.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.credential.redact(text)
    }
}

/// The middlewares around the connections; the innermost one decides what a try gave.
pub(super) fn chain(
    connections: reqwest::Client,
    policy: RetryPolicy,
    innermost: impl Middleware,
) -> ClientWithMiddleware {
    ClientBuilder::new(connections)
        .with(retry::middleware(policy))
        .with(ObeyRetryAfter { longest: policy.longest_delay })
        .with(innermost)
        .build()
}

/// What becomes of an answer that comes packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    Unpack,
    Leave,
}

pub(super) fn connections(
    options: &ClientOptions,
    direct: bool,
    packed: Packed,
) -> Result<reqwest::Client, SetupError> {
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(options.connect_timeout)
        .read_timeout(options.idle_timeout)
        .pool_idle_timeout(KEEP_IDLE)
        .redirect(redirect::Policy::none())
        .referer(false)
        .gzip(packed == Packed::Unpack)
        .retry(reqwest::retry::never());
    if direct || options.proxy == Proxy::None {
        builder = builder.no_proxy();
    }
    if let Some(pem) = &options.ca_pem {
        builder = builder.tls_certs_merge(certificates(pem)?);
    }
    builder.build().map_err(|error| SetupError::Client(error.into()))
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate>, SetupError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).map(|der| certificate(der?)).collect();
    let certificates = found.map_err(SetupError::BadCertificate)?;
    if certificates.is_empty() { Err(SetupError::NoCertificate) } else { Ok(certificates) }
}

/// Read by rustls, since reqwest would find a damaged one only later, among other faults.
fn certificate(der: CertificateDer<'static>) -> Result<Certificate, Box<dyn Error + Send + Sync>> {
    RootCertStore::empty().add(der.clone())?;
    Ok(Certificate::from_der(&der)?)
}
