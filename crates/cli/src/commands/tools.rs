//! What a job is carried out with: the portal, the audience, the journal, the signals.

use std::time::Duration;

use docspace_api::{Portal, RetryPolicy, Scope};

use super::{audience::Audience, portal::connect};
use crate::{
    console::Console,
    logbook::{Logbook, Outbox},
    problem::Problem,
    report::PortalFacts,
    settings::Settings,
    signal::Signals,
};

/// The longest that the portal may take to tell its version.
const FOR_VERSION: Duration = Duration::from_secs(10);

/// What a job needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    pub(super) scope: Scope,
    /// Whether anybody is to be told.
    pub(super) is_told: bool,
    /// Whether the journal is kept.
    pub(super) is_recorded: bool,
}

/// What a job is carried out with.
pub(super) struct Tools<'a> {
    pub(super) portal: Portal,
    pub(super) facts: PortalFacts,
    pub(super) audience: Audience,
    pub(super) logbook: Logbook,
    pub(super) outbox: Outbox,
    pub(super) signals: Signals,
    pub(super) console: &'a Console,
    pub(super) scope: Scope,
    /// Whether anybody is to be told by this command.
    pub(super) tells: bool,
}

impl<'a> Tools<'a> {
    /// Connects, proves the channels, opens the journal. A signal cuts the proofs short.
    pub(super) async fn prepare(
        need: Need,
        settings: &mut Settings<'_>,
        console: &'a Console,
    ) -> Result<Self, Problem> {
        let connected = connect(settings).await?;
        Self::around(connected, need, settings, console).await
    }

    /// The same for a portal that is connected already.
    pub(super) async fn around(
        (portal, facts): (Portal, PortalFacts),
        need: Need,
        settings: &mut Settings<'_>,
        console: &'a Console,
    ) -> Result<Self, Problem> {
        let signals = Signals::listen(console);
        let audience = if need.is_told { Audience::ready(settings, console).await? } else { Audience::nobody() };
        settings.warnings().iter().for_each(|warning| console.warn(warning));
        let preflight = async { tokio::join!(version(&portal), audience.check(console)) };
        let (version, checked) = signals.unless_stopped(preflight).await.unwrap_or((None, Ok(())));
        checked?;
        let logbook =
            if need.is_recorded { Logbook::open(settings.environment(), console) } else { Logbook::none(console) };
        let facts = PortalFacts { version, ..facts };
        let (scope, tells, outbox) = (need.scope, need.is_told, Outbox::of(&logbook));
        Ok(Tools { portal, facts, audience, logbook, outbox, signals, console, scope, tells })
    }
}

/// For the report alone: a portal that does not tell it is none the worse.
async fn version(portal: &Portal) -> Option<String> {
    let portal = portal.with_retry(RetryPolicy::NEVER);
    let version = tokio::time::timeout(FOR_VERSION, portal.version()).await;
    version.ok()?.ok().map(|version| version.to_string())
}
