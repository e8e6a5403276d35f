//! `type = "heartbeat"`: a service that raises the alarm when no good run is told of.

use std::sync::Arc;

use clap::ValueEnum;
use notify::{HeartbeatKind, HeartbeatNotifier, HeartbeatSettings, Notifier};

use super::{AddressPlan, Ingredients, Made, Shown};
use crate::settings::{Setting, table::Table};

/// A check or a monitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeartbeatPlan {
    address: AddressPlan,
    kind: Setting<HeartbeatKind>,
    /// The kind's word.
    word: Setting<&'static str>,
}

/// The kinds, as the file spells them.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum KindWord {
    Healthchecks,
    UptimeKuma,
}

impl HeartbeatPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let kind = table.word("kind").unwrap_or(Setting::by_default(KindWord::Healthchecks)).map(|word| match word {
            KindWord::Healthchecks => HeartbeatKind::Healthchecks,
            KindWord::UptimeKuma => HeartbeatKind::UptimeKuma,
        });
        let word = kind.clone().map(HeartbeatKind::as_str);
        Some(Self { address: AddressPlan::read("url", table)?, kind, word })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        self.address.shown().into_iter().chain([("kind", Shown::Word(&self.word))]).collect()
    }

    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let (url, http) = self.address.fetch(ingredients).await?;
        let hint = "copy the address to ping from the service again: it looks like https://hc-ping.com/…";
        let settings = HeartbeatSettings { url, kind: self.kind.value, http };
        let made = HeartbeatNotifier::new(ingredients.name(), settings);
        ingredients.made(self.address.place(), hint, made)
    }
}
