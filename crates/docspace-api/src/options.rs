//! How a portal is called: limits of time, tries, trust and way.

use std::{fmt, time::Duration};

/// How a [`Portal`](crate::Portal) is called. The defaults suit a portal on the Internet.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientOptions {
    /// How long a connection may take to come about, TLS included. Default 10 s.
    pub connect_timeout: Duration,
    /// How long the portal may be silent: before its answer begins, and then between two parts of it. Default 65 s,
    /// since the portal's front server gives up at 60 s and its answer should win (contract §3.4).
    pub idle_timeout: Duration,
    /// How long one call may take with all its tries and the waiting between them. Default 120 s.
    pub total_timeout: Duration,
    /// When a call is tried again.
    pub retry: RetryPolicy,
    /// Certificates in PEM form to trust besides the system's.
    pub ca_pem: Option<Vec<u8>>,
    /// The way to the portal.
    pub proxy: Proxy,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(65),
            total_timeout: Duration::from_secs(120),
            retry: RetryPolicy::default(),
            ca_pem: None,
            proxy: Proxy::default(),
        }
    }
}

impl fmt::Debug for ClientOptions {
    /// Without the bytes of the PEM file, where a private key may lie by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ca_pem = self.ca_pem.as_ref().map(|pem| format!("{} bytes", pem.len()));
        f.debug_struct("ClientOptions")
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .field("ca_pem", &ca_pem)
            .field("proxy", &self.proxy)
            .finish()
    }
}

/// The way to the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proxy {
    /// As `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say. A portal on this machine is always called
    /// directly, so that its plain-text key is not handed to a proxy.
    #[default]
    Environment,
    /// Directly, whatever the environment says.
    None,
}

/// When a failed call is tried again: only where [`ApiErrorKind::is_retryable`](crate::ApiErrorKind::is_retryable) allows it.
///
/// The pause doubles with each try, from [`first_delay`](Self::first_delay) up to [`longest_delay`](Self::longest_delay),
/// each shortened by a random part so that many clients do not return at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a request is sent at most, the first time included. Default 4; 0 counts as 1.
    pub tries: u32,
    /// The pause after the first failure, at most. Default 500 ms.
    pub first_delay: Duration,
    /// The longest pause. Default 20 s. It is also the longest `Retry-After` that is waited for: one that is longer, or
    /// that would end after [`ClientOptions::total_timeout`], ends the tries at once and is left to the caller in
    /// [`ApiErrorKind::Throttled`](crate::ApiErrorKind::Throttled).
    pub longest_delay: Duration,
}

impl RetryPolicy {
    /// One try, whatever happens.
    pub const NEVER: RetryPolicy = RetryPolicy { tries: 1, first_delay: Duration::ZERO, longest_delay: Duration::ZERO };
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { tries: 4, first_delay: Duration::from_millis(500), longest_delay: Duration::from_secs(20) }
    }
}
