//! `type = "discord"`: a Discord channel, through a webhook.

use std::sync::Arc;

use notify::{DiscordNotifier, DiscordSettings, Notifier};

use super::{AddressPlan, Ingredients, Made};

const HINT: &str = "copy the address of the webhook again: it looks like https://discord.com/api/webhooks/…";

pub(super) async fn build(address: &AddressPlan, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
    let (url, http) = address.fetch(ingredients).await?;
    let made = DiscordNotifier::new(ingredients.name(), DiscordSettings { url, http });
    ingredients.made(address.place(), HINT, made)
}
