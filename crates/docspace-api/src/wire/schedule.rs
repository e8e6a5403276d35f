//! `getbackupschedule` and the body of `createbackupschedule`, which are not alike (contract §7).

use std::collections::BTreeMap;

use jiff::civil::Weekday;
use serde::Serialize;
use serde_json::Value;

use super::{
    Field, Misfit,
    names::{self, Period, storage_name},
    params::{self, Param},
    shown,
};
use crate::{BackupPeriod, CronParams, Hour, MonthDay, NewSchedule, Schedule, Scope};

/// Reads the schedule; null is none. `asked` is what it copies where it does not say so itself.
pub(crate) fn schedule(response: &Value, asked: Scope) -> Result<Option<Schedule>, Misfit> {
    let schedule = Field::new("response", Some(response));
    if schedule.is_absent() {
        return Ok(None);
    }
    let mut params = read_params(&schedule.get("storageParams"))?;
    let folder = params.remove("folderId");
    // The portal's own note on a schedule for dumps; nobody ordered it.
    params.remove("tenantId");
    Ok(Some(Schedule {
        storage: names::storage(&schedule.get("storageType"))?,
        folder,
        params,
        cron: cron(&schedule.get("cronParams"))?,
        backups_stored: schedule.get("backupsStored").integer()?.and_then(|number| u32::try_from(number).ok()),
        last_backup: schedule.get("lastBackupTime").time(),
        scope: schedule.get("dump").flag()?.map_or(asked, |dump| if dump { Scope::Server } else { Scope::Portal }),
    }))
}

/// An object, unlike the list that is sent; values without a text are left out.
fn read_params(params: &Field<'_>) -> Result<BTreeMap<String, String>, Misfit> {
    let mut read = BTreeMap::new();
    for (key, value) in params.entries()? {
        if let Some(value) = shown(&value)? {
            read.insert(key, value);
        }
    }
    Ok(read)
}

fn cron(cron: &Field<'_>) -> Result<CronParams, Misfit> {
    let hour = cron.get("hour");
    Ok(CronParams {
        period: period(cron)?,
        hour: small(&hour)?.and_then(Hour::new).ok_or_else(|| hour.misfit("an hour (0 to 23)"))?,
    })
}

fn period(cron: &Field<'_>) -> Result<BackupPeriod, Misfit> {
    let day = cron.get("day");
    let number = small(&day)?;
    Ok(match names::period(&cron.get("period"))? {
        Period::Day => BackupPeriod::EveryDay,
        Period::Week => {
            let day = number.and_then(week_day).ok_or_else(|| day.misfit("a day of the week (1 to 7)"))?;
            BackupPeriod::EveryWeek(day)
        }
        Period::Month => {
            let day = number.and_then(MonthDay::new).ok_or_else(|| day.misfit("a day of the month (1 to 31)"))?;
            BackupPeriod::EveryMonth(day)
        }
    })
}

/// The number, if it is one that could be an hour or a day.
fn small(field: &Field<'_>) -> Result<Option<u8>, Misfit> {
    Ok(field.integer()?.and_then(|number| u8::try_from(number).ok()))
}

/// 1 is Sunday.
fn week_day(number: u8) -> Option<Weekday> {
    Weekday::from_sunday_one_offset(i8::try_from(number).ok()?).ok()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    storage_type: &'static str,
    storage_params: Vec<Param<'a>>,
    backups_stored: u8,
    cron_params: Cron,
    dump: bool,
}

#[derive(Serialize)]
struct Cron {
    period: &'static str,
    hour: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
}

pub(crate) fn schedule_body(schedule: &NewSchedule) -> Vec<u8> {
    params::json(&Body {
        storage_type: storage_name(schedule.target.storage()),
        storage_params: params::of_target(&schedule.target),
        backups_stored: schedule.backups_stored.get(),
        cron_params: cron_body(schedule.cron),
        dump: schedule.scope == Scope::Server,
    })
}

fn cron_body(cron: CronParams) -> Cron {
    let (period, day) = match cron.period {
        BackupPeriod::EveryDay => (Period::Day, None),
        BackupPeriod::EveryWeek(day) => (Period::Week, Some(day.to_sunday_one_offset().unsigned_abs())),
        BackupPeriod::EveryMonth(day) => (Period::Month, Some(day.get())),
    };
    Cron { period: names::period_name(period), hour: cron.hour.get(), day }
}
