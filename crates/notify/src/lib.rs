//! One notice to people, over whichever channels they read: every channel is tried, every result returned.
//!
//! A [`Notice`] says what happened, free of any medium. A [`Notifier`] is a channel: it lays the notice out, escapes
//! what would do harm in its medium, cuts what is too long with a word that it was cut, and tries once. [`deliver_all`]
//! brings the notice to all channels side by side, tries again where that makes sense, and returns one [`Delivery`] for
//! each: a channel that fails, panics or hangs hides no other.
//!
//! # Which channel
//!
//! | channel | who reads it | delivered means | a repeat |
//! |---|---|---|---|
//! | [`StdoutNotifier`] | whoever started the program, a log | it was written | is printed again |
//! | [`EmailNotifier`] | people, later; keeps a record | the server took it over (250) for every recipient | has the same `Message-ID` |
//! | [`SendmailNotifier`] | the same, where the machine already sends mail | the machine's mail program took it | has the same `Message-ID` |
//! | [`SlackNotifier`] | a team, now | Slack answered `ok` | is shown again |
//! | [`SlackBotNotifier`] | a team, now; one thread for each incident | Slack answered `"ok": true` | is shown again |
//! | [`HeartbeatNotifier`] | Healthchecks or Uptime Kuma, which raise the alarm when no good run is told of | the service confirmed it | is one ping more, of the same run |
//! | [`TeamsNotifier`] | a team, now | the workflow took it over (200, 201, 202, 204) | is shown again |
//! | [`DiscordNotifier`] | a team, now | Discord kept it | is shown again |
//! | [`TelegramNotifier`] | a group or one person, on the phone | Telegram answered `"ok": true` | is shown again |
//! | [`NtfyNotifier`] | one person, on the phone, by a server of your own | the server gave it back as JSON | is shown again |
//! | [`PagerDutyNotifier`] | whoever is on duty, at any hour | accepted (202) | has the same `dedup_key`: nobody is called twice |
//! | [`WebhookNotifier`] | programs: a ticket system, your own | any 2xx | has the same `webhook-id` |
//! | [`CommandNotifier`] | a program on this machine, your own | it ended with exit status 0 | has the same `id` and `state` |
//! | [`Recorder`] | tests | it was kept | is kept again |
//!
//! Take two that do not depend on each other: what brings down a backup may bring down the mail server beside it. And take a
//! heartbeat: it alone is heard when nothing runs any more that could tell of a failure.
//!
//! # Features
//!
//! Each channel is a feature, and all of them are on by default. One alone is had with `default-features = false` and
//! `features = ["slack"]`.
//!
//! *Crates* is how many a build for Linux takes with that feature alone, `notify` itself not counted: each of those in
//! `cargo tree -p notify --no-default-features --features slack -e normal --prefix none` once. The first row is in all others.
//!
//! | feature | crates | gives | draws in |
//! |---|---|---|---|
//! | none | 30 | the notice, the trait, the dispatcher, incidents, [`Recorder`], [`conformance`] | tokio, jiff, serde, tracing, thiserror, async-trait, futures-util |
//! | `stdout` | 30 | [`StdoutNotifier`] | nothing more |
//! | `command` | 41 | [`CommandNotifier`] | serde_json, rustix |
//! | `sendmail` | 72 | [`SendmailNotifier`] | lettre without its transport, rustix |
//! | `email` | 86 | [`EmailNotifier`] | lettre, rustls with ring |
//! | `slack` | 122 | [`SlackNotifier`], [`SlackBotNotifier`] | reqwest with HTTP/2, rustls with ring |
//! | `teams` | 122 | [`TeamsNotifier`] | the same |
//! | `discord` | 122 | [`DiscordNotifier`] | the same |
//! | `telegram` | 122 | [`TelegramNotifier`] | the same |
//! | `ntfy` | 122 | [`NtfyNotifier`] | the same |
//! | `heartbeat` | 130 | [`HeartbeatNotifier`] | the same, and sha2 |
//! | `pagerduty` | 130 | [`PagerDutyNotifier`] | the same, and sha2 |
//! | `webhook` | 133 | [`WebhookNotifier`] | the same, and hmac |
//! | `default` | 144 | all of these | |
//! | `test-servers` | 94 | `test_servers`: a mail server that keeps mails and misbehaves on demand | rcgen; for tests only |
//!
//! The HTTP channels use the process's rustls provider; where none is installed they install ring.
//!
//! # Example
//!
//! ```
//! # #[cfg(all(feature = "email", feature = "slack", feature = "stdout"))]
//! # async fn tell() -> Result<(), Box<dyn std::error::Error>> {
//! use std::{sync::Arc, time::Duration};
//!
//! use notify::{
//!     DeliveryPolicy, EmailNotifier, EmailSettings, Fact, HttpSettings, Notice, Notifier, Severity, SlackNotifier,
//!     SlackSettings, SmtpServer, State, StdoutNotifier, StdoutSettings, deliver_all, preflight_all,
//! };
//!
//! // Wrong settings are found here, before anything is sent.
//! let email = EmailSettings {
//!     server: SmtpServer::from_url("smtps://backup:secret@mail.example.com")?,
//!     from: "Backup <backup@example.com>".into(),
//!     to: vec!["admin@example.com".into()],
//!     ca_pem: None,
//!     timeout: EmailSettings::TIMEOUT,
//! };
//! let slack = SlackSettings {
//!     url: "https://hooks.slack.com/services/T0/B0/secret".into(),
//!     http: HttpSettings::default(),
//! };
//! let channels: Vec<Arc<dyn Notifier>> = vec![
//!     Arc::new(StdoutNotifier::new("stdout", StdoutSettings::default())?),
//!     Arc::new(EmailNotifier::new("email", email)?),
//!     Arc::new(SlackNotifier::new("slack", slack)?),
//! ];
//!
//! // What the network has to say is found here, still without anyone seeing a message.
//! for (name, result) in preflight_all(&channels, Duration::from_secs(10)).await {
//!     println!("{name}: {result:?}");
//! }
//!
//! let notice = Notice {
//!     id: "0198f2c4".into(),
//!     thread: Some("portal.example.com".into()),
//!     incident: None,
//!     severity: Severity::Error,
//!     state: State::Failed,
//!     outcome: Some("failed".into()),
//!     subject: "portal.example.com: backup failed".into(),
//!     message: "The portal ran out of disk space.".into(),
//!     facts: vec![Fact::new("Started", "2026-07-29 10:15 UTC")],
//!     next_step: Some("Free some space, then start the backup again.".into()),
//!     link: None,
//!     exit_code: Some(1),
//!     at: jiff::Timestamp::now(),
//! };
//! for delivery in deliver_all(&channels, &notice, &DeliveryPolicy::default()).await {
//!     println!("{}: {} after {} tries", delivery.name, delivery.status(), delivery.attempts);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Whom to tell, and how often
//!
//! Nobody reads a success every day, and nobody wants the same failure every five minutes. A [`Subscription`] is a channel
//! with the states that it gets, by default as its [`Readers`] are people or machines. A [`Chapter`] says what one happening
//! means for the trouble that is open, or not: whether it opens one, goes on with it or closes it, and whether people are
//! told again. Both decide and do nothing: the caller keeps an [`OpenIncident`] and, where a channel has threads, its latest
//! receipt ([`deliver_one`]) until the next notice.
//!
//! # A channel of your own
//!
//! Implement [`Notifier`] and put it through [`conformance`] with a peer that works, and through
//! [`conformance_of_failure`] with one that does not.
//!
//! # Programs to start from
//!
//! `examples/` has three: `tell_all` tells one notice over several channels and says what became of it in each, `incident`
//! follows something that fails and recovers, `own_channel` puts a channel of its own through the suite.
//!
//! # What it does not do
//!
//! It keeps nothing on disk: what could not be delivered is in the answer, and forgotten with it. It does not sort
//! happenings into states and severities. It reads no settings files and no environment, but for the proxies that
//! [`Proxy::Environment`] names, the certificates of the system, and the short list of variables that [`CommandNotifier`]
//! hands on.

// With all channels together, which is the default, whatever nobody uses is found.
#![cfg_attr(not(feature = "default"), allow(dead_code, reason = "each channel uses a part of what they share"))]

mod conformance;
mod dispatch;
mod error;
mod foreign_text;
#[cfg(all(any(test, fuzzing), feature = "default"))]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(any(test, fuzzing))]
mod harmless;
mod incident;
mod notice;
mod notifier;
mod recorder;
#[cfg(test)]
mod sample;
mod state;
mod subscription;

#[cfg(any(feature = "email", feature = "_http"))]
mod cause;
#[cfg(feature = "command")]
mod command;
mod cut;
#[cfg(feature = "discord")]
mod discord;
#[cfg(feature = "email")]
mod email;
mod escapes;
mod headline;
#[cfg(feature = "heartbeat")]
mod heartbeat;
#[cfg(feature = "_http")]
mod http;
mod incident_row;
#[cfg(any(feature = "command", feature = "webhook"))]
mod json_body;
mod limits;
#[cfg(any(feature = "email", feature = "_http"))]
mod loopback;
#[cfg(feature = "_mail")]
mod mail;
#[cfg(feature = "ntfy")]
mod ntfy;
#[cfg(feature = "pagerduty")]
mod pagerduty;
mod plain_body;
#[cfg(feature = "_program")]
mod program;
mod rows;
#[cfg(feature = "sendmail")]
mod sendmail;
#[cfg(feature = "slack")]
mod slack;
#[cfg(feature = "stdout")]
mod stdout;
#[cfg(feature = "teams")]
mod teams;
#[cfg(feature = "telegram")]
mod telegram;
#[cfg(all(any(feature = "email", feature = "_http"), any(test, feature = "test-servers")))]
pub mod test_servers;
#[cfg(feature = "_http")]
mod web_address;
#[cfg(feature = "webhook")]
mod webhook;

pub use conformance::{Violation, conformance, conformance_of_failure};
pub use dispatch::{Delivery, DeliveryPolicy, deliver_all, deliver_one, preflight_all};
pub use error::{NotifyError, NotifyErrorKind};
pub use foreign_text::{one_line, terminal_text};
pub use incident::{Attention, Chapter, Incident, IncidentPhase, OpenIncident, Reminders};
pub use notice::{Fact, Notice, Severity, UnknownSeverity};
pub use notifier::Notifier;
pub use recorder::{Recorder, Reply};
pub use state::{State, UnknownState};
pub use subscription::{Readers, Subscription, in_place_of};

#[cfg(feature = "stdout")]
pub use stdout::{StdoutNotifier, StdoutSettings};

#[cfg(feature = "command")]
pub use command::{CommandNotifier, CommandSettings};
#[cfg(feature = "discord")]
pub use discord::{DiscordNotifier, DiscordSettings};
#[cfg(feature = "email")]
pub use email::{EmailNotifier, EmailSettings, SmtpLogin, SmtpServer, SmtpTls};
#[cfg(feature = "heartbeat")]
pub use heartbeat::{HeartbeatKind, HeartbeatNotifier, HeartbeatSettings, UnknownHeartbeatKind};
#[cfg(feature = "_http")]
pub use http::{HttpSettings, PlainHttp, Proxy};
#[cfg(feature = "ntfy")]
pub use ntfy::{NtfyNotifier, NtfySettings};
#[cfg(feature = "pagerduty")]
pub use pagerduty::{PagerDutyNotifier, PagerDutyRegion, PagerDutySettings};
#[cfg(feature = "sendmail")]
pub use sendmail::{SendmailNotifier, SendmailSettings};
#[cfg(feature = "slack")]
pub use slack::{SlackBotNotifier, SlackBotSettings, SlackNotifier, SlackSettings};
#[cfg(feature = "teams")]
pub use teams::{TeamsNotifier, TeamsSettings};
#[cfg(feature = "telegram")]
pub use telegram::{TelegramNotifier, TelegramSettings};
#[cfg(feature = "webhook")]
pub use webhook::{WebhookNotifier, WebhookSettings};
