//! The portal's own schedule, as flags and the table `[portals.NAME.schedule]` describe it.

use docspace_api::{BackupPeriod, BackupsStored, CronParams, Hour, NewSchedule, Scope};

use super::{
    Setting, SettingsError, StoragePlan,
    file::{RunTable, ScheduleTable},
    run,
    storage_layer::StorageLayer,
};
use crate::arguments::{DumpArgument, StorageArguments, TimesArguments};

/// The hour where nobody names one.
const USUAL_HOUR: u8 = 3;

/// How many copies are kept where nobody says.
const USUALLY_KEPT: u8 = 7;

/// The schedule as the settings describe it, each value with its origin.
#[derive(Debug)]
pub(crate) struct SchedulePlan {
    pub(crate) period: Option<Setting<BackupPeriod>>,
    pub(crate) hour: Setting<Hour>,
    pub(crate) keep: Setting<BackupsStored>,
    pub(crate) storage: StoragePlan,
    pub(crate) scope: Setting<Scope>,
    file_hint: String,
}

impl SchedulePlan {
    /// Flags over the profile's table over `[run]`.
    pub(super) fn new(
        times: &TimesArguments,
        storage: &StorageArguments,
        table: Option<&ScheduleTable>,
        run: &RunTable,
        file_hint: String,
    ) -> Result<Self, SettingsError> {
        let nothing = ScheduleTable::default();
        let table = table.unwrap_or(&nothing);
        let period = times.period().map(|(flag, period)| Setting::flag(flag, period));
        let hour = times.at.map(|hour| Setting::flag("--at", hour)).or_else(|| table.hour.clone());
        let keep = times.keep.map(|keep| Setting::flag("--keep", keep)).or_else(|| table.keep.clone());
        let place = StorageLayer::typed(storage)?.over(&table.place).over(&run.place);
        Ok(Self {
            period: period.or_else(|| table.period.clone()),
            hour: hour.unwrap_or_else(|| Setting::by_default(Hour::new(USUAL_HOUR).unwrap_or(Hour::MIN))),
            keep: keep
                .unwrap_or_else(|| Setting::by_default(BackupsStored::new(USUALLY_KEPT).unwrap_or(BackupsStored::MIN))),
            storage: StoragePlan::of(place),
            scope: scope(storage.dump, table, run),
            file_hint,
        })
    }

    /// The schedule, checked.
    ///
    /// # Errors
    ///
    /// When nothing names the days, or storage, folder and parameters do not belong together.
    pub(crate) fn schedule(&self) -> Result<NewSchedule, SettingsError> {
        let period = self.period.as_ref().ok_or_else(|| self.no_days())?.value;
        Ok(NewSchedule {
            target: self.storage.target()?,
            scope: self.scope.value,
            cron: CronParams { period, hour: self.hour.value },
            backups_stored: self.keep.value,
        })
    }

    fn no_days(&self) -> SettingsError {
        let hint = format!("give --daily, --weekly DAY or --monthly DAY, or declare a schedule {}", self.file_hint);
        SettingsError::new("schedule", "nothing says on which days it runs").with_hint(hint)
    }
}

/// Which of the two schedules is meant: `--dump`, else the table's `dump`, else that of `[run]`.
pub(super) fn scope(typed: DumpArgument, table: &ScheduleTable, run: &RunTable) -> Setting<Scope> {
    let dump = table.dump.clone().or_else(|| run.dump.clone());
    run::scope(typed, dump)
}
