//! `type = "teams"`: a Microsoft Teams channel or chat, through a workflow.

use std::sync::Arc;

use notify::{Notifier, TeamsNotifier, TeamsSettings};

use super::{AddressPlan, Ingredients, Made};

const HINT: &str = "copy the address from the workflow again: it looks like https://….logic.azure.com/…";

pub(super) async fn build(address: &AddressPlan, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
    let (url, http) = address.fetch(ingredients).await?;
    let made = TeamsNotifier::new(ingredients.name(), TeamsSettings { url, http });
    ingredients.made(address.place(), HINT, made)
}
