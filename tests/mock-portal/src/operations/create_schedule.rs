//! `createbackupschedule`: writes the only schedule there is (contract §7).

use serde_json::Value;

use super::target::{folder, folder_takes, no_such_key, refuse_if};
use super::{Context, Outcome};
use crate::answer::Answer;
use crate::cron_request::CronRequest;
use crate::gate;
use crate::payment;
use crate::schedule::Schedule;
use crate::storage_request::{Parameters, StorageRequest};
use crate::storage_type::StorageType;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let wanted = StorageRequest::bind(context.request)?;
    let cron = CronRequest::bind(context.request, &wanted)?;
    let stored = stored(context, &wanted)?;
    let state = &*context.state;
    if wanted.dump {
        gate::dumps_allowed(state)?;
    }
    let parameters = wanted.parameters()?;
    let cron = cron.ok_or_else(Answer::null_reference)?;
    let backups_stored = u8::try_from(stored).ok().filter(|stored| (1..=30).contains(stored));
    let backups_stored = backups_stored.ok_or_else(wrong_number)?;
    if matches!(wanted.storage, StorageType::Documents | StorageType::ThirdPartyDocuments) {
        folder_takes(state, folder(&parameters)?)?; // Before anybody asks who is calling.
    }
    gate::administrator(&state.caller)?;
    refuse_if(state.schedules_unaffordable(), || payment::refused("Your plan has no backups."))?;
    local_path(wanted.storage, &parameters)?;
    let (period, hour) = cron.schedule()?;
    let StorageRequest { storage, dump, .. } = wanted;
    let schedule = Schedule { storage, parameters, period, hour, backups_stored, last_backup: None, dump };
    context.note = format!("schedule written: {period:?} at {hour}");
    context.state.schedules.put(schedule);
    context.state.schedules.writes += 1;
    Ok(Answer::success(context.request, Some(&true), 1))
}

/// The number of copies to keep, a number or a text with one.
fn stored(context: &Context<'_>, wanted: &StorageRequest) -> Result<i64, Answer> {
    match wanted.property("backupsStored") {
        None | Some(Value::Null) => Ok(1),
        Some(value) => crate::cron_request::integer(value).ok_or_else(|| {
            Answer::invalid(context.request, "$.backupsStored", "The JSON value could not be converted.")
        }),
    }
}

fn local_path(storage: StorageType, parameters: &Parameters) -> Result<(), Answer> {
    let missing = storage == StorageType::Local && !parameters.contains_key("filePath");
    refuse_if(missing, || no_such_key("filePath"))
}

fn wrong_number() -> Answer {
    Answer::exception(400, "System.ArgumentException", "backupStored must be 1 - 30")
}
