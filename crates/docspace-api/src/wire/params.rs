//! `storageParams`, the list of keys and values that says where a copy goes or lies.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::BackupTarget;

#[derive(Serialize)]
pub(super) struct Param<'a> {
    key: &'a str,
    value: String,
}

pub(super) fn param<'a>(key: &'a str, value: &dyn ToString) -> Param<'a> {
    Param { key, value: value.to_string() }
}

pub(super) fn of_target(target: &BackupTarget) -> Vec<Param<'_>> {
    match target {
        BackupTarget::DataStore => Vec::new(),
        BackupTarget::Documents { folder } => vec![param("folderId", folder)],
        BackupTarget::ThirdpartyDocuments { folder } => vec![param("folderId", folder)],
        BackupTarget::Local { directory } => vec![param("filePath", directory)],
        BackupTarget::ThirdPartyConsumer { module, params } => with_own(vec![param("module", module)], params),
    }
}

/// The parameters and a provider's own ones, of which those are left out that are there: the portal refuses a key that
/// comes twice.
pub(super) fn with_own<'a>(mut all: Vec<Param<'a>>, own: &'a BTreeMap<String, String>) -> Vec<Param<'a>> {
    for (key, value) in own {
        if all.iter().all(|there| there.key != key) {
            all.push(param(key, value));
        }
    }
    all
}

/// A body of ours as JSON.
pub(super) fn json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("texts, numbers and flags can always be written as JSON")
}
