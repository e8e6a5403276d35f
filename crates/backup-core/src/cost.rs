//! Whether the next backup costs money.

use docspace_api::{ApiErrorKind, BackupsCount, Payment, Portal, PortalSettings, Quota, ServiceState};

use crate::{Failure, calls::finish};

/// What the next backup costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Nothing: the server is somebody's own, or older than the counting.
    NotMetered,
    /// Nothing: so many backups are still free in this month, which ends by UTC. Deleting backups gives none back.
    Free {
        /// How many, this one included.
        left: u64,
    },
    /// The free backups of the month are used up, and the wallet pays for further ones; also where it is not known whether
    /// the wallet may, since money is not spent on a guess.
    CostsMoney,
    /// The free backups of the month are used up, and the wallet's service is off: the portal would refuse with 402.
    WouldBeRefused,
    /// The portal could not be asked, or its answers do not tell.
    Unknown,
}

/// What the portal told about costs; `None` was not asked, since what was told before made it needless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostEvidence {
    /// Whether the server is somebody's own.
    pub settings: Result<PortalSettings, Failure>,
    /// What the plan allows.
    pub quota: Option<Result<Quota, Failure>>,
    /// How many free backups this month has seen.
    pub used: Option<Result<u64, Failure>>,
    /// The wallet's switch.
    pub service: Option<Result<ServiceState, Failure>>,
}

/// Judges what the portal told.
pub fn cost(evidence: &CostEvidence) -> Cost {
    if is_own_server(&evidence.settings) || is_too_old(evidence.used.as_ref()) {
        return Cost::NotMetered;
    }
    let allowed = told(evidence.quota.as_ref()).and_then(|quota| quota.free_backups);
    let (Some(allowed), Some(used)) = (allowed, told(evidence.used.as_ref())) else { return Cost::Unknown };
    match allowed.saturating_sub(*used) {
        0 => cost_beyond_the_free(evidence),
        left => Cost::Free { left },
    }
}

/// A self-hosted server tells no free backups either, so without a word on whose server it is nothing is known.
fn cost_beyond_the_free(evidence: &CostEvidence) -> Cost {
    let is_cloud = evidence.settings.as_ref().is_ok_and(|settings| settings.standalone == Some(false));
    match told(evidence.service.as_ref()) {
        Some(ServiceState::Enabled) => Cost::CostsMoney,
        Some(ServiceState::Disabled) if is_cloud => Cost::WouldBeRefused,
        None if is_cloud => Cost::CostsMoney,
        Some(ServiceState::Disabled) | None => Cost::Unknown,
    }
}

/// Asks the portal what [`cost`] needs: one call at a self-hosted server, four elsewhere. Nothing is changed.
pub async fn gather_cost(portal: &Portal) -> CostEvidence {
    let settings = finish(portal.settings()).await;
    if is_own_server(&settings) {
        return CostEvidence { settings, quota: None, used: None, service: None };
    }
    let (quota, (used, service)) = tokio::join!(finish(portal.quota()), counts(portal));
    CostEvidence { settings, quota: Some(quota), used: Some(used), service: Some(service) }
}

/// The same, with the plan also where it says nothing about costs.
pub(crate) async fn gather_cost_and_plan(portal: &Portal) -> CostEvidence {
    let (settings, quota) = tokio::join!(finish(portal.settings()), finish(portal.quota()));
    if is_own_server(&settings) {
        return CostEvidence { settings, quota: Some(quota), used: None, service: None };
    }
    let (used, service) = counts(portal).await;
    CostEvidence { settings, quota: Some(quota), used: Some(used), service: Some(service) }
}

async fn counts(portal: &Portal) -> (Result<u64, Failure>, Result<ServiceState, Failure>) {
    let count = BackupsCount { payment: Payment::Free, from: None, to: None };
    tokio::join!(finish(portal.backups_count(&count)), finish(portal.service_state()))
}

fn is_own_server(settings: &Result<PortalSettings, Failure>) -> bool {
    settings.as_ref().is_ok_and(|settings| settings.standalone == Some(true))
}

/// Portals that cannot count backups do not charge for them either (contract §13).
fn is_too_old<T>(answer: Option<&Result<T, Failure>>) -> bool {
    matches!(answer, Some(Err(failure)) if matches!(failure.kind, ApiErrorKind::Unsupported { .. }))
}

fn told<T>(answer: Option<&Result<T, Failure>>) -> Option<&T> {
    answer?.as_ref().ok()
}

#[cfg(test)]
mod tests;
