//! `startbackup`: the checks in the portal's order, and the one slot (contract §2).

use std::time::Duration;

use super::{Context, Outcome, progress};
use crate::answer::Answer;
use crate::caller::Trouble;
use crate::config::Folder;
use crate::gate;
use crate::job::Origin;
use crate::plan::JobPlan;
use crate::queue::Started;
use crate::start_request::{Parameters, StartRequest};
use crate::state::{Purpose, State};
use crate::storage_type::StorageType;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let wanted = StartRequest::bind(context.request)?;
    let state = &*context.state;
    gate::administrator(&state.caller)?;
    refuse_if(state.has(Trouble::BackupHidden), Answer::denied)?;
    if wanted.dump {
        gate::dumps_allowed(state)?;
    }
    let parameters = wanted.parameters()?;
    folder_fits(state, wanted.storage, &parameters)?;
    gate::queue_unlocked(state)?;
    let spent = !state.config.standalone && state.has(Trouble::BackupsSpent);
    refuse_if(spent, || quota("The free backups of this month are used up."))?;
    local_possible(state, wanted.storage, &parameters)?;
    enqueue(context, &wanted, &parameters)?;
    Ok(progress::current(context, wanted.dump))
}

fn folder_fits(state: &State, storage: StorageType, parameters: &Parameters) -> Result<(), Answer> {
    let folder = parameters.get("folderId");
    let integer = folder.is_some_and(|id| id.parse::<i32>().is_ok());
    match storage {
        StorageType::Documents => {
            refuse_if(!integer, wrong_folder_type)?;
            refuse_if(state.has(Trouble::StorageFull), || quota("The storage space of the portal is used up."))?;
        }
        StorageType::ThirdPartyDocuments => refuse_if(integer, wrong_folder_type)?,
        StorageType::CustomCloud
        | StorageType::Local
        | StorageType::DataStore
        | StorageType::ThirdPartyConsumer
        | StorageType::Unknown(_) => return Ok(()),
    }
    let folder = folder.ok_or_else(|| no_such_key("folderId"))?;
    match state.config.folders.get(folder) {
        Some(Folder::Open) => Ok(()),
        Some(Folder::Closed) => Err(Answer::denied()),
        None => Err(missing_folder()),
    }
}

fn local_possible(state: &State, storage: StorageType, parameters: &Parameters) -> Result<(), Answer> {
    if storage != StorageType::Local {
        return Ok(());
    }
    refuse_if(!state.config.standalone, || Answer::exception(500, "System.Exception", "Access denied"))?;
    refuse_if(parameters.get("filePath").is_none(), || no_such_key("filePath"))
}

fn enqueue(context: &mut Context<'_>, wanted: &StartRequest, parameters: &Parameters) -> Result<(), Answer> {
    let purpose = Purpose { dump: wanted.dump, storage: wanted.storage, origin: Origin::Call };
    let state = &mut *context.state;
    let free = state.queue.current(wanted.dump, context.now).is_none_or(|(_, moment)| moment.completed);
    let plan = if free { state.take_plan() } else { state.usual_plan.clone() };
    let plan = doomed(wanted.storage, parameters).unwrap_or(plan);
    let job = state.job(plan, purpose, Duration::ZERO, context.now);
    context.note = match state.queue.start(job, context.now) {
        Started::New { id } => format!("backup {id} started"),
        Started::Repaired { id } => format!("lost start of {id} repaired"),
        Started::Busy { id } => format!("busy with {id}, nothing started"),
        Started::Stuck { error } => return Err(Answer::exception(500, "System.ServiceModel.FaultException", &error)),
    };
    Ok(())
}

/// What the start accepts and the worker cannot do (contract §2.4).
fn doomed(storage: StorageType, parameters: &Parameters) -> Option<JobPlan> {
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

fn refuse_if(condition: bool, refusal: impl FnOnce() -> Answer) -> Result<(), Answer> {
    if condition { Err(refusal()) } else { Ok(()) }
}

fn wrong_folder_type() -> Answer {
    Answer::exception(400, "System.ArgumentException", "wrong folder type")
}

fn missing_folder() -> Answer {
    let message = "The required folder was not found";
    Answer::exception(404, "System.IO.DirectoryNotFoundException", message)
}

fn no_such_key(key: &str) -> Answer {
    let message = format!("The given key '{key}' was not present in the dictionary.");
    Answer::exception(500, "System.Collections.Generic.KeyNotFoundException", &message)
}

fn quota(message: &str) -> Answer {
    Answer::exception(402, "ASC.Core.Tenants.TenantQuotaException", message)
}
