//! The portal's own schedule, and the one of the whole server (contract §7).

use std::collections::BTreeMap;

use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::cron::Period;
use crate::storage_type::StorageType;

/// A schedule as the portal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Where its backups go.
    pub storage: StorageType,
    /// The storage parameters as they were sent.
    pub parameters: BTreeMap<String, String>,
    /// On which days it runs.
    pub period: Period,
    /// At which hour, in the portal's time zone.
    pub hour: u8,
    /// How many of its copies are kept.
    pub backups_stored: u8,
    /// When its last backup was ordered, whatever became of it; `None` for never.
    pub last_backup: Option<Timestamp>,
    /// Whether it makes dumps of the whole server, in UTC.
    pub dump: bool,
}

impl Schedule {
    /// A schedule of portal backups to the temporary store that keeps one copy and never ran.
    pub fn new(period: Period, hour: u8) -> Self {
        Self {
            storage: StorageType::DataStore,
            parameters: BTreeMap::new(),
            period,
            hour,
            backups_stored: 1,
            last_backup: None,
            dump: false,
        }
    }

    /// The same into a folder of the portal's documents.
    pub fn into_folder(self, id: impl Into<String>) -> Self {
        let parameters = BTreeMap::from([("folderId".to_owned(), id.into())]);
        Self { storage: StorageType::Documents, parameters, ..self }
    }

    /// When it is due next. One that never ran counts from the last second of yesterday, so a slot of today that is
    /// past is due at once.
    pub(crate) fn due(&self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let zone = if self.dump { &TimeZone::UTC } else { zone };
        self.period.next_after(self.hour, zone, self.last_backup.or_else(|| end_of_yesterday(now))?)
    }
}

fn end_of_yesterday(now: Timestamp) -> Option<Timestamp> {
    let yesterday = now.to_zoned(TimeZone::UTC).date().checked_sub(1.day()).ok()?;
    let end = yesterday.to_datetime(time(23, 59, 59, 0));
    Some(end.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// At most one schedule of each kind, and how often calls wrote one.
#[derive(Debug, Default)]
pub(crate) struct Schedules {
    kept: Vec<Schedule>,
    pub(crate) writes: usize,
}

impl Schedules {
    pub(crate) fn put(&mut self, schedule: Schedule) {
        self.remove(schedule.dump);
        self.kept.push(schedule);
    }

    pub(crate) fn remove(&mut self, dump: bool) {
        self.kept.retain(|schedule| schedule.dump != dump);
    }

    pub(crate) fn get(&self, dump: bool) -> Option<&Schedule> {
        self.kept.iter().find(|schedule| schedule.dump == dump)
    }

    pub(crate) fn all(&self) -> &[Schedule] {
        &self.kept
    }

    pub(crate) fn ran(&mut self, dump: bool, at: Timestamp) {
        for schedule in self.kept.iter_mut().filter(|schedule| schedule.dump == dump) {
            schedule.last_backup = Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::Schedule;
    use crate::Period;

    #[test]
    fn a_new_schedule_is_due_today_even_when_its_hour_is_past() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let schedule = Schedule::new(Period::EveryDay, 3);
        let due = |schedule: &Schedule| schedule.due(&berlin, "2026-07-29T20:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(due(&schedule).to_string(), "2026-07-29T01:00:00Z");
        let ran = Schedule { last_backup: Some("2026-07-29T01:05:00Z".parse().unwrap()), ..schedule.clone() };
        assert_eq!(due(&ran).to_string(), "2026-07-30T01:00:00Z");
        let dump = Schedule { dump: true, ..schedule };
        assert_eq!(due(&dump).to_string(), "2026-07-29T03:00:00Z");
    }
}
