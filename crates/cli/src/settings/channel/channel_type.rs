//! The types of channels, by the words of the settings file.

use clap::ValueEnum;
use notify::Readers;

use super::{
    Route, address::AddressPlan, command::CommandPlan, email::EmailPlan, heartbeat::HeartbeatPlan, ntfy::NtfyPlan,
    pagerduty::PagerDutyPlan, sendmail::SendmailPlan, slack::SlackPlan, telegram::TelegramPlan, webhook::WebhookPlan,
};
use crate::settings::table::Table;

/// A type of channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ChannelType {
    Stdout,
    Email,
    Sendmail,
    Slack,
    Teams,
    Discord,
    Telegram,
    Ntfy,
    Pagerduty,
    Heartbeat,
    Webhook,
    Command,
}

impl ChannelType {
    /// The word, as the file spells it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::Email => "email",
            Self::Sendmail => "sendmail",
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Discord => "discord",
            Self::Telegram => "telegram",
            Self::Ntfy => "ntfy",
            Self::Pagerduty => "pagerduty",
            Self::Heartbeat => "heartbeat",
            Self::Webhook => "webhook",
            Self::Command => "command",
        }
    }

    /// Who is behind such a channel. A log has everything, as a machine does.
    pub(super) fn readers(self) -> Readers {
        match self {
            Self::Stdout | Self::Pagerduty | Self::Heartbeat | Self::Webhook | Self::Command => Readers::Machines,
            Self::Email | Self::Sendmail | Self::Slack | Self::Teams | Self::Discord | Self::Telegram | Self::Ntfy => {
                Readers::People
            }
        }
    }

    /// Reads what such a channel needs. `None` where something of it is missing or malformed, which is noted.
    pub(super) fn read(self, table: &mut Table<'_>) -> Option<Route> {
        match self {
            Self::Stdout => Some(Route::Stdout { to: table.text("to") }),
            Self::Email => EmailPlan::read(table).map(Route::Email),
            Self::Sendmail => SendmailPlan::read(table).map(Route::Sendmail),
            Self::Slack => SlackPlan::read(table).map(Route::Slack),
            Self::Teams => AddressPlan::read("url", table).map(Route::Teams),
            Self::Discord => AddressPlan::read("url", table).map(Route::Discord),
            Self::Telegram => TelegramPlan::read(table).map(Route::Telegram),
            Self::Ntfy => NtfyPlan::read(table).map(Route::Ntfy),
            Self::Pagerduty => PagerDutyPlan::read(table).map(Route::PagerDuty),
            Self::Heartbeat => HeartbeatPlan::read(table).map(Route::Heartbeat),
            Self::Webhook => WebhookPlan::read(table).map(Route::Webhook),
            Self::Command => CommandPlan::read(table).map(Route::Command),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_told_by_the_word_that_is_read() {
        for kind in ChannelType::value_variants() {
            assert_eq!(ChannelType::from_str(kind.as_str(), false), Ok(*kind));
        }
    }
}
