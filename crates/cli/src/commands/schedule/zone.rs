//! The time zone in which a schedule counts.

use std::time::Duration;

use backup_core::next_runs;
use docspace_api::{CronParams, Portal, RetryPolicy, Scope};
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// The longest that the portal may take to tell it.
const FOR_ZONE: Duration = Duration::from_secs(10);

/// How many of the next runs are shown.
const RUNS: usize = 3;

/// A time zone, as far as it is known.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    /// As the portal names it.
    pub(super) name: Option<String>,
    /// `None` where this machine knows no zone of that name.
    pub(super) zone: Option<TimeZone>,
    /// What is not sure about it.
    pub(super) doubt: Option<String>,
}

impl Zone {
    /// The portal's. Dumps belong to no portal, and nothing tells the zone of their schedule (contract §7).
    pub(super) async fn of(client: &Portal, scope: Scope) -> Self {
        match scope {
            Scope::Portal => Self::named(portals(client).await),
            Scope::Server => Self {
                name: Some("UTC".to_owned()),
                zone: Some(TimeZone::UTC),
                doubt: Some(
                    "in which zone the schedule of dumps counts the portal does not tell: most likely UTC".to_owned(),
                ),
            },
        }
    }

    fn named(name: Option<String>) -> Self {
        let zone = name.as_deref().and_then(|name| TimeZone::get(name).ok());
        let doubt = match (&name, &zone) {
            (Some(_), Some(_)) => None,
            (Some(name), None) => Some(format!(
                "this machine knows no time zone {}, so it cannot tell the next runs",
                notify::one_line(name)
            )),
            (None, _) => Some("the portal does not tell its time zone, so the next runs cannot be told".to_owned()),
        };
        Self { name, zone, doubt }
    }

    /// The next runs from now on; none where the zone is not known.
    pub(super) fn next_runs(&self, cron: &CronParams) -> Vec<Zoned> {
        let runs = self.zone.as_ref().map(|zone| next_runs(cron, zone, Timestamp::now(), RUNS));
        runs.unwrap_or_default()
    }
}

/// A portal that does not tell it is none the worse for the rest.
async fn portals(client: &Portal) -> Option<String> {
    let client = client.with_retry(RetryPolicy::NEVER);
    let tenant = tokio::time::timeout(FOR_ZONE, client.tenant()).await;
    tenant.ok()?.ok()?.time_zone
}
