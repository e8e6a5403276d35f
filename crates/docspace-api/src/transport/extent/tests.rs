//! Which part of the file comes.

use expect_test::{Expect, expect};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{CONTENT_LENGTH, CONTENT_RANGE, read};

fn check(from: u64, status: u16, headers: &[(&'static str, &'static str)], expected: Expect) {
    let pair =
        |(name, value): &(&'static str, &'static str)| (HeaderName::from_static(name), HeaderValue::from_static(value));
    let headers: HeaderMap = headers.iter().map(pair).collect();
    expected.assert_eq(&match read(StatusCode::from_u16(status).unwrap(), &headers, from) {
        Ok(extent) => format!("from {} of {:?}", extent.offset, extent.total),
        Err(mismatch) => mismatch.to_string(),
    });
}

#[test]
fn a_whole_file_begins_at_0() {
    check(0, 200, &[("content-length", "10")], expect!["from 0 of Some(10)"]);
    check(0, 200, &[], expect!["from 0 of None"]);
    check(0, 200, &[("content-range", "bytes 0-9/10"), ("content-length", "10")], expect!["from 0 of Some(10)"]);
    check(0, 206, &[("content-range", "bytes 0-9/10")], expect!["from 0 of Some(10)"]);
}

#[test]
fn the_rest_of_a_file_begins_where_it_was_asked_for() {
    check(4, 206, &[("content-range", "bytes 4-9/10"), ("content-length", "6")], expect!["from 4 of Some(10)"]);
    check(4, 206, &[("content-range", " bytes 4-9/10")], expect!["from 4 of Some(10)"]);
    check(4, 206, &[("content-range", "Bytes\t 4 - 9 / 10 ")], expect!["from 4 of Some(10)"]);
    check(4, 206, &[("content-range", "bytes 4-9/*")], expect!["from 4 of None"]);
    check(4, 200, &[("content-range", "bytes 4-9/10")], expect!["from 4 of Some(10)"]);
    check(
        9_000_000_000,
        206,
        &[("content-range", "bytes 9000000000-9000000000/9000000001")],
        expect!["from 9000000000 of Some(9000000001)"],
    );
}

#[test]
fn a_range_may_be_ignored() {
    check(4, 200, &[("content-length", "10")], expect!["from 0 of Some(10)"]);
    check(4, 206, &[("content-range", "bytes 0-9/10")], expect!["from 0 of Some(10)"]);
}

#[test]
fn another_part_is_refused() {
    check(
        4,
        206,
        &[("content-range", "bytes 5-9/10")],
        expect!["the answer begins at byte 5 of the file instead of 4"],
    );
    check(
        4,
        206,
        &[("content-range", "bytes 3-9/10")],
        expect!["the answer begins at byte 3 of the file instead of 4"],
    );
    check(
        0,
        200,
        &[("content-range", "bytes 4-9/10")],
        expect!["the answer begins at byte 4 of the file instead of 0"],
    );
}

#[test]
fn a_part_that_is_not_named_is_refused() {
    for range in [
        "",
        "bytes",
        "bytes */10",
        "bytes 4-/10",
        "bytes -4/10",
        "bytes 4/10",
        "bytes 4-9",
        "bytes=4-9/10",
        "bytes 4-9/x",
        "bytes 4-99999999999999999999/*",
        "lines 4-9/10",
    ] {
        check(4, 206, &[("content-range", range)], expect!["the answer is a part of the file, and does not say which"]);
    }
    check(4, 206, &[], expect!["the answer is a part of the file, and does not say which"]);
}

#[test]
fn contradictions_are_refused() {
    let contradiction = || expect!["the answer contradicts itself about its size"];
    check(4, 206, &[("content-range", "bytes 4-10/10")], contradiction());
    check(4, 206, &[("content-range", "bytes 4-3/10")], contradiction());
    check(4, 206, &[("content-range", "bytes 4-9/10"), ("content-length", "10")], contradiction());
    check(0, 206, &[("content-range", "bytes 0-18446744073709551615/*")], contradiction());
}

#[test]
fn any_other_status_is_no_file() {
    for status in [201, 203, 204, 226] {
        check(0, status, &[("content-length", "10")], expect!["the status is neither 200 nor 206"]);
    }
}

#[test]
fn whatever_is_sent_a_file_begins_where_it_was_asked_for_or_at_0() {
    let numbers = ["0", "1", "4", "9", "10", "18446744073709551615", "18446744073709551616", "-1", "*", ""];
    for (first, last, total) in threes(numbers) {
        for length in numbers {
            let range = format!("bytes {first}-{last}/{total}");
            let headers = HeaderMap::from_iter([
                (CONTENT_RANGE, HeaderValue::try_from(range).unwrap()),
                (CONTENT_LENGTH, HeaderValue::from_static(length)),
            ]);
            let Ok(extent) = read(StatusCode::PARTIAL_CONTENT, &headers, 4) else { continue };
            assert!(matches!(extent.offset, 0 | 4), "{headers:?}");
            assert!(extent.total.is_none_or(|total| total > extent.offset), "{headers:?}");
        }
    }
}

/// Every three of them, in every order.
fn threes<const N: usize>(of: [&'static str; N]) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let pairs = of.into_iter().flat_map(move |one| of.map(|two| (one, two)));
    pairs.flat_map(move |(one, two)| of.map(|three| (one, two, three)))
}
