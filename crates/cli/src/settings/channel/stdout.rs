//! `type = "stdout"`: text on standard output.

use std::sync::Arc;

use notify::{Notifier, StdoutNotifier, StdoutSettings};

use super::{Ingredients, Made, Place};
use crate::settings::Setting;

pub(super) fn build(to: Option<&Setting<String>>, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
    let settings = StdoutSettings { to: to.map(|to| to.value.clone()) };
    let made = StdoutNotifier::to_writer(ingredients.name(), settings, (ingredients.stdout)());
    ingredients.made(Place::Channel, "check this channel", made)
}
