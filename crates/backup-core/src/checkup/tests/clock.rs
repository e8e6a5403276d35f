//! Whether the portal's clock and ours agree.

use docspace_api::ApiErrorKind;
use expect_test::{Expect, expect};
use jiff::SignedDuration;

use super::{Asked, Check, Evidence, failed, into_folder, now, reached, said};
use crate::ClockReading;

fn check(clock: Asked<ClockReading>, expected: Expect) {
    expected.assert_eq(&said(Check::Clock, &Evidence { clock, ..reached() }, &into_folder()));
}

fn ahead(seconds: i64) -> Asked<ClockReading> {
    Some(Ok(ClockReading { portal: Some(now() + SignedDuration::from_secs(seconds)), ours: now() }))
}

#[test]
fn a_minute_is_tolerated_and_more_is_warned_of() {
    check(
        ahead(0),
        expect![[r#"
        clock Ok: the portal's clock and ours agree
    "#]],
    );
    check(
        ahead(-60),
        expect![[r#"
        clock Ok: the portal's clock and ours agree
    "#]],
    );
    check(
        ahead(61),
        expect![[r#"
        clock Warning: the portal's clock is 61 s ahead of ours
            -> let both machines take their time from a time server
    "#]],
    );
    check(
        ahead(-3600),
        expect![[r#"
        clock Warning: the portal's clock is 3600 s behind ours
            -> let both machines take their time from a time server
    "#]],
    );
}

#[test]
fn a_clock_that_is_not_told_is_not_judged() {
    check(Some(Ok(ClockReading { portal: None, ours: now() })), expect![[""]]);
    check(
        failed(ApiErrorKind::TimedOut),
        expect![[r#"
        clock Skipped: no answer in time
    "#]],
    );
}
