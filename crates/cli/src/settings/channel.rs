//! A channel on which people are told, before its secrets are fetched.

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use notify::{Readers, State};

use super::{Origin, SecretSource, Setting};

/// One channel: how it is called in reports, and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChannelPlan {
    /// The name that reports and `notify test NAME` use.
    pub(crate) name: String,
    /// What switched the channel on.
    pub(crate) origin: Origin,
    /// What it needs.
    pub(crate) route: Route,
    /// What it is told, and in which manner.
    pub(crate) terms: Terms,
}

/// What a channel is told, and in which manner. The default is what channels of its type usually get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The states that it gets.
    pub(crate) states: Option<Setting<BTreeSet<State>>>,
    /// The channel, by name, that is told where this one cannot be.
    pub(crate) fallback: Option<Setting<String>>,
    /// The limit for all tries of one notice.
    pub(crate) time_limit: Option<Setting<Duration>>,
}

/// How a channel reaches people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// Text on standard output.
    Stdout {
        /// Who is addressed; `None` is DOCSPACE_ADMIN_EMAIL, else "administrator".
        to: Option<Setting<String>>,
    },
    /// Mail.
    Email(EmailPlan),
    /// A Slack channel, by an incoming webhook, whose address is a secret.
    Slack {
        /// The address.
        webhook_url: Setting<SecretSource>,
    },
    /// Any server that takes JSON.
    Webhook(WebhookPlan),
}

/// Mail: from whom, to whom, through which server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EmailPlan {
    /// The mail server, with the login.
    pub(crate) server: MailServer,
    /// The sender; `None` is the login's name if it is a mail address, else `docspace-backup@` and the domain of the first
    /// recipient.
    pub(crate) from: Option<Setting<String>>,
    /// The recipients, at least one.
    pub(crate) to: Setting<Vec<String>>,
    /// Certificates to trust for the mail server, beside the system's.
    pub(crate) ca_file: Option<Setting<PathBuf>>,
}

/// A server that takes JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WebhookPlan {
    /// Its address, which is a secret.
    pub(crate) url: Setting<SecretSource>,
    /// The key of the signature; `None` sends unsigned.
    pub(crate) secret: Option<Setting<SecretSource>>,
    /// Certificates to trust for the server, beside the system's.
    pub(crate) ca_file: Option<Setting<PathBuf>>,
    /// Whether `http://` is accepted to other machines.
    pub(crate) allow_http: Setting<bool>,
}

/// How the mail server is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MailServer {
    /// One URL with the password in it, a secret as a whole.
    Whole(Setting<SecretSource>),
    /// Server, user and password one by one.
    Parts {
        /// The server, without a login: `smtps://mail.example.com:465`.
        server: Setting<String>,
        /// The login's name.
        user: Option<Setting<String>>,
        /// The login's password.
        password: Option<Setting<SecretSource>>,
    },
}

impl ChannelPlan {
    /// The name of one of its settings, as errors spell it.
    pub(crate) fn setting(&self, key: &str) -> String {
        format!("notify.{}.{key}", self.name)
    }

    /// The type, as the file spells it.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.route {
            Route::Stdout { .. } => "stdout",
            Route::Email(_) => "email",
            Route::Slack { .. } => "slack",
            Route::Webhook(_) => "webhook",
        }
    }

    /// Who is behind it. A log has everything, as a machine does.
    pub(crate) fn readers(&self) -> Readers {
        match self.route {
            Route::Stdout { .. } | Route::Webhook(_) => Readers::Machines,
            Route::Email(_) | Route::Slack { .. } => Readers::People,
        }
    }

    /// The states that it gets: those that were chosen, else those that channels of its type usually get.
    pub(crate) fn states(&self) -> BTreeSet<State> {
        let usual = || {
            let mut states = self.readers().usual_states();
            if matches!(self.route, Route::Stdout { .. }) {
                states.remove(&State::Started); // whoever sees the output has started it
            }
            states
        };
        self.terms.states.as_ref().map_or_else(usual, |states| states.value.clone())
    }
}
