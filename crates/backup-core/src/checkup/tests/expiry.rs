//! How long the key lasts.

use docspace_api::{ApiErrorKind, KeyInfo};
use expect_test::{Expect, expect};
use jiff::{SignedDuration, Timestamp};

use super::{Check, Evidence, failed, into_folder, key, now, reached, said};

fn check(expires_at: Option<Timestamp>, expected: Expect) {
    let evidence = Evidence { key: Some(Ok(KeyInfo { expires_at, ..key() })), ..reached() };
    expected.assert_eq(&said(Check::KeyExpiry, &evidence, &into_folder()));
}

fn in_hours(hours: i64) -> Option<Timestamp> {
    Some(now() + SignedDuration::from_hours(hours))
}

#[test]
fn a_key_that_never_expires_is_fine() {
    check(
        None,
        expect![[r#"
        key_expiry Ok: the key never expires
    "#]],
    );
}

#[test]
fn a_key_is_warned_of_thirty_days_a_week_and_a_day_before_its_end() {
    check(
        in_hours(31 * 24),
        expect![[r#"
        key_expiry Ok: the key expires in 31 days, at 2026-08-29T10:00:00Z
    "#]],
    );
    check(
        in_hours(30 * 24),
        expect![[r#"
        key_expiry Ok: the key expires in 30 days, at 2026-08-28T10:00:00Z
    "#]],
    );
    check(
        in_hours(30 * 24 - 1),
        expect![[r#"
        key_expiry Warning: the key expires in 29 days, at 2026-08-28T09:00:00Z
            -> have a new key made, and put it in the place of this one
    "#]],
    );
    check(
        in_hours(7 * 24),
        expect![[r#"
        key_expiry Warning: the key expires in 7 days, at 2026-08-05T10:00:00Z
            -> have a new key made, and put it in the place of this one
    "#]],
    );
    check(
        in_hours(7 * 24 - 1),
        expect![[r#"
        key_expiry Warning: the key expires within a week, at 2026-08-05T09:00:00Z
            -> have a new key made, and put it in the place of this one
    "#]],
    );
    check(
        in_hours(24),
        expect![[r#"
        key_expiry Warning: the key expires within a week, at 2026-07-30T10:00:00Z
            -> have a new key made, and put it in the place of this one
    "#]],
    );
    check(
        in_hours(23),
        expect![[r#"
        key_expiry Warning: the key expires within a day, at 2026-07-30T09:00:00Z
            -> have a new key made, and put it in the place of this one
    "#]],
    );
}

#[test]
fn a_key_that_has_expired_fails() {
    check(
        in_hours(0),
        expect![[r#"
        key_expiry Failed (NotAllowed): the key "ci" expired at 2026-07-29T10:00:00Z
            -> have a new key made, and put it in the place of this one
    "#]],
    );
    check(
        in_hours(-1),
        expect![[r#"
        key_expiry Failed (NotAllowed): the key "ci" expired at 2026-07-29T09:00:00Z
            -> have a new key made, and put it in the place of this one
    "#]],
    );
}

#[test]
fn of_a_key_that_is_not_known_nothing_is_said() {
    let unknown = Evidence { key: failed(ApiErrorKind::TimedOut), ..reached() };
    assert_eq!(said(Check::KeyExpiry, &unknown, &into_folder()), "");
}
