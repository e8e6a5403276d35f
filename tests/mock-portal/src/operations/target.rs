//! Where a backup is to go: what can be known of it before anything starts.

use crate::answer::Answer;
use crate::config::Folder;
use crate::plan::JobPlan;
use crate::state::State;
use crate::storage_request::Parameters;
use crate::storage_type::StorageType;

/// The folder's id, where one has to be named.
pub(super) fn folder(parameters: &Parameters) -> Result<&String, Answer> {
    parameters.get("folderId").ok_or_else(|| no_such_key("folderId"))
}

/// The folder exists and takes files of the caller.
pub(super) fn folder_takes(state: &State, folder: &str) -> Result<(), Answer> {
    match state.rights(folder) {
        Some(Folder::Open) => Ok(()),
        Some(Folder::Closed) => Err(Answer::denied()),
        None => Err(missing_folder()),
    }
}

/// What a start accepts and the worker cannot do (contract §2.4).
pub(crate) fn doomed(storage: StorageType, parameters: &Parameters) -> Option<JobPlan> {
    match storage {
        StorageType::CustomCloud | StorageType::Unknown(_) => {
            Some(JobPlan::fail("Unknown storage type.").at_percent(0))
        }
        StorageType::ThirdPartyConsumer if parameters.get("module").is_none() => {
            let message = "The given key 'module' was not present in the dictionary.";
            Some(JobPlan::fail(message).at_percent(0))
        }
        StorageType::Documents
        | StorageType::ThirdPartyDocuments
        | StorageType::Local
        | StorageType::DataStore
        | StorageType::ThirdPartyConsumer => None,
    }
}

/// The exception of a dictionary that lacks the key.
pub(super) fn no_such_key(key: &str) -> Answer {
    let message = format!("The given key '{key}' was not present in the dictionary.");
    Answer::exception(500, "System.Collections.Generic.KeyNotFoundException", &message)
}

pub(super) fn refuse_if(condition: bool, refusal: impl FnOnce() -> Answer) -> Result<(), Answer> {
    if condition { Err(refusal()) } else { Ok(()) }
}

fn missing_folder() -> Answer {
    let message = "The required folder was not found";
    Answer::exception(404, "System.IO.DirectoryNotFoundException", message)
}
