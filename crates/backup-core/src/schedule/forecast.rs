//! When a schedule is due next.

use docspace_api::{BackupPeriod, CronParams, Hour};
use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// The next times after `after` at which the schedule is due, in the portal's time zone, which is also that of the results.
///
/// For schedules of dumps it is not known which zone a portal takes; most likely UTC. The portal looks every 15 minutes, so a backup begins up to that much later. A month that lacks the day is skipped. An hour
/// that a change to summer time leaves out is told as the moment after the change, and one that occurs twice as the first:
/// see [`Hazard`](crate::Hazard). Fewer than `count` only where the calendar ends.
///
/// ```
/// use backup_core::next_runs;
/// use docspace_api::{BackupPeriod, CronParams, Hour, MonthDay};
/// use jiff::{Timestamp, tz::TimeZone};
///
/// let zone = TimeZone::get("Europe/Berlin")?;
/// let (Some(day), Some(hour)) = (MonthDay::new(31), Hour::new(3)) else { return Ok(()) };
/// let cron = CronParams { period: BackupPeriod::EveryMonth(day), hour };
/// let after: Timestamp = "2026-08-31T12:00:00Z".parse()?;
///
/// let runs: Vec<String> = next_runs(&cron, &zone, after, 2).iter().map(|run| run.to_string()).collect();
/// // September and November have no 31st.
/// assert_eq!(runs, ["2026-10-31T03:00:00+01:00[Europe/Berlin]", "2026-12-31T03:00:00+01:00[Europe/Berlin]"]);
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn next_runs(cron: &CronParams, zone: &TimeZone, after: Timestamp, count: usize) -> Vec<Zoned> {
    let from = after.to_zoned(zone.clone()).date();
    let due = days(from).filter(|day| is_due_on(cron.period, *day));
    let to_come = due.filter_map(|day| slot(day, cron.hour, zone)).filter(|run| run.timestamp() > after);
    let mut runs = Vec::new();
    for run in to_come {
        if runs.len() == count {
            break;
        }
        // Where a whole day is left out, its run falls together with the next one.
        if runs.last() != Some(&run) {
            runs.push(run);
        }
    }
    runs
}

/// Every day from this one on.
pub(super) fn days(from: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok())
}

pub(super) fn is_due_on(period: BackupPeriod, day: Date) -> bool {
    match period {
        BackupPeriod::EveryDay => true,
        BackupPeriod::EveryWeek(weekday) => day.weekday() == weekday,
        BackupPeriod::EveryMonth(number) => i16::from(day.day()) == i16::from(number.get()),
    }
}

/// The moment of this hour on this day; after the gap where a change to summer time leaves the hour out.
fn slot(day: Date, hour: Hour, zone: &TimeZone) -> Option<Zoned> {
    hour_of(day, hour).to_zoned(zone.clone()).ok()
}

pub(super) fn hour_of(day: Date, hour: Hour) -> DateTime {
    // An hour is at most 23.
    day.at(hour.get().cast_signed(), 0, 0, 0)
}
