//! `Retry-After` in all its forms.

use expect_test::{Expect, expect};
use http::HeaderValue;

use super::*;

fn check(fields: &[(HeaderName, &'static str)], expected: Expect) {
    let field = |(name, value): &(HeaderName, &'static str)| (name.clone(), HeaderValue::from_static(value));
    let now = "2026-11-21T10:00:00Z".parse().unwrap();
    expected.assert_eq(&format!("{:?}", read(&fields.iter().map(field).collect(), now)));
}

#[test]
fn seconds_and_dates_are_understood() {
    check(&[], expect!["None"]);
    check(&[(RETRY_AFTER, "30")], expect!["Some(30s)"]);
    check(&[(RETRY_AFTER, " 0 ")], expect!["Some(0ns)"]);
    check(&[(RETRY_AFTER, "Sat, 21 Nov 2026 10:01:30 GMT")], expect!["Some(90s)"]);
}

#[test]
fn a_date_counts_from_the_portals_clock() {
    let date = (DATE, "Sat, 21 Nov 2026 09:00:00 GMT");
    check(&[(RETRY_AFTER, "Sat, 21 Nov 2026 09:00:07 GMT"), date], expect!["Some(7s)"]);
}

#[test]
fn a_date_in_the_past_is_now() {
    check(&[(RETRY_AFTER, "Fri, 20 Nov 2026 10:00:00 GMT")], expect!["Some(0ns)"]);
}

#[test]
fn nonsense_is_passed_over() {
    check(&[(RETRY_AFTER, "soon")], expect!["None"]);
    check(&[(RETRY_AFTER, "-5")], expect!["None"]);
    check(&[(RETRY_AFTER, "1.5")], expect!["None"]);
}
