//! `getbackupschedule` (contract §7).

use serde_json::{Map, Value, json};

use super::history::NEVER;
use super::{Context, Outcome, dump_parameter};
use crate::answer::Answer;
use crate::clock::zoneless;
use crate::gate;
use crate::schedule::Schedule;
use crate::storage_type::StorageType;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let dump = dump_parameter(context.request)?;
    gate::dump_call(context.state, dump)?;
    let Some(schedule) = context.state.schedules.get(dump) else {
        context.note = "no schedule".to_owned();
        return Ok(Answer::success::<Value>(context.request, None, 0));
    };
    context.note = format!("{:?} at {}", schedule.period, schedule.hour);
    let schedule = json!({
        "storageType": schedule.storage.number(),
        "storageParams": parameters(schedule, context.state.tenant),
        "cronParams": {"period": schedule.period.number(), "hour": schedule.hour, "day": schedule.period.day()},
        "backupsStored": schedule.backups_stored,
        "lastBackupTime": schedule.last_backup.map_or_else(|| NEVER.to_owned(), zoneless),
        "dump": schedule.dump,
    });
    Ok(Answer::success(context.request, Some(&schedule), 1))
}

/// An object, although a list was sent, whose folder is the storage's base path.
fn parameters(schedule: &Schedule, tenant: u32) -> Map<String, Value> {
    let sent = schedule.parameters.iter();
    let mut parameters: Map<_, _> = sent.map(|(key, value)| (key.clone(), value.clone().into())).collect();
    if schedule.storage != StorageType::ThirdPartyConsumer {
        parameters.insert("folderId".to_owned(), base_path(schedule).cloned().into());
    }
    if schedule.dump {
        parameters.insert("tenantId".to_owned(), tenant.to_string().into());
    }
    parameters
}

fn base_path(schedule: &Schedule) -> Option<&String> {
    match schedule.storage {
        StorageType::Documents | StorageType::ThirdPartyDocuments => schedule.parameters.get("folderId"),
        StorageType::Local => schedule.parameters.get("filePath"),
        StorageType::CustomCloud
        | StorageType::DataStore
        | StorageType::ThirdPartyConsumer
        | StorageType::Unknown(_) => None,
    }
}
