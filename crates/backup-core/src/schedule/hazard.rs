//! Where a schedule will not do what one expects of it.

use docspace_api::{BackupPeriod, CronParams};
use jiff::{
    Timestamp, ToSpan, Zoned,
    civil::Date,
    tz::{AmbiguousOffset, TimeZone},
};

use super::forecast::{days, hour_of, is_due_on, next_runs};

/// How far ahead changes of summer time are looked for: both of a year.
const DAYS_AHEAD: usize = 366;

/// Something to know before a schedule is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hazard {
    /// Today's time is past, and a schedule that has just been set has never run: the portal makes it up within 15 minutes.
    FiresAtOnce {
        /// The time that is made up for.
        missed: Zoned,
    },
    /// These months, 1 to 12, lack the day, and are left out; February is among them also where only some have the day.
    SkipsMonths(Vec<i8>),
    /// On this day a change to summer time leaves the hour out: the backup comes at another hour, or not at all.
    Gap(Date),
    /// On this day the hour occurs twice, as summer time ends: the backup may come twice.
    Fold(Date),
}

/// What to know about a schedule that is set, or set anew, at this moment.
///
/// [`Gap`](Hazard::Gap) and [`Fold`](Hazard::Fold) name the first such day within a year.
pub fn hazards(cron: &CronParams, zone: &TimeZone, now: Timestamp) -> Vec<Hazard> {
    let skipped = skipped_months(cron.period);
    let skips = (!skipped.is_empty()).then_some(Hazard::SkipsMonths(skipped));
    fires_at_once(cron, zone, now).into_iter().chain(skips).chain(clock_changes(cron, zone, now)).collect()
}

/// A schedule that never ran counts from the last second of yesterday, in UTC whatever the zone (contract §7).
fn fires_at_once(cron: &CronParams, zone: &TimeZone, now: Timestamp) -> Option<Hazard> {
    let today = now.to_zoned(TimeZone::UTC).start_of_day().ok()?;
    let reference = today.timestamp().checked_sub(1.second()).ok()?;
    let missed = next_runs(cron, zone, reference, 1).pop().filter(|run| run.timestamp() <= now)?;
    Some(Hazard::FiresAtOnce { missed })
}

fn skipped_months(period: BackupPeriod) -> Vec<i8> {
    let BackupPeriod::EveryMonth(day) = period else { return Vec::new() };
    (1..=12).filter(|month| always_has(*month) < day.get().cast_signed()).collect()
}

/// How many days a month has in every year.
fn always_has(month: i8) -> i8 {
    // Any year that is no leap year will do.
    jiff::civil::date(2023, month, 1).days_in_month()
}

fn clock_changes(cron: &CronParams, zone: &TimeZone, now: Timestamp) -> impl Iterator<Item = Hazard> {
    let today = now.to_zoned(zone.clone()).date();
    let due = days(today).take(DAYS_AHEAD).filter(|day| is_due_on(cron.period, *day));
    let changes: Vec<Hazard> = due.filter_map(|day| clock_change(day, cron, zone)).collect();
    let first = |is_wanted: fn(&Hazard) -> bool| changes.iter().find(|hazard| is_wanted(hazard)).cloned();
    let gap = first(|hazard| matches!(hazard, Hazard::Gap(_)));
    let fold = first(|hazard| matches!(hazard, Hazard::Fold(_)));
    gap.into_iter().chain(fold)
}

fn clock_change(day: Date, cron: &CronParams, zone: &TimeZone) -> Option<Hazard> {
    match zone.to_ambiguous_timestamp(hour_of(day, cron.hour)).offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(Hazard::Gap(day)),
        AmbiguousOffset::Fold { .. } => Some(Hazard::Fold(day)),
    }
}
