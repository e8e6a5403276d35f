//! `startrestore`: the checks in the portal's order, and the one slot (contract §8).

use super::target::{no_such_key, refuse_if};
use super::{Context, Outcome, progress};
use crate::answer::Answer;
use crate::caller::Trouble;
use crate::curve::Curve;
use crate::gate;
use crate::life_cycle::LifeCycle;
use crate::payment;
use crate::plan::JobPlan;
use crate::queue::Started;
use crate::record::Known;
use crate::restore::Restore;
use crate::restore_request::RestoreId;
use crate::state::State;
use crate::storage_request::{Parameters, StorageRequest};
use crate::storage_type::StorageType;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let wanted = StorageRequest::bind(context.request)?;
    let id = RestoreId::bind(context.request, &wanted)?;
    let state = &*context.state;
    if wanted.dump {
        gate::dumps_allowed(state)?;
    }
    gate::administrator(&state.caller)?;
    refuse_if(state.has(Trouble::RestoreHidden), Answer::denied)?;
    refuse_if(!state.config.standalone && state.has(Trouble::RestoreNotInPlan), || {
        payment::refused("Your plan has no restore.")
    })?;
    let parameters = wanted.parameters()?;
    file_exists(state, wanted.storage, &parameters)?;
    gate::queue_unlocked(state)?;
    let doom = doom(state, &id, &wanted, &parameters)?;
    begin(context, wanted.dump, doom)?;
    Ok(progress::of_restore(context, Some(wanted.dump)))
}

fn file_exists(state: &State, storage: StorageType, parameters: &Parameters) -> Result<(), Answer> {
    let documents = matches!(storage, StorageType::Documents | StorageType::ThirdPartyDocuments);
    match parameters.get("filePath").filter(|_| documents) {
        Some(file) if state.files.by_id(file).is_none() => Err(missing("The required file was not found")),
        Some(_) | None => Ok(()),
    }
}

/// What the portal accepts and its worker cannot do.
fn doom(
    state: &State,
    id: &RestoreId,
    wanted: &StorageRequest,
    parameters: &Parameters,
) -> Result<Option<JobPlan>, Answer> {
    let RestoreId::Record(id) = id else {
        let named = wanted.storage == StorageType::Local || parameters.contains_key("filePath");
        refuse_if(!named, || no_such_key("filePath"))?;
        // Nothing was uploaded, and the worker's handler trips over that.
        return Ok((wanted.storage == StorageType::Local).then(JobPlan::never_taken));
    };
    match state.records.know(id) {
        Known::Never => Err(missing("The backup was not found")),
        Known::Foreign if !state.config.standalone => {
            Ok(Some(JobPlan::fail("The backup file is invalid.").at_percent(0)))
        }
        Known::Ours { dump } if dump != wanted.dump => {
            Ok(Some(JobPlan::fail("The backup file is not of the kind that was asked for.").at_percent(11)))
        }
        Known::Foreign | Known::Ours { .. } => Ok(None),
    }
}

fn begin(context: &mut Context<'_>, dump: bool, doom: Option<JobPlan>) -> Result<(), Answer> {
    let state = &mut *context.state;
    let laid_out = doom.is_none();
    let plan = doom.or_else(|| state.next_restores.front().cloned()).unwrap_or_else(JobPlan::succeed);
    let life = LifeCycle::new(plan, state.config.backup_duration, Curve::restore());
    let id = uuid::Uuid::new_v4().to_string();
    let restore = Restore { id, dump, life, since: context.now, tenant: state.tenant, switched: false };
    context.note = match state.restores.start(restore, context.now) {
        Started::Busy { id } => format!("busy with restore {id}, nothing started"),
        Started::Stuck { error } => return Err(Answer::exception(500, "System.ServiceModel.FaultException", &error)),
        Started::New { id } | Started::Repaired { id } => {
            if laid_out {
                state.next_restores.pop_front();
            }
            format!("restore {id} started")
        }
    };
    Ok(())
}

fn missing(message: &str) -> Answer {
    Answer::exception(404, "ASC.Common.Exceptions.ItemNotFoundException", message)
}
