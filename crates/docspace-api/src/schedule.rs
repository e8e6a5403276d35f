//! The portal's own schedule for backups: one per portal, and one for dumps.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Weekday};

use crate::{BackupTarget, Scope, StorageType};

/// The schedule to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchedule {
    /// Where the copies go.
    pub target: BackupTarget,
    /// What is copied.
    pub scope: Scope,
    /// When.
    pub cron: CronParams,
    /// How many scheduled copies are kept.
    pub backups_stored: BackupsStored,
}

/// The schedule that is set, as `getbackupschedule` tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Where the copies go.
    pub storage: StorageType,
    /// The folder's id, or the directory for [`StorageType::Local`]; `None` for the other places, which have none.
    pub folder: Option<String>,
    /// What else was ordered for that place, such as `module` and `bucket`.
    pub params: BTreeMap<String, String>,
    /// When.
    pub cron: CronParams,
    /// How many scheduled copies are kept; `None` where the portal does not tell.
    pub backups_stored: Option<u32>,
    /// When the portal last asked its worker for a scheduled backup, well or badly; `None` is never, also after each
    /// change of the schedule.
    pub last_backup: Option<Timestamp>,
    /// What is copied.
    pub scope: Scope,
}

/// When a schedule is due, in the portal's time zone ([`Tenant::time_zone`](crate::Tenant::time_zone)). The portal looks
/// every 15 minutes, so a backup begins up to that much later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CronParams {
    /// On which days.
    pub period: BackupPeriod,
    /// At which full hour.
    pub hour: Hour,
}

/// The days of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BackupPeriod {
    /// Each day.
    EveryDay,
    /// Once a week.
    EveryWeek(Weekday),
    /// Once a month; a month that lacks the day is skipped.
    EveryMonth(MonthDay),
}

/// A number of the schedule that holds only what the portal takes.
macro_rules! bounded {
    ($(#[$about:meta])* $name:ident, $least:literal, $most:literal) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u8);

        impl $name {
            /// The lowest.
            pub const MIN: Self = Self($least);
            /// The highest.
            pub const MAX: Self = Self($most);

            #[doc = concat!("`None` outside of ", $least, " to ", $most, ".")]
            pub fn new(number: u8) -> Option<Self> {
                ($least..=$most).contains(&number).then_some(Self(number))
            }

            /// The number.
            pub const fn get(self) -> u8 {
                self.0
            }
        }
    };
}

bounded! {
    /// An hour of the day, 0 to 23.
    Hour, 0, 23
}

bounded! {
    /// A day of the month, 1 to 31.
    MonthDay, 1, 31
}

bounded! {
    /// How many scheduled copies the portal keeps, 1 to 30; it removes the oldest ones beyond. Copies that were not made by
    /// the schedule do not count.
    BackupsStored, 1, 30
}

impl Default for BackupsStored {
    /// One, as at the portal.
    fn default() -> Self {
        Self::MIN
    }
}
