//! Portals whose backups take no longer than a test has patience for.

use std::time::Duration;

use mock_portal::{Config, JobPlan, MockPortal};

/// How long a backup takes unless a test says otherwise: over before the program looks for the second time.
const QUICK: Duration = Duration::from_millis(300);

/// A portal on which every backup completes within `QUICK`.
pub(crate) async fn portal() -> MockPortal {
    portal_of(JobPlan::succeed()).await
}

/// The same with another fate for every backup.
pub(crate) async fn portal_of(plan: JobPlan) -> MockPortal {
    let portal = MockPortal::start(Config { backup_duration: QUICK, ..Config::default() }).await;
    portal.plan_every_job(plan);
    portal
}

/// The id of the only job that the portal ever had.
pub(crate) fn job(portal: &MockPortal) -> String {
    let jobs = portal.jobs();
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    jobs[0].task_id.clone()
}
