//! Claims about where a schedule does not do what one expects.

use docspace_api::{CronParams, Weekday};
use expect_test::{Expect, expect};

use super::{daily, moment, monthly, weekly, zone};
use crate::{Hazard, hazards};

fn check(cron: CronParams, zone_name: &str, now: &str, expected: Expect) {
    let text: String = hazards(&cron, &zone(zone_name), moment(now)).iter().map(line).collect();
    expected.assert_eq(&text);
}

fn line(hazard: &Hazard) -> String {
    match hazard {
        Hazard::FiresAtOnce { missed } => format!("fires at once, for {missed}\n"),
        Hazard::SkipsMonths(_) | Hazard::Gap(_) | Hazard::Fold(_) => format!("{hazard:?}\n"),
    }
}

#[test]
fn an_hour_of_today_that_is_past_fires_at_once() {
    check(
        daily(3),
        "UTC",
        "2026-11-20T12:00:00Z",
        expect![[r#"
        fires at once, for 2026-11-20T03:00:00+00:00[UTC]
    "#]],
    );
    check(daily(13), "UTC", "2026-11-20T12:00:00Z", expect![[""]]);
}

#[test]
fn today_is_the_day_by_utc_whatever_the_zone() {
    // In Tokyo it is Saturday already; 07:00 of it was Friday 22:00 by UTC.
    check(
        daily(7),
        "Asia/Tokyo",
        "2026-11-20T23:00:00Z",
        expect![[r#"
        fires at once, for 2026-11-21T07:00:00+09:00[Asia/Tokyo]
    "#]],
    );
    // 05:00 of Saturday is not past by UTC's Saturday, which began at 09:00 in Tokyo.
    check(daily(5), "Asia/Tokyo", "2026-11-21T00:30:00Z", expect![[""]]);
}

#[test]
fn on_other_days_than_its_own_a_schedule_waits() {
    check(
        weekly(Weekday::Friday, 3),
        "UTC",
        "2026-11-20T12:00:00Z",
        expect![[r#"
        fires at once, for 2026-11-20T03:00:00+00:00[UTC]
    "#]],
    );
    check(weekly(Weekday::Thursday, 3), "UTC", "2026-11-20T12:00:00Z", expect![[""]]);
    check(
        monthly(20, 3),
        "UTC",
        "2026-11-20T12:00:00Z",
        expect![[r#"
        fires at once, for 2026-11-20T03:00:00+00:00[UTC]
    "#]],
    );
    check(monthly(19, 3), "UTC", "2026-11-20T12:00:00Z", expect![[""]]);
}

#[test]
fn days_that_not_every_month_has_are_named() {
    check(monthly(28, 3), "UTC", "2026-11-20T12:00:00Z", expect![[""]]);
    check(
        monthly(29, 3),
        "UTC",
        "2026-11-20T12:00:00Z",
        expect![[r#"
        SkipsMonths([2])
    "#]],
    );
    check(
        monthly(30, 3),
        "UTC",
        "2026-11-20T12:00:00Z",
        expect![[r#"
        SkipsMonths([2])
    "#]],
    );
    check(
        monthly(31, 3),
        "UTC",
        "2026-11-20T12:00:00Z",
        expect![[r#"
        SkipsMonths([2, 4, 6, 9, 11])
    "#]],
    );
}

#[test]
fn changes_of_summer_time_are_named_where_the_schedule_meets_them() {
    check(
        daily(2),
        "Europe/Berlin",
        "2026-11-20T00:00:00Z",
        expect![[r#"
        Gap(2027-03-28)
        Fold(2027-10-31)
    "#]],
    );
    check(daily(4), "Europe/Berlin", "2026-11-20T00:00:00Z", expect![[""]]);
    check(weekly(Weekday::Monday, 2), "Europe/Berlin", "2026-11-20T00:00:00Z", expect![[""]]);
    check(
        weekly(Weekday::Sunday, 2),
        "Europe/Berlin",
        "2026-11-20T00:00:00Z",
        expect![[r#"
        Gap(2027-03-28)
        Fold(2027-10-31)
    "#]],
    );
}
