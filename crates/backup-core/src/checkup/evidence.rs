//! What a portal tells when it is asked about everything that a job depends on. A call that fails is evidence, too.

use std::{future::Future, time::Duration};

use docspace_api::{
    ApiError, ApiErrorKind, BackupTarget, Folder, FolderId, KeyInfo, Portal, Progress, RawCall, RetryPolicy, Schedule,
    Scope, StorageProvider, Tenant, User, Version,
};
use jiff::Timestamp;

use super::Wanted;
use crate::{CostEvidence, Failure, calls::finish, cost};

/// No answer is waited for longer before a start: what it would tell is not worth it.
const BEFORE_START: Duration = Duration::from_secs(10);

/// The answer to a call; `None` where it was not asked.
pub type Asked<T> = Option<Result<T, Failure>>;

/// All that was found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Whether the key goes over the network unprotected: plain HTTP to another machine.
    pub is_plain_http: bool,
    /// The portal's version, asked without the key.
    pub version: Asked<Version>,
    /// What the portal knows of the key.
    pub key: Asked<KeyInfo>,
    /// Who owns it.
    pub user: Asked<User>,
    /// What the portal says of itself.
    pub tenant: Asked<Tenant>,
    /// The slot of the wanted scope.
    pub progress: Asked<Option<Progress>>,
    /// What is known of costs, and the plan with it.
    pub cost: Option<CostEvidence>,
    /// How many bytes are used.
    pub used_space: Asked<u64>,
    /// The folder that the copy is to go to.
    pub folder: Asked<Folder>,
    /// The storage providers that are connected.
    pub providers: Asked<Vec<StorageProvider>>,
    /// The portal's schedule.
    pub schedule: Asked<Option<Schedule>>,
    /// The two clocks.
    pub clock: Asked<ClockReading>,
}

/// The portal's clock and ours at the same moment, but for the time of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockReading {
    /// The portal's; `None` where it does not tell.
    pub portal: Option<Timestamp>,
    /// This machine's.
    pub ours: Timestamp,
}

impl Evidence {
    /// Whether a portal answered at all. Where none did, nothing else was asked.
    pub fn is_reached(&self) -> bool {
        matches!(self.version, Some(Ok(_)))
    }
}

/// Asks each thing once, side by side; nothing more once it is clear that no portal answers.
pub async fn gather_evidence(portal: &Portal, wanted: &Wanted) -> Evidence {
    let version = finish(portal.version()).await;
    let evidence = Evidence { is_plain_http: is_plain_http(portal), ..Evidence::default() };
    if version.is_err() {
        return Evidence { version: Some(version), ..evidence };
    }
    let scope = wanted.scope();
    let account = async { tokio::join!(finish(portal.key()), finish(portal.user()), finish(portal.tenant())) };
    let room = async {
        tokio::join!(finish(portal.backup_progress(scope)), cost::gather_cost_and_plan(portal), used_space(portal))
    };
    let place = async { tokio::join!(folder(portal, wanted), providers(portal, wanted), schedule(portal, wanted)) };
    let ((key, user, tenant), (progress, cost, used_space), (folder, providers, schedule)) =
        tokio::join!(account, room, place);
    Evidence {
        version: Some(version),
        key: Some(key),
        user: Some(user),
        tenant: Some(tenant),
        progress: Some(progress),
        cost: Some(cost),
        used_space,
        folder,
        providers,
        schedule,
        clock: Some(clock(portal).await),
        ..evidence
    }
}

/// Asks what is cheap, each thing once and for no longer than ten seconds.
pub(super) async fn gather_before_start(portal: &Portal) -> Evidence {
    let quick = portal.with_retry(RetryPolicy::NEVER);
    let costs = async { tokio::time::timeout(BEFORE_START, cost::gather_cost(&quick)).await.ok() };
    let (key, user, cost) = tokio::join!(soon(quick.key()), soon(quick.user()), costs);
    Evidence { key: Some(key), user: Some(user), cost, ..Evidence::default() }
}

async fn soon<T>(call: impl Future<Output = Result<T, ApiError>>) -> Result<T, Failure> {
    tokio::time::timeout(BEFORE_START, finish(call)).await.unwrap_or_else(|_| Err(no_answer()))
}

fn no_answer() -> Failure {
    let kind = ApiErrorKind::TimedOut;
    Failure { kind, message: kind.to_string(), portal_message: None }
}

fn is_plain_http(portal: &Portal) -> bool {
    let url = portal.address().as_url();
    url.scheme() == "http" && !is_loopback(url)
}

fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

async fn used_space(portal: &Portal) -> Asked<u64> {
    Some(finish(portal.used_space()).await)
}

async fn folder(portal: &Portal, wanted: &Wanted) -> Asked<Folder> {
    let id = folder_of(&wanted.backup.target)?;
    Some(finish(portal.folder(&id)).await)
}

pub(super) fn folder_of(target: &BackupTarget) -> Option<FolderId> {
    match target {
        BackupTarget::Documents { folder } => Some(FolderId::Number(*folder)),
        BackupTarget::ThirdpartyDocuments { folder } => Some(FolderId::Text(folder.clone())),
        BackupTarget::DataStore | BackupTarget::Local { .. } | BackupTarget::ThirdPartyConsumer { .. } => None,
    }
}

async fn providers(portal: &Portal, wanted: &Wanted) -> Asked<Vec<StorageProvider>> {
    match wanted.backup.target {
        BackupTarget::ThirdPartyConsumer { .. } => Some(finish(portal.storage_providers(wanted.scope())).await),
        BackupTarget::DataStore
        | BackupTarget::Documents { .. }
        | BackupTarget::ThirdpartyDocuments { .. }
        | BackupTarget::Local { .. } => None,
    }
}

async fn schedule(portal: &Portal, wanted: &Wanted) -> Asked<Option<Schedule>> {
    let scope: Scope = wanted.schedule.as_ref()?.scope;
    Some(finish(portal.backup_schedule(scope)).await)
}

/// The portal notes for each key when it was last used, and the call that asks is a use itself (contract §10.2).
async fn clock(portal: &Portal) -> Result<ClockReading, Failure> {
    let key = finish(portal.raw(&RawCall::get("api/2.0/keys/@self"))).await?;
    let last_used = key.get("lastUsed").and_then(|text| text.as_str());
    Ok(ClockReading { portal: last_used.and_then(|text| text.parse().ok()), ours: Timestamp::now() })
}
