//! Whether the place for the copy is there, and takes it.

use docspace_api::{ApiErrorKind, BackupTarget, Denial, Folder, FolderId, Scope, StorageProvider};

use super::{Check, Evidence, Fault, Finding, Wanted, evidence::folder_of};
use crate::{Failure, FoundFolder};

pub(super) fn findings(evidence: &Evidence, wanted: &Wanted) -> Vec<Finding> {
    folder(evidence, wanted).into_iter().chain(storage(evidence, wanted)).collect()
}

fn folder(evidence: &Evidence, wanted: &Wanted) -> Option<Finding> {
    let id = folder_of(&wanted.backup.target)?;
    Some(match evidence.folder.as_ref()? {
        Ok(folder) => judge_folder(folder),
        Err(failure) if is_key_taken(evidence) => no_folder(&id, failure),
        Err(failure) => Finding::skipped(Check::Folder, failure),
    })
}

/// Portals look folders up for anybody, so what they say of one to a bad key says nothing of the folder (contract §9.5).
fn is_key_taken(evidence: &Evidence) -> bool {
    matches!(evidence.key, Some(Ok(_)))
}

fn judge_folder(folder: &Folder) -> Finding {
    let found = FoundFolder { folder: folder.clone(), path: Vec::new() };
    let named = format!("\"{}\" ({})", folder.title, folder.id);
    match found.takes_backups() {
        Some(true) => Finding::ok(Check::Folder, format!("the copy goes to {named}")),
        None => Finding::ok(Check::Folder, format!("the copy goes to {named}; whether it may, the portal does not tell")),
        Some(false) => Finding::failed(Check::Folder, Fault::NotAllowed, format!("no copy can be put into {named}"))
            .mend("name a room, a folder in a room, or a folder of My documents, in which the key's owner may create files"),
    }
}

fn no_folder(id: &FolderId, failure: &Failure) -> Finding {
    let mend = "name another folder, or have the key's owner let in";
    match failure.kind {
        ApiErrorKind::NotFound => {
            Finding::failed(Check::Folder, Fault::NotFound, format!("there is no folder {id}")).mend(mend)
        }
        ApiErrorKind::Forbidden(Denial::Role | Denial::Scope | Denial::Unknown) => {
            Finding::failed(Check::Folder, Fault::NotAllowed, format!("the key may not see folder {id}")).mend(mend)
        }
        ApiErrorKind::Unresolved
        | ApiErrorKind::Unreachable
        | ApiErrorKind::Untrusted
        | ApiErrorKind::TimedOut
        | ApiErrorKind::Interrupted
        | ApiErrorKind::Throttled { .. }
        | ApiErrorKind::Unauthenticated
        | ApiErrorKind::Forbidden(Denial::PortalState | Denial::Address)
        | ApiErrorKind::PaymentRequired
        | ApiErrorKind::Status(_)
        | ApiErrorKind::NotAPortal
        | ApiErrorKind::Redirected
        | ApiErrorKind::Garbled
        | ApiErrorKind::TooLarge
        | ApiErrorKind::Unsupported { .. } => Finding::skipped(Check::Folder, failure),
    }
}

fn storage(evidence: &Evidence, wanted: &Wanted) -> Option<Finding> {
    if wanted.scope() == Scope::Server && is_cloud(evidence) {
        return Some(own_server_only("a copy of the whole server can only be made at a self-hosted one"));
    }
    match &wanted.backup.target {
        BackupTarget::DataStore => Some(
            Finding::warning(Check::Storage, "the copy is temporary: the portal deletes it after 24 hours")
                .mend("name a folder, or download the copy in time"),
        ),
        BackupTarget::Local { .. } if is_cloud(evidence) => {
            Some(own_server_only("only a self-hosted portal can put copies on its own disk"))
        }
        BackupTarget::ThirdPartyConsumer { module, .. } => provider(evidence, module),
        BackupTarget::Local { .. } | BackupTarget::Documents { .. } | BackupTarget::ThirdpartyDocuments { .. } => None,
    }
}

fn own_server_only(found: &str) -> Finding {
    Finding::failed(Check::Storage, Fault::Order, found).mend("order a copy of the portal, into a folder")
}

fn provider(evidence: &Evidence, module: &str) -> Option<Finding> {
    let providers = match evidence.providers.as_ref()? {
        Ok(providers) => providers,
        Err(failure) => return Some(Finding::skipped(Check::Storage, failure)),
    };
    let missing = |found: String| Finding::failed(Check::Storage, Fault::NotFound, found);
    Some(match providers.iter().find(|provider| provider.id == module) {
        Some(StorageProvider { is_set: true, title, .. }) => {
            Finding::ok(Check::Storage, format!("the copy goes to {title}"))
        }
        Some(StorageProvider { title, .. }) => missing(format!("{title} is not set up at the portal"))
            .mend("set it up at the portal, among its integrations"),
        None => missing(format!("the portal knows no storage \"{module}\"; it knows {}", known(providers)))
            .mend("name one that it knows, as the portal writes it"),
    })
}

fn known(providers: &[StorageProvider]) -> String {
    let ids: Vec<&str> = providers.iter().map(|provider| &*provider.id).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

fn is_cloud(evidence: &Evidence) -> bool {
    let settings = evidence.cost.as_ref().and_then(|cost| cost.settings.as_ref().ok());
    settings.is_some_and(|settings| settings.standalone == Some(false))
}
