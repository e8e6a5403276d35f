//! One notice to people, over whichever channels they read: every channel is tried, every result returned.

mod conformance;
mod dispatch;
mod error;
mod foreign_text;
mod notice;
mod notifier;
mod recorder;

#[cfg(any(feature = "email", feature = "slack", feature = "stdout", feature = "webhook"))]
mod cut;
#[cfg(any(feature = "email", feature = "slack", feature = "stdout", feature = "webhook"))]
mod limits;
#[cfg(any(feature = "email", feature = "stdout"))]
mod plain_body;
#[cfg(feature = "stdout")]
mod stdout;

pub use conformance::{Violation, conformance, conformance_of_failure};
pub use dispatch::{Delivery, DeliveryPolicy, deliver_all, preflight_all};
pub use error::{NotifyError, NotifyErrorKind};
pub use foreign_text::{one_line, terminal_text};
pub use notice::{Fact, Notice, Severity, UnknownSeverity};
pub use notifier::Notifier;
pub use recorder::{Recorder, Reply};

#[cfg(feature = "stdout")]
pub use stdout::{StdoutNotifier, StdoutSettings};
