//! `startbackup`: the checks in the portal's order, and the one slot (contract §2).

use std::time::Duration;

use super::target::{doomed, folder as folder_of, folder_takes, no_such_key, refuse_if};
use super::{Context, Outcome, progress};
use crate::answer::Answer;
use crate::caller::Trouble;
use crate::gate;
use crate::job::Origin;
use crate::payment::Payment;
use crate::queue::Started;
use crate::state::{Purpose, State};
use crate::storage_request::{Parameters, StorageRequest};
use crate::storage_type::StorageType;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let wanted = StorageRequest::bind(context.request)?;
    let state = &*context.state;
    gate::administrator(&state.caller)?;
    refuse_if(state.has(Trouble::BackupHidden), Answer::denied)?;
    if wanted.dump {
        gate::dumps_allowed(state)?;
    }
    let parameters = wanted.parameters()?;
    folder_fits(state, wanted.storage, &parameters)?;
    gate::queue_unlocked(state)?;
    let payment = state.payment(context.now)?;
    local_possible(state, wanted.storage, &parameters)?;
    enqueue(context, &wanted, &parameters, payment)?;
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
    folder_takes(state, folder_of(parameters)?)
}

fn local_possible(state: &State, storage: StorageType, parameters: &Parameters) -> Result<(), Answer> {
    if storage != StorageType::Local {
        return Ok(());
    }
    refuse_if(!state.config.standalone, || Answer::exception(500, "System.Exception", "Access denied"))?;
    refuse_if(parameters.get("filePath").is_none(), || no_such_key("filePath"))
}

fn enqueue(
    context: &mut Context<'_>,
    wanted: &StorageRequest,
    parameters: &Parameters,
    payment: Payment,
) -> Result<(), Answer> {
    let folder = parameters.get("folderId").cloned();
    let purpose = Purpose { dump: wanted.dump, storage: wanted.storage, folder, origin: Origin::Call, payment };
    let state = &mut *context.state;
    let plan = if state.queue.is_free(wanted.dump, context.now) { state.take_plan() } else { state.usual_plan.clone() };
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

fn wrong_folder_type() -> Answer {
    Answer::exception(400, "System.ArgumentException", "wrong folder type")
}

fn quota(message: &str) -> Answer {
    Answer::exception(402, "ASC.Core.Tenants.TenantQuotaException", message)
}
