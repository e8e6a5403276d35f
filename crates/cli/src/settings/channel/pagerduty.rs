//! `type = "pagerduty"`: whoever is on duty.

use std::sync::Arc;

use clap::ValueEnum;
use notify::{Notifier, PagerDutyNotifier, PagerDutyRegion, PagerDutySettings};

use super::{
    Ingredients, Made, Place, Shown,
    address::{WayPlan, read_api},
};
use crate::settings::{SecretSource, Setting, table::Table};

const COPY_KEY: &str = "copy the integration key of \"Events API v2\" from the service in PagerDuty again";
const CHECK_BOTH: &str = "check routing_key, and api_url: it looks like https://host/v2/enqueue";

/// A service of PagerDuty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PagerDutyPlan {
    routing_key: Setting<SecretSource>,
    region: RegionPlan,
    way: WayPlan,
}

/// Where the account lives.
#[derive(Debug, Clone, PartialEq, Eq)]
enum RegionPlan {
    Named(Setting<&'static str>, PagerDutyRegion),
    At(Setting<String>),
}

/// The regions, as the file spells them.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum RegionWord {
    Us,
    Eu,
}

impl PagerDutyPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let (routing_key, region) = (table.secret("routing_key"), RegionPlan::read(table));
        let (way, routing_key) = (WayPlan::read(table), table.require("routing_key", routing_key));
        Some(Self { routing_key: routing_key?, region, way })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        let region = match &self.region {
            RegionPlan::Named(word, _) => ("region", Shown::Word(word)),
            RegionPlan::At(url) => ("api_url", Shown::Text(url)),
        };
        [("routing_key", Shown::Secret(&self.routing_key)), region].into_iter().chain(self.way.shown()).collect()
    }

    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let routing_key = ingredients.fetch("routing_key", &self.routing_key).await;
        let http = self.way.fetch(ingredients);
        let (region, place, hint) = match &self.region {
            RegionPlan::Named(_, region) => {
                (region.clone(), Place::Setting("routing_key", &self.routing_key.origin), COPY_KEY)
            }
            RegionPlan::At(url) => (PagerDutyRegion::Url(url.value.clone()), Place::Channel, CHECK_BOTH),
        };
        let settings = PagerDutySettings { routing_key: routing_key?, region, http: http? };
        let made = PagerDutyNotifier::new(ingredients.name(), settings);
        ingredients.made(place, hint, made)
    }
}

impl RegionPlan {
    fn read(table: &mut Table<'_>) -> Self {
        let (word, url) = (table.word::<RegionWord>("region"), read_api(table));
        if let (Some(word), Some(_)) = (&word, &url) {
            table.refuse("region", &word.origin, "contradicts api_url beside it", "keep region, or api_url");
        }
        let named = |word: Setting<RegionWord>| {
            let (text, region) = match word.value {
                RegionWord::Us => ("us", PagerDutyRegion::Us),
                RegionWord::Eu => ("eu", PagerDutyRegion::Eu),
            };
            Self::Named(word.map(|_| text), region)
        };
        url.map_or_else(|| named(word.unwrap_or(Setting::by_default(RegionWord::Us))), Self::At)
    }
}
