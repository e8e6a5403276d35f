//! What a channel is told, and in which manner.

use std::{collections::BTreeSet, time::Duration};

use notify::State;

use super::Shown;
use crate::settings::{Setting, table::Table};

/// What a channel is told, and in which manner. The default is what channels of its type usually get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The states that it gets.
    pub(crate) states: Option<Setting<BTreeSet<State>>>,
    /// The channel, by name, that is told where this one cannot be.
    pub(crate) fallback: Option<Setting<String>>,
    /// The limit for all tries of one notice.
    pub(crate) time_limit: Option<Setting<Duration>>,
}

impl Terms {
    pub(super) fn read(table: &mut Table<'_>) -> Self {
        let states = table.states("states");
        Self { states, fallback: table.text("fallback"), time_limit: table.duration("time_limit") }
    }

    /// What was chosen; of what nobody chose, `notify list` tells what it comes to.
    pub(super) fn shown(&self) -> impl Iterator<Item = (&'static str, Shown<'_>)> {
        let states = self.states.iter().map(|states| ("states", Shown::States(states)));
        let fallback = self.fallback.iter().map(|fallback| ("fallback", Shown::Text(fallback)));
        states.chain(fallback).chain(self.time_limit.iter().map(|limit| ("time_limit", Shown::Time(limit))))
    }
}
