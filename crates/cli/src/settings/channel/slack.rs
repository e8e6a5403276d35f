//! `type = "slack"`: a Slack channel, by an incoming webhook or a bot.

use std::sync::Arc;

use notify::{Notifier, SlackBotNotifier, SlackBotSettings, SlackNotifier, SlackSettings};

use super::{
    AddressPlan, Ingredients, Made, Place, Shown,
    address::{WayPlan, read_api},
};
use crate::settings::{SecretSource, Setting, table::Table};

/// How the notice comes into a Slack channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SlackPlan {
    /// By an incoming webhook.
    Webhook(AddressPlan),
    /// By a bot.
    Bot(SlackBotPlan),
}

/// A bot, and where it speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlackBotPlan {
    bot_token: Setting<SecretSource>,
    channel: Setting<String>,
    /// `None` is Slack's own.
    api_url: Option<Setting<String>>,
    way: WayPlan,
}

impl SlackPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let (bot_token, channel) = (table.secret("bot_token"), table.text("channel"));
        let is_bot = bot_token.is_some() || channel.is_some();
        match is_bot || table.is_refused("bot_token") || table.is_refused("channel") {
            true => SlackBotPlan::read(bot_token, channel, table).map(Self::Bot),
            false => AddressPlan::read("webhook_url", table).map(Self::Webhook),
        }
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        match self {
            Self::Webhook(address) => address.shown(),
            Self::Bot(bot) => bot.shown(),
        }
    }

    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        match self {
            Self::Webhook(address) => {
                let (url, http) = address.fetch(ingredients).await?;
                let hint = "copy the address of the incoming webhook again: it looks like https://hooks.slack.com/…";
                let made = SlackNotifier::new(ingredients.name(), SlackSettings { url, http });
                ingredients.made(address.place(), hint, made)
            }
            Self::Bot(bot) => bot.build(ingredients).await,
        }
    }
}

impl SlackBotPlan {
    fn read(
        bot_token: Option<Setting<SecretSource>>,
        channel: Option<Setting<String>>,
        table: &mut Table<'_>,
    ) -> Option<Self> {
        if let Some(webhook) = table.secret("webhook_url") {
            let hint = "keep webhook_url, or bot_token with channel";
            table.refuse("webhook_url", &webhook.origin, "contradicts bot_token beside it", hint);
        }
        let (api_url, way) = (read_api(table), WayPlan::read(table));
        let (bot_token, channel) = (table.require("bot_token", bot_token), table.require("channel", channel));
        Some(Self { bot_token: bot_token?, channel: channel?, api_url, way })
    }

    fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        let own = [("bot_token", Shown::Secret(&self.bot_token)), ("channel", Shown::Text(&self.channel))];
        let api_url = self.api_url.iter().map(|url| ("api_url", Shown::Text(url)));
        own.into_iter().chain(api_url).chain(self.way.shown()).collect()
    }

    async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let token = ingredients.fetch("bot_token", &self.bot_token).await;
        let http = self.way.fetch(ingredients);
        let api = self.api_url.as_ref().map_or_else(|| SlackBotSettings::API.to_owned(), |url| slashed(&url.value));
        let settings = SlackBotSettings { token: token?, channel: self.channel.value.clone(), api, http: http? };
        let hint = "a bot's token begins with xoxb-, a channel is its id, C0123456789, or its name with #";
        let made = SlackBotNotifier::new(ingredients.name(), settings);
        ingredients.made(Place::Channel, hint, made)
    }
}

/// The names of methods follow the address.
fn slashed(url: &str) -> String {
    format!("{}/", url.trim_end_matches('/'))
}
