//! A schedule as it is told, whether it stands at the portal or in the settings.

use std::collections::BTreeMap;

use docspace_api::{BackupPeriod, BackupTarget, CronParams, NewSchedule, Schedule, Scope, StorageType};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{report::Fact, words};

/// What there is to tell of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) cron: CronParams,
    storage: StorageType,
    folder: Option<String>,
    params: BTreeMap<String, String>,
    keep: Option<u32>,
    scope: Scope,
    /// When the portal last ordered a scheduled backup.
    last_run: Option<Timestamp>,
}

impl From<&Schedule> for Shown {
    fn from(schedule: &Schedule) -> Self {
        Self {
            cron: schedule.cron,
            storage: schedule.storage,
            folder: schedule.folder.clone(),
            params: schedule.params.clone(),
            keep: schedule.backups_stored,
            scope: schedule.scope,
            last_run: schedule.last_backup,
        }
    }
}

impl From<&NewSchedule> for Shown {
    fn from(schedule: &NewSchedule) -> Self {
        let (folder, params) = place(&schedule.target);
        Self {
            cron: schedule.cron,
            storage: schedule.target.storage(),
            folder,
            params,
            keep: Some(schedule.backups_stored.get().into()),
            scope: schedule.scope,
            last_run: None,
        }
    }
}

/// In the form in which the portal tells them.
fn place(target: &BackupTarget) -> (Option<String>, BTreeMap<String, String>) {
    match target {
        BackupTarget::Local { directory } => (Some(directory.clone()), BTreeMap::new()),
        BackupTarget::ThirdPartyConsumer { module, params } => {
            let module = ("module".to_owned(), module.clone());
            (None, params.clone().into_iter().chain([module]).collect())
        }
        BackupTarget::DataStore | BackupTarget::Documents { .. } | BackupTarget::ThirdpartyDocuments { .. } => {
            (words::folder(target), BTreeMap::new())
        }
    }
}

impl Shown {
    /// When it runs, where the copies go, how many are kept.
    pub(super) fn facts(&self) -> Vec<Fact> {
        vec![
            Fact::new("Covers", words::scope(self.scope)),
            Fact::new("Runs", time(&self.cron)),
            Fact::new("Storage", self.place()),
            Fact::new("Keeps", self.keep.map_or_else(|| "not told".to_owned(), kept)),
        ]
    }

    /// When it last ran. The portal forgets that with each change.
    pub(super) fn last_run(&self) -> Fact {
        Fact::new("Last run", self.last_run.map_or_else(|| "never, or not since it was set".to_owned(), words::time))
    }

    /// All of it on one line.
    pub(super) fn line(&self) -> String {
        let kept = self.keep.map(|keep| format!(", {} kept", kept(keep))).unwrap_or_default();
        format!("{}, to {}{kept}", time(&self.cron), self.place())
    }

    fn place(&self) -> String {
        let kind = if self.storage == StorageType::Local { "directory" } else { "folder" };
        let folder = self.folder.as_ref().map(|folder| format!(", {kind} {folder}"));
        let params = self.params.iter().map(|(key, value)| format!(", {key}={}", words::param(key, value)));
        params.fold(words::storage(self.storage) + &folder.unwrap_or_default(), |place, param| place + &param)
    }

    pub(super) fn document(&self) -> Value {
        let (period, day) = match self.cron.period {
            BackupPeriod::EveryDay => ("daily", Value::Null),
            BackupPeriod::EveryWeek(day) => ("weekly", json!(words::weekday(day))),
            BackupPeriod::EveryMonth(day) => ("monthly", json!(day.get())),
        };
        let params = self.params.iter().map(|(key, value)| (key, words::param(key, value)));
        json!({
            "period": period,
            "day": day,
            "hour": self.cron.hour.get(),
            "keep": self.keep,
            "storage": words::storage(self.storage),
            "folder": self.folder,
            "params": params.collect::<BTreeMap<_, _>>(),
            "dump": self.scope == Scope::Server,
            "last_run": self.last_run.map(words::time),
        })
    }
}

/// `every Monday at 03:00`.
pub(super) fn time(cron: &CronParams) -> String {
    let days = match cron.period {
        BackupPeriod::EveryDay => "every day".to_owned(),
        BackupPeriod::EveryWeek(day) => format!("every {day:?}"),
        BackupPeriod::EveryMonth(day) => format!("on day {} of each month", day.get()),
    };
    format!("{days} at {:02}:00", cron.hour.get())
}

fn kept(keep: u32) -> String {
    match keep {
        1 => "1 copy".to_owned(),
        keep => format!("{keep} copies"),
    }
}
