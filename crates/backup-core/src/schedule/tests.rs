//! What a schedule will do, and how it differs from the declared one.

mod drift;
mod forecast;
mod hazard;

use docspace_api::{BackupPeriod, CronParams, Hour, MonthDay, Weekday};
use jiff::{Timestamp, tz::TimeZone};

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn daily(hour: u8) -> CronParams {
    CronParams { period: BackupPeriod::EveryDay, hour: Hour::new(hour).unwrap() }
}

fn weekly(day: Weekday, hour: u8) -> CronParams {
    CronParams { period: BackupPeriod::EveryWeek(day), ..daily(hour) }
}

fn monthly(day: u8, hour: u8) -> CronParams {
    CronParams { period: BackupPeriod::EveryMonth(MonthDay::new(day).unwrap()), ..daily(hour) }
}
