//! One notice to people, over whichever channels they read: every channel is tried, every result returned.

mod conformance;
mod dispatch;
mod error;
mod foreign_text;
mod notice;
mod notifier;
mod recorder;

#[cfg(any(feature = "email", feature = "http"))]
mod cause;
#[cfg(any(feature = "email", feature = "http", feature = "stdout"))]
mod cut;
#[cfg(feature = "email")]
mod email;
#[cfg(feature = "http")]
mod http;
#[cfg(any(feature = "email", feature = "http", feature = "stdout"))]
mod limits;
#[cfg(any(feature = "email", feature = "http"))]
mod loopback;
#[cfg(any(feature = "email", feature = "stdout"))]
mod plain_body;
#[cfg(feature = "slack")]
mod slack;
#[cfg(feature = "stdout")]
mod stdout;
#[cfg(all(any(feature = "email", feature = "http"), any(test, feature = "test-servers")))]
pub mod test_servers;
#[cfg(feature = "webhook")]
mod webhook;

pub use conformance::{Violation, conformance, conformance_of_failure};
pub use dispatch::{Delivery, DeliveryPolicy, deliver_all, preflight_all};
pub use error::{NotifyError, NotifyErrorKind};
pub use foreign_text::{one_line, terminal_text};
pub use notice::{Fact, Notice, Severity, UnknownSeverity};
pub use notifier::Notifier;
pub use recorder::{Recorder, Reply};

#[cfg(feature = "stdout")]
pub use stdout::{StdoutNotifier, StdoutSettings};

#[cfg(feature = "email")]
pub use email::{EmailNotifier, EmailSettings, SmtpLogin, SmtpServer, SmtpTls};
#[cfg(feature = "http")]
pub use http::{HttpSettings, PlainHttp, Proxy};
#[cfg(feature = "slack")]
pub use slack::{SlackNotifier, SlackSettings};
#[cfg(feature = "webhook")]
pub use webhook::{WebhookNotifier, WebhookSettings};
