//! `type = "telegram"`: a Telegram chat, by a bot.

use std::sync::Arc;

use notify::{Notifier, TelegramNotifier, TelegramSettings};

use super::{
    Ingredients, Made, Place, Shown,
    address::{WayPlan, read_api},
};
use crate::settings::{SecretSource, Setting, table::Table};

/// A bot, and where it speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TelegramPlan {
    bot_token: Setting<SecretSource>,
    chat_id: Setting<String>,
    /// The topic of a group with topics.
    topic_id: Option<Setting<String>>,
    /// `None` is Telegram's own.
    api_url: Option<Setting<String>>,
    way: WayPlan,
}

impl TelegramPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let (bot_token, chat_id) = (table.secret("bot_token"), table.text_or_number("chat_id"));
        let topic_id = table.text_or_number("topic_id").filter(|topic| is_number(topic, table));
        let (api_url, way) = (read_api(table), WayPlan::read(table));
        let (bot_token, chat_id) = (table.require("bot_token", bot_token), table.require("chat_id", chat_id));
        Some(Self { bot_token: bot_token?, chat_id: chat_id?, topic_id, api_url, way })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        let own = [("bot_token", Shown::Secret(&self.bot_token)), ("chat_id", Shown::Text(&self.chat_id))];
        let topic_id = self.topic_id.iter().map(|topic| ("topic_id", Shown::Text(topic)));
        let api_url = self.api_url.iter().map(|url| ("api_url", Shown::Text(url)));
        own.into_iter().chain(topic_id).chain(api_url).chain(self.way.shown()).collect()
    }

    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let bot_token = ingredients.fetch("bot_token", &self.bot_token).await;
        let http = self.way.fetch(ingredients);
        let settings = TelegramSettings {
            bot_token: bot_token?,
            chat_id: self.chat_id.value.clone(),
            topic_id: self.topic_id.as_ref().and_then(|topic| topic.value.parse().ok()),
            api: self.api_url.as_ref().map_or(TelegramSettings::API, |url| &url.value).to_owned(),
            http: http?,
        };
        let hint = "a bot's token looks like 123456789:AA…, a chat is a number or @name";
        let made = TelegramNotifier::new(ingredients.name(), settings);
        ingredients.made(Place::Channel, hint, made)
    }
}

fn is_number(topic: &Setting<String>, table: &Table<'_>) -> bool {
    let is_number = topic.value.parse::<i64>().is_ok();
    if !is_number {
        let hint = "it is the number at the end of the address of a message in that topic, before the message's own";
        table.refuse("topic_id", &topic.origin, "a topic is a number", hint);
    }
    is_number
}
