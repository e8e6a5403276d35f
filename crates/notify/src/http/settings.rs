//! How a channel over HTTP reaches the other side.

use std::time::Duration;

use reqwest::Certificate;
use secrecy::{ExposeSecret, SecretString};

/// What every channel over HTTP can be told about the way; the defaults suit most.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// Certificate authorities to trust besides the system's, as PEM.
    pub ca_pem: Option<String>,
    /// The way out; [`Proxy::Environment`].
    pub proxy: Proxy,
    /// The limit for one try, from connecting to the last byte of the answer; 15 s.
    pub timeout: Duration,
    /// Where `http://` is taken; [`PlainHttp::LoopbackOnly`].
    pub plain_http: PlainHttp,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            ca_pem: None,
            proxy: Proxy::default(),
            timeout: Duration::from_secs(15),
            plain_http: PlainHttp::default(),
        }
    }
}

impl HttpSettings {
    pub(super) fn certificates(&self) -> Result<Vec<Certificate>, String> {
        let Some(pem) = &self.ca_pem else { return Ok(Vec::new()) };
        match Certificate::from_pem_bundle(pem.as_bytes()) {
            Ok(certificates) if !certificates.is_empty() => Ok(certificates),
            Ok(_) | Err(_) => Err("the CA file holds no certificate in PEM form".into()),
        }
    }
}

/// The way out of the network.
#[derive(Debug, Clone, Default)]
pub enum Proxy {
    /// As `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// None, whatever the environment says.
    Direct,
    /// This one, for everything: `http://user:password@proxy:3128`. Secret because of the password.
    Through(SecretString),
}

/// Where plain `http://` is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlainHttp {
    /// Only to this machine.
    #[default]
    LoopbackOnly,
    /// Anywhere: the address and the notice can be read on the way.
    Allowed,
}

pub(super) fn proxy(url: &SecretString) -> Result<reqwest::Proxy, String> {
    let url =
        reqwest::Url::parse(url.expose_secret()).map_err(|e| format!("the proxy's address cannot be read: {e}"))?;
    reqwest::Proxy::all(url).map_err(|_| "the proxy's address is none that can be used".into())
}
