//! `type = "ntfy"`: phones, through ntfy.

use std::sync::Arc;

use notify::{HttpSettings, Notifier, NtfyNotifier, NtfySettings};
use secrecy::{ExposeSecret, SecretString};

use super::{
    AddressPlan, Ingredients, Made, Place, Shown,
    address::{WayPlan, is_without_login},
};
use crate::settings::{SecretSource, Setting, table::Table};

/// A topic, and what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NtfyPlan {
    topic: TopicPlan,
    /// For a server or a topic that asks for one.
    token: Option<Setting<SecretSource>>,
}

/// How the topic is given.
#[derive(Debug, Clone, PartialEq, Eq)]
enum TopicPlan {
    /// One address with the topic in it.
    Whole(AddressPlan),
    /// Server and topic one by one.
    Parts { server: Setting<String>, topic: Setting<SecretSource>, way: WayPlan },
}

impl NtfyPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let token = table.secret("token");
        let topic = match (table.text("server"), table.secret("topic")) {
            (None, None) if !table.is_refused("server") && !table.is_refused("topic") => {
                AddressPlan::read("url", table).map(TopicPlan::Whole)
            }
            (server, topic) => read_parts(server, topic, table),
        };
        Some(Self { topic: topic?, token })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        let token = self.token.iter().map(|token| ("token", Shown::Secret(token)));
        match &self.topic {
            TopicPlan::Whole(address) => address.shown().into_iter().chain(token).collect(),
            TopicPlan::Parts { server, topic, way } => {
                let own = [("server", Shown::Text(server)), ("topic", Shown::Secret(topic))];
                own.into_iter().chain(way.shown()).chain(token).collect()
            }
        }
    }

    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let address = self.topic.fetch(ingredients).await;
        let token = ingredients.fetch_any("token", self.token.as_ref()).await;
        let ((url, http), token) = (address?, token?);
        let hint = "a topic's address looks like https://ntfy.example.com/topic, a token begins with tk_";
        let made = NtfyNotifier::new(ingredients.name(), NtfySettings { url, token, http });
        ingredients.made(Place::Channel, hint, made)
    }
}

impl TopicPlan {
    async fn fetch(&self, ingredients: &mut Ingredients<'_>) -> Made<(SecretString, HttpSettings)> {
        match self {
            Self::Whole(address) => address.fetch(ingredients).await,
            Self::Parts { server, topic, way } => {
                let (topic, http) = (ingredients.fetch("topic", topic).await, way.fetch(ingredients));
                let url = format!("{}/{}", server.value.trim_end_matches('/'), topic?.expose_secret());
                Ok((url.into(), http?))
            }
        }
    }
}

fn read_parts(
    server: Option<Setting<String>>,
    topic: Option<Setting<SecretSource>>,
    table: &mut Table<'_>,
) -> Option<TopicPlan> {
    if let Some(url) = table.secret("url") {
        table.refuse("url", &url.origin, "contradicts server and topic beside it", "keep url, or server with topic");
    }
    let (way, server) = (WayPlan::read(table), table.require("server", server));
    let topic = table.require("topic", topic);
    let server = server.filter(|server| is_without_login("server", server, "give a token instead", table));
    Some(TopicPlan::Parts { server: server?, topic: topic?, way })
}
