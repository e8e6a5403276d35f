//! Sizes and folders of copies: looked up where copies usually go to, and never a reason for the list to fail or to wait long.

use std::{collections::BTreeSet, time::Duration};

use backup_core::{Locations, MostCalls, locate};
use docspace_api::{BackupRecord, FolderId, Portal, RetryPolicy, Scope, StorageType};
use journal::RunRecord;
use serde_json::Value;

use crate::{logbook::Logbook, report::PortalFacts, settings::Settings};

/// The longest that the search may take.
const FOR_SEARCH: Duration = Duration::from_secs(20);

/// The copies of those records that could be found; nothing where the portal does not answer in time.
pub(super) async fn locations(
    records: &[BackupRecord],
    client: &Portal,
    portal: &PortalFacts,
    scope: Scope,
    settings: &Settings<'_>,
) -> Locations {
    if !records.iter().any(lies_in_folder) {
        return Locations::default();
    }
    let client = client.with_retry(RetryPolicy::NEVER);
    let search = async {
        let folders = usual_folders(&client, portal, scope, settings).await;
        locate(&client, records, &folders, MostCalls::default()).await
    };
    let found = tokio::time::timeout(FOR_SEARCH, search).await.unwrap_or_default();
    for (folder, failure) in &found.failures {
        tracing::info!(%folder, failure = %failure.message, "this folder was not searched for copies");
    }
    if found.is_cut_short {
        tracing::info!("the folders hold more files than were looked through");
    }
    found
}

fn lies_in_folder(record: &BackupRecord) -> bool {
    match record.storage {
        StorageType::Documents | StorageType::ThirdpartyDocuments => true,
        StorageType::CustomCloud
        | StorageType::Local
        | StorageType::DataStore
        | StorageType::ThirdPartyConsumer
        | StorageType::Other(_) => false,
    }
}

/// Where copies usually go to, the likeliest first: as the settings say, as the portal's schedule says, and where earlier runs
/// of this machine have put them.
async fn usual_folders(client: &Portal, portal: &PortalFacts, scope: Scope, settings: &Settings<'_>) -> Vec<FolderId> {
    let scheduled = client.backup_schedule(scope).await.ok().flatten().and_then(|schedule| schedule.folder);
    let runs = Logbook::of_portal(settings.environment(), &portal.host);
    let all = settings.folders().into_iter().chain(scheduled).chain(runs.iter().filter_map(folder_of_run));
    let mut known = BTreeSet::new();
    all.filter_map(|folder| folder.parse::<FolderId>().ok()).filter(|folder| known.insert(folder.clone())).collect()
}

/// The folder into which a run has put its copy, as its report tells it.
fn folder_of_run(run: &RunRecord) -> Option<String> {
    let report: Value = serde_json::from_str(run.report.as_deref()?).ok()?;
    report.get("backup")?.get("folder")?.as_str().map(str::to_owned)
}
