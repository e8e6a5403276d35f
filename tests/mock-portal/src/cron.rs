//! When a schedule is due: the portal's cron, in the portal's time zone (contract §7).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The longest stretch without a day of any period: the 31st of a July is 31 days off, that of a December 62.
const LONGEST_GAP: i32 = 70;

/// How often a schedule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Every day.
    EveryDay,
    /// On one day of the week, counted as the portal counts: 1 is Sunday and 7 is Saturday.
    EveryWeek(u8),
    /// On one day of the month, from 1 to 31; months that lack it are left out.
    EveryMonth(u8),
}

impl Period {
    /// The integer that answers carry.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::EveryDay => 0,
            Self::EveryWeek(_) => 1,
            Self::EveryMonth(_) => 2,
        }
    }

    /// The day that answers carry; 0 where none counts.
    pub(crate) fn day(self) -> u8 {
        match self {
            Self::EveryDay => 0,
            Self::EveryWeek(day) | Self::EveryMonth(day) => day,
        }
    }

    /// The first time at this hour that is later than the given one; `None` past the end of the calendar.
    pub(crate) fn next_after(self, hour: u8, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
        let first = after.to_zoned(zone.clone()).date();
        (0..=LONGEST_GAP).find_map(|days| {
            let day = first.checked_add(days.days()).ok()?;
            let hour = i8::try_from(hour).ok().filter(|_| self.includes(day))?;
            let time = day.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp();
            (time > after).then_some(time)
        })
    }

    fn includes(self, date: Date) -> bool {
        match self {
            Self::EveryDay => true,
            Self::EveryWeek(day) => date.weekday().to_sunday_one_offset() == i8::try_from(day).unwrap_or(0),
            Self::EveryMonth(day) => date.day() == i8::try_from(day).unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use expect_test::{Expect, expect};
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::Period;

    /// The next four times from a moment on.
    fn check(period: Period, hour: u8, zone: &str, after: &str, expected: Expect) {
        let zone = TimeZone::get(zone).unwrap();
        let mut time: Timestamp = after.parse().unwrap();
        let mut times = String::new();
        for _ in 0..4 {
            time = period.next_after(hour, &zone, time).unwrap();
            writeln!(times, "{}", time.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M %z")).unwrap();
        }
        expected.assert_eq(&times);
    }

    #[test]
    fn one_is_sunday() {
        check(
            Period::EveryWeek(1),
            3,
            "UTC",
            "2026-07-29T10:00:00Z",
            expect![[r#"
                Sun 2026-08-02 03:00 +0000
                Sun 2026-08-09 03:00 +0000
                Sun 2026-08-16 03:00 +0000
                Sun 2026-08-23 03:00 +0000
            "#]],
        );
    }

    #[test]
    fn months_that_lack_the_day_are_left_out() {
        check(
            Period::EveryMonth(31),
            0,
            "UTC",
            "2026-12-31T00:00:00Z",
            expect![[r#"
                Sun 2027-01-31 00:00 +0000
                Wed 2027-03-31 00:00 +0000
                Mon 2027-05-31 00:00 +0000
                Sat 2027-07-31 00:00 +0000
            "#]],
        );
    }

    #[test]
    fn the_hour_is_that_of_the_portals_zone_in_summer_and_winter() {
        check(
            Period::EveryDay,
            3,
            "Europe/Berlin",
            "2026-10-23T23:59:59Z",
            expect![[r#"
                Sat 2026-10-24 03:00 +0200
                Sun 2026-10-25 03:00 +0100
                Mon 2026-10-26 03:00 +0100
                Tue 2026-10-27 03:00 +0100
            "#]],
        );
    }
}
