//! Claims about when a schedule is due next.

use docspace_api::Weekday;
use expect_test::{Expect, expect};

use super::{daily, moment, monthly, weekly, zone};
use crate::next_runs;

fn check(cron: docspace_api::CronParams, zone_name: &str, after: &str, count: usize, expected: Expect) {
    let runs = next_runs(&cron, &zone(zone_name), moment(after), count);
    let text: String = runs.iter().map(|run| format!("{}\n", run.strftime("%a %F %H:%M %Z (%z)"))).collect();
    expected.assert_eq(&text);
}

#[test]
fn every_day_begins_with_today_where_the_hour_is_still_to_come() {
    check(
        daily(3),
        "Europe/Berlin",
        "2026-11-20T01:59:59Z",
        3,
        expect![[r#"
        Fri 2026-11-20 03:00 CET (+0100)
        Sat 2026-11-21 03:00 CET (+0100)
        Sun 2026-11-22 03:00 CET (+0100)
    "#]],
    );
    // At the very hour it is due, not to come.
    check(
        daily(3),
        "Europe/Berlin",
        "2026-11-20T02:00:00Z",
        1,
        expect![[r#"
        Sat 2026-11-21 03:00 CET (+0100)
    "#]],
    );
}

#[test]
fn monday_is_monday() {
    check(
        weekly(Weekday::Monday, 22),
        "UTC",
        "2026-11-20T00:00:00Z",
        3,
        expect![[r#"
        Mon 2026-11-23 22:00 UTC (+0000)
        Mon 2026-11-30 22:00 UTC (+0000)
        Mon 2026-12-07 22:00 UTC (+0000)
    "#]],
    );
    check(
        weekly(Weekday::Sunday, 0),
        "UTC",
        "2026-11-20T00:00:00Z",
        1,
        expect![[r#"
        Sun 2026-11-22 00:00 UTC (+0000)
    "#]],
    );
}

#[test]
fn months_that_lack_the_day_are_skipped() {
    check(
        monthly(31, 3),
        "UTC",
        "2026-11-20T00:00:00Z",
        4,
        expect![[r#"
        Thu 2026-12-31 03:00 UTC (+0000)
        Sun 2027-01-31 03:00 UTC (+0000)
        Wed 2027-03-31 03:00 UTC (+0000)
        Mon 2027-05-31 03:00 UTC (+0000)
    "#]],
    );
    check(
        monthly(30, 3),
        "UTC",
        "2027-01-30T04:00:00Z",
        1,
        expect![[r#"
        Tue 2027-03-30 03:00 UTC (+0000)
    "#]],
    );
    check(
        monthly(29, 3),
        "UTC",
        "2027-01-30T00:00:00Z",
        2,
        expect![[r#"
        Mon 2027-03-29 03:00 UTC (+0000)
        Thu 2027-04-29 03:00 UTC (+0000)
    "#]],
    );
    check(
        monthly(29, 3),
        "UTC",
        "2028-01-30T00:00:00Z",
        1,
        expect![[r#"
        Tue 2028-02-29 03:00 UTC (+0000)
    "#]],
    );
}

#[test]
fn the_hour_is_the_portals_in_summer_and_winter() {
    check(
        daily(3),
        "America/New_York",
        "2026-10-31T12:00:00Z",
        3,
        expect![[r#"
        Sun 2026-11-01 03:00 EST (-0500)
        Mon 2026-11-02 03:00 EST (-0500)
        Tue 2026-11-03 03:00 EST (-0500)
    "#]],
    );
}

#[test]
fn an_hour_that_is_left_out_comes_after_the_gap_and_one_that_occurs_twice_comes_once() {
    check(
        daily(2),
        "Europe/Berlin",
        "2027-03-27T12:00:00Z",
        2,
        expect![[r#"
        Sun 2027-03-28 03:00 CEST (+0200)
        Mon 2027-03-29 02:00 CEST (+0200)
    "#]],
    );
    check(
        daily(2),
        "Europe/Berlin",
        "2027-10-30T12:00:00Z",
        2,
        expect![[r#"
        Sun 2027-10-31 02:00 CEST (+0200)
        Mon 2027-11-01 02:00 CET (+0100)
    "#]],
    );
}

#[test]
fn a_day_that_never_was_gives_no_run_of_its_own() {
    // Samoa went from the 29th of December 2011 to the 31st.
    check(
        daily(5),
        "Pacific/Apia",
        "2011-12-29T00:00:00Z",
        3,
        expect![[r#"
            Thu 2011-12-29 05:00 -10 (-1000)
            Sat 2011-12-31 05:00 +14 (+1400)
            Sun 2012-01-01 05:00 +14 (+1400)
        "#]],
    );
}

#[test]
fn nothing_asked_is_nothing_told() {
    check(daily(3), "UTC", "2026-11-20T00:00:00Z", 0, expect![[""]]);
}
