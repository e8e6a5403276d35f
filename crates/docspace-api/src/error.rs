//! What can go wrong between a caller and a portal, and what a caller may branch on.

use std::time::Duration;

/// A portal call that gave no usable answer.
///
/// `Display` speaks for this layer alone ("cannot start the backup: …"); the cause below it is [`source`](std::error::Error::source).
#[derive(Debug, thiserror::Error)]
#[error("cannot {operation}: {kind}")]
pub struct ApiError {
    operation: &'static str,
    kind: ApiErrorKind,
    attempts: u32,
    message: Option<String>,
    /// The portal refused without a word.
    is_bare: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl ApiError {
    pub(crate) fn new(operation: &'static str, kind: ApiErrorKind) -> Self {
        Self { operation, kind, attempts: 1, message: None, is_bare: false, source: None }
    }

    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    pub(crate) fn with_message(self, message: Option<String>) -> Self {
        Self { message, ..self }
    }

    pub(crate) fn with_bareness(self, is_bare: bool) -> Self {
        Self { is_bare, ..self }
    }

    /// The same failure, once it is known to come from a portal that is older than the operation.
    pub(crate) fn into_unsupported(self, needs: &'static str) -> Self {
        Self { kind: ApiErrorKind::Unsupported { needs }, ..self }
    }

    /// Whether the portal perhaps does not know the operation: so it answers where no route leads (contract §1.5 D).
    pub(crate) fn is_unknown_operation(&self) -> bool {
        self.is_bare && matches!(self.kind, ApiErrorKind::NotFound | ApiErrorKind::Status(405))
    }

    pub(crate) fn with_source(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    /// What was tried, as it follows "cannot": `"start the backup"`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// All that a caller may branch on.
    pub fn kind(&self) -> ApiErrorKind {
        self.kind
    }

    /// How often the request was sent, or tried to be; at least 1.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The portal's own words, if its answer had any that are fit to show: at most 500 characters on one line, without
    /// stack trace, markup or control characters. The portal localises it, so never compare it with anything.
    pub fn portal_message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

/// The ways in which a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApiErrorKind {
    /// The host name is not known to the resolver. Nothing was sent.
    #[error("the host name cannot be resolved")]
    Unresolved,
    /// No connection came about: refused, no route, or no answer in time. Nothing was sent.
    #[error("no connection to the portal")]
    Unreachable,
    /// The portal's certificate is expired, for another host, or from an authority that is not trusted. Nothing was sent.
    #[error("the portal's certificate is not trusted")]
    Untrusted,
    /// No answer in time. The request was perhaps acted upon.
    #[error("no answer in time")]
    TimedOut,
    /// The connection broke before the whole answer was here. The request was perhaps acted upon.
    #[error("the connection broke")]
    Interrupted,
    /// 429: too many requests. The request was not acted upon.
    #[error("the portal asks to slow down (429)")]
    Throttled {
        /// How long the portal asks to wait; most often it does not say (contract §11).
        retry_after: Option<Duration>,
    },
    /// 401: no credential, or one that is unknown, expired, disabled, or of a disabled owner (contract §10.2).
    #[error("the key is not accepted (401)")]
    Unauthenticated,
    /// 403, in one of its forms.
    #[error("not allowed (403): {0}")]
    Forbidden(Denial),
    /// 402: quota, tariff or wallet.
    #[error("payment or quota (402)")]
    PaymentRequired,
    /// 404.
    #[error("not found (404)")]
    NotFound,
    /// The portal is older than the operation; it was asked for its version. Nothing was changed.
    #[error("the portal is too old: this needs DocSpace {needs} or newer")]
    Unsupported {
        /// The first version that has the operation, such as `3.7.1`.
        needs: &'static str,
    },
    /// Any other status that is not a success: the number, 300 to 599.
    #[error("status {0}")]
    Status(u16),
    /// An answer of success whose body is a web page: a login page, a captive portal, another site.
    #[error("a web page came instead of an answer: is this the address of a DocSpace portal?")]
    NotAPortal,
    /// A redirect, which no call but a download follows: most often `http://` to `https://`, or to a login page. For a
    /// download, one too many, or one that must not be followed.
    #[error("the address leads elsewhere")]
    Redirected,
    /// An answer of success that is not what the operation promises: broken JSON, or a field of another type.
    #[error("the answer cannot be understood")]
    Garbled,
    /// An answer larger than the limit of 16 MiB, or a folder with more files than are looked through for one.
    #[error("the answer is too large")]
    TooLarge,
}

/// Who says 403, as far as the shape of the answer tells (contract §10.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// Empty body: the key's scope is too narrow; it needs `*:write` (reading alone: `*:read`).
    #[error("the key's scope is too narrow")]
    Scope,
    /// An `error` envelope: the key's owner lacks the role (DocSpace admin or owner), or this portal forbids the operation.
    /// For a download an empty body, since no scope is asked for there: the file or the link is not for this account.
    #[error("the role of the key's owner does not allow it, or the portal forbids it")]
    Role,
    /// ProblemDetails: the portal is being restored, migrated or encrypted.
    #[error("the portal is not in service")]
    PortalState,
    /// A bare string: the address this request came from is not on the portal's list.
    #[error("this network address is not on the portal's list")]
    Address,
    /// Any other body: a proxy or firewall in front of the portal, most often.
    #[error("no reason is given")]
    Unknown,
}

/// What a request does at the portal, which decides whether it may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it may be sent as often as one likes.
    Reads,
    /// It alters or removes something, and doing so twice in a row does no more than once: sent again only where it was
    /// surely not acted upon, because no connection came about or the portal asks to slow down (429).
    Changes,
    /// It starts a job, or hits whatever is there at that moment: once it may have arrived it is never sent again.
    Starts,
}

impl ApiErrorKind {
    /// Whether to send the same request again.
    ///
    /// A start is sent again only where not a byte of it left this machine, because no connection came about. A change is
    /// sent again also where the name was not resolved, or the portal refused the request unread (429).
    pub fn is_retryable(self, effect: Effect) -> bool {
        match self {
            Self::Unreachable => true,
            Self::Unresolved | Self::Throttled { .. } => effect != Effect::Starts,
            Self::TimedOut | Self::Interrupted => effect == Effect::Reads,
            Self::Status(code) => effect == Effect::Reads && (code >= 500 || code == 408),
            Self::Untrusted | Self::Unauthenticated | Self::Forbidden(_) | Self::PaymentRequired | Self::NotFound => {
                false
            }
            Self::Unsupported { .. } => false,
            Self::NotAPortal | Self::Redirected | Self::Garbled | Self::TooLarge => false,
        }
    }

    /// Whether the request was perhaps acted upon although it failed: the doubt after which one looks instead of repeating.
    pub fn leaves_doubt(self) -> bool {
        match self {
            Self::TimedOut | Self::Interrupted | Self::NotAPortal | Self::Garbled | Self::TooLarge => true,
            Self::Status(code) => code >= 500 || code == 408,
            Self::Unresolved | Self::Unreachable | Self::Untrusted | Self::Throttled { .. } => false,
            Self::Unauthenticated | Self::Forbidden(_) | Self::PaymentRequired | Self::NotFound | Self::Redirected => {
                false
            }
            Self::Unsupported { .. } => false,
        }
    }
}
