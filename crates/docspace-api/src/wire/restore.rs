//! The body of `startrestore` (contract §8).

use serde::Serialize;

use super::{
    names::storage_name,
    params::{self, Param, param, with_own},
};
use crate::{NotifyUsers, RestoreSource, Scope, StartRestore, StorageType};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    /// Empty where the parameters say which file it is; it must not be absent.
    backup_id: &'a str,
    storage_type: &'static str,
    storage_params: Vec<Param<'a>>,
    notify: bool,
    dump: bool,
}

pub(crate) fn restore_body(order: &StartRestore) -> Vec<u8> {
    params::json(&Body {
        backup_id: backup_id(&order.source),
        storage_type: storage_name(storage(&order.source)),
        storage_params: params(&order.source),
        notify: order.notify_users == NotifyUsers::Yes,
        dump: order.scope == Scope::Server,
    })
}

fn backup_id(source: &RestoreSource) -> &str {
    match source {
        RestoreSource::Backup { id, .. } => id.as_str(),
        RestoreSource::DocumentsFile { .. }
        | RestoreSource::ThirdpartyFile { .. }
        | RestoreSource::ConsumerFile { .. }
        | RestoreSource::UploadedFile => "",
    }
}

/// With an id, the portal takes the storage from its own record, so that any name it can read will do.
fn storage(source: &RestoreSource) -> StorageType {
    match source {
        RestoreSource::Backup { storage: StorageType::Other(_), .. } => StorageType::DataStore,
        RestoreSource::Backup { storage, .. } => *storage,
        RestoreSource::DocumentsFile { .. } => StorageType::Documents,
        RestoreSource::ThirdpartyFile { .. } => StorageType::ThirdpartyDocuments,
        RestoreSource::ConsumerFile { .. } => StorageType::ThirdPartyConsumer,
        RestoreSource::UploadedFile => StorageType::Local,
    }
}

fn params(source: &RestoreSource) -> Vec<Param<'_>> {
    match source {
        RestoreSource::Backup { .. } => Vec::new(),
        RestoreSource::DocumentsFile { file } => vec![param("filePath", file)],
        RestoreSource::ThirdpartyFile { file } => vec![param("filePath", file)],
        RestoreSource::ConsumerFile { module, path, params } => {
            with_own(vec![param("module", module), param("filePath", path)], params)
        }
        // The portal wants a path and puts that of the uploaded file in its place.
        RestoreSource::UploadedFile => vec![param("filePath", &"")],
    }
}
