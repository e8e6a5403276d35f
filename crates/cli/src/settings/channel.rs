//! A channel on which people are told: what stands in its table, before its secrets are fetched, and the channel made of it.

mod address;
mod channel_type;
mod command;
mod discord;
mod email;
mod heartbeat;
mod ingredients;
mod ntfy;
mod pagerduty;
mod recipients;
mod sendmail;
mod shown;
mod slack;
mod stdout;
mod teams;
mod telegram;
mod terms;
mod webhook;

use std::{collections::BTreeSet, io::Write, sync::Arc};

use notify::{Notifier, Readers, State};

use super::{Environment, Origin, Setting, SettingsError, table::Table};

use channel_type::ChannelType;
use command::CommandPlan;
use heartbeat::HeartbeatPlan;
use ingredients::{Ingredients, Made, Place};
use ntfy::NtfyPlan;
use pagerduty::PagerDutyPlan;
use sendmail::SendmailPlan;
use telegram::TelegramPlan;
use webhook::WebhookPlan;

pub(crate) use address::AddressPlan;
pub(crate) use email::{EmailPlan, MailServer};
pub(crate) use recipients::Recipients;
pub(crate) use shown::Shown;
pub(crate) use slack::SlackPlan;
pub(crate) use terms::Terms;

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

/// How a channel reaches people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// Text on standard output.
    Stdout {
        /// Who is addressed; `None` is DOCSPACE_ADMIN_EMAIL, else "administrator".
        to: Option<Setting<String>>,
    },
    /// Mail, through a server.
    Email(EmailPlan),
    /// Mail, through the machine's mail program.
    Sendmail(SendmailPlan),
    /// A Slack channel.
    Slack(SlackPlan),
    /// A Microsoft Teams channel or chat.
    Teams(AddressPlan),
    /// A Discord channel.
    Discord(AddressPlan),
    /// A Telegram chat.
    Telegram(TelegramPlan),
    /// Phones.
    Ntfy(NtfyPlan),
    /// Whoever is on duty.
    PagerDuty(PagerDutyPlan),
    /// A service that raises the alarm when no good run is told of.
    Heartbeat(HeartbeatPlan),
    /// Any server that takes JSON.
    Webhook(WebhookPlan),
    /// A program of the user's own.
    Command(CommandPlan),
}

impl ChannelPlan {
    /// Reads a table `[notify.NAME]`. `None` where something that it needs is missing or malformed, which is noted.
    pub(super) fn read(name: String, mut table: Table<'_>) -> Option<Self> {
        let origin = table.origin().clone();
        let kind = table.word("type");
        let kind: ChannelType = table.require("type", kind)?.value;
        let (route, terms) = (kind.read(&mut table), Terms::read(&mut table));
        table.finish();
        route.map(|route| Self { name, origin, route, terms })
    }

    /// Makes the channel ready; adds to `warnings` where a secret lies open, and to `mistakes` all that is missing or
    /// cannot be used. `None` where there is such a thing.
    pub(super) async fn build(
        &self,
        stdout: fn() -> Box<dyn Write + Send>,
        environment: &Environment,
        warnings: &mut Vec<String>,
        mistakes: &mut Vec<SettingsError>,
    ) -> Option<Arc<dyn Notifier>> {
        let mut ingredients = Ingredients { plan: self, stdout, environment, warnings, mistakes };
        self.route.build(&mut ingredients).await.ok()
    }

    /// The name of one of its settings, as errors spell it.
    pub(crate) fn setting(&self, key: &str) -> String {
        format!("notify.{}.{key}", self.name)
    }

    /// The type, as the file spells it.
    pub(crate) fn kind(&self) -> &'static str {
        self.route.channel_type().as_str()
    }

    /// Its own settings by their keys, as they may be shown.
    pub(crate) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        self.route.shown().into_iter().chain(self.terms.shown()).collect()
    }

    /// Who is behind it. A log has everything, as a machine does.
    pub(crate) fn readers(&self) -> Readers {
        self.route.channel_type().readers()
    }

    /// The states that it gets: those that were chosen, else those that channels of its type usually get.
    pub(crate) fn states(&self) -> BTreeSet<State> {
        let usual = || self.readers().usual_states();
        self.terms.states.as_ref().map_or_else(usual, |states| states.value.clone())
    }
}

impl Route {
    fn channel_type(&self) -> ChannelType {
        match self {
            Self::Stdout { .. } => ChannelType::Stdout,
            Self::Email(_) => ChannelType::Email,
            Self::Sendmail(_) => ChannelType::Sendmail,
            Self::Slack(_) => ChannelType::Slack,
            Self::Teams(_) => ChannelType::Teams,
            Self::Discord(_) => ChannelType::Discord,
            Self::Telegram(_) => ChannelType::Telegram,
            Self::Ntfy(_) => ChannelType::Ntfy,
            Self::PagerDuty(_) => ChannelType::Pagerduty,
            Self::Heartbeat(_) => ChannelType::Heartbeat,
            Self::Webhook(_) => ChannelType::Webhook,
            Self::Command(_) => ChannelType::Command,
        }
    }

    fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        match self {
            Self::Stdout { to } => to.iter().map(|to| ("to", Shown::Text(to))).collect(),
            Self::Email(email) => email.shown(),
            Self::Sendmail(sendmail) => sendmail.shown(),
            Self::Slack(slack) => slack.shown(),
            Self::Teams(address) | Self::Discord(address) => address.shown(),
            Self::Telegram(telegram) => telegram.shown(),
            Self::Ntfy(ntfy) => ntfy.shown(),
            Self::PagerDuty(pagerduty) => pagerduty.shown(),
            Self::Heartbeat(heartbeat) => heartbeat.shown(),
            Self::Webhook(webhook) => webhook.shown(),
            Self::Command(command) => command.shown(),
        }
    }

    async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        match self {
            Self::Stdout { to } => stdout::build(to.as_ref(), ingredients),
            Self::Email(email) => email.build(ingredients).await,
            Self::Sendmail(sendmail) => sendmail.build(ingredients).await,
            Self::Slack(slack) => slack.build(ingredients).await,
            Self::Teams(address) => teams::build(address, ingredients).await,
            Self::Discord(address) => discord::build(address, ingredients).await,
            Self::Telegram(telegram) => telegram.build(ingredients).await,
            Self::Ntfy(ntfy) => ntfy.build(ingredients).await,
            Self::PagerDuty(pagerduty) => pagerduty.build(ingredients).await,
            Self::Heartbeat(heartbeat) => heartbeat.build(ingredients).await,
            Self::Webhook(webhook) => webhook.build(ingredients).await,
            Self::Command(command) => command.build(ingredients).await,
        }
    }
}
