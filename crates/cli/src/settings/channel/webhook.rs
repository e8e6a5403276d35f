//! `type = "webhook"`: any server that takes JSON.

use std::sync::Arc;

use notify::{Notifier, WebhookNotifier, WebhookSettings};

use super::{AddressPlan, Ingredients, Made, Place, Shown};
use crate::settings::{SecretSource, Setting, table::Table};

/// A server that takes JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WebhookPlan {
    address: AddressPlan,
    /// The key of the signature; `None` sends unsigned.
    secret: Option<Setting<SecretSource>>,
}

impl WebhookPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let secret = table.secret("secret");
        Some(Self { address: AddressPlan::read("url", table)?, secret })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        let secret = self.secret.iter().map(|secret| ("secret", Shown::Secret(secret)));
        self.address.shown().into_iter().chain(secret).collect()
    }

    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let address = self.address.fetch(ingredients).await;
        let key = ingredients.fetch_any("secret", self.secret.as_ref()).await;
        let (url, http) = address?;
        let unsigned = WebhookSettings { url, secret: None, http };
        let hint = "an address looks like https://host/path; http:// to another machine needs allow_http = true";
        let made = WebhookNotifier::new(ingredients.name(), unsigned.clone());
        let notifier = ingredients.made(self.address.place(), hint, made)?;
        let (Some(key), Some(secret)) = (key?, &self.secret) else { return Ok(notifier) };
        let hint = "a signing secret is whsec_ and base64, or any text without whsec_";
        let made = WebhookNotifier::new(ingredients.name(), WebhookSettings { secret: Some(key), ..unsigned });
        ingredients.made(Place::Setting("secret", &secret.origin), hint, made)
    }
}
