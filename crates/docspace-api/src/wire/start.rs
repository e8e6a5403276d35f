//! The body of `startbackup` (contract §2).

use serde::Serialize;

use super::names::storage_name;
use crate::{BackupTarget, Scope, StartBackup};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    storage_type: &'static str,
    storage_params: Vec<Param<'a>>,
    dump: bool,
}

#[derive(Serialize)]
struct Param<'a> {
    key: &'a str,
    value: String,
}

pub(crate) fn start_body(order: &StartBackup) -> Vec<u8> {
    let body = Body {
        storage_type: storage_name(order.target.storage()),
        storage_params: params(&order.target),
        dump: order.scope == Scope::Server,
    };
    serde_json::to_vec(&body).expect("texts and a flag can always be written as JSON")
}

fn params(target: &BackupTarget) -> Vec<Param<'_>> {
    match target {
        BackupTarget::DataStore => Vec::new(),
        BackupTarget::Documents { folder } => vec![param("folderId", folder)],
        BackupTarget::ThirdpartyDocuments { folder } => vec![param("folderId", folder)],
        BackupTarget::Local { directory } => vec![param("filePath", directory)],
        BackupTarget::ThirdPartyConsumer { module, params } => {
            // The portal refuses a key that comes twice.
            let own = params.iter().filter(|(key, _)| *key != "module");
            let own = own.map(|(key, value)| param(key, value));
            std::iter::once(param("module", module)).chain(own).collect()
        }
    }
}

fn param<'a>(key: &'a str, value: &dyn ToString) -> Param<'a> {
    Param { key, value: value.to_string() }
}
