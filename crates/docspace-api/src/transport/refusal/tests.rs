//! Refusals in all their shapes.

use expect_test::{Expect, expect};

use super::*;

fn check(status: u16, body: &str, expected: Expect) {
    let failure = failure(status, &HeaderMap::new(), None, Some(body.as_bytes()));
    expected.assert_eq(&format!("{:?}: {:?}", failure.kind, failure.message));
}

#[test]
fn shape_a_gives_its_message_and_never_its_stack() {
    check(
        500,
        r#"{"error":{"message":"Wrong folder type","type":"System.Exception","stack":"   at ASC.Secret(Int32)","hresult":1},"status":1,"statusCode":200}"#,
        expect![[r#"Status(500): Some("Wrong folder type")"#]],
    );
    check(500, r#"{"error":{"message":null,"stack":"   at ASC.Secret()"}}"#, expect!["Status(500): None"]);
    check(400, r#"{"error":"short"}"#, expect![[r#"Status(400): Some("short")"#]]);
}

#[test]
fn shape_b_gives_its_title() {
    let body = r#"{"type":"https://tools.ietf.org/html/rfc9110","title":"Forbidden","status":403,"traceId":"00-1"}"#;
    check(403, body, expect![[r#"Forbidden(PortalState): Some("Forbidden")"#]]);
    check(402, r#"{"status":402,"traceId":"00-1"}"#, expect!["PaymentRequired: None"]);
    check(404, body, expect![[r#"NotFound: Some("Forbidden")"#]]);
}

#[test]
fn shape_c_names_the_fields() {
    check(
        400,
        r#"{"response":{"title":"One or more validation errors occurred.","status":400,"errors":{"$.storageType":["The JSON value could not be converted.","again"],"inDto":["The inDto field is required."],"odd":7}},"count":1,"status":1,"statusCode":400}"#,
        expect![[
            r#"Status(400): Some("One or more validation errors occurred. (storageType: The JSON value could not be converted.; inDto: The inDto field is required.)")"#
        ]],
    );
    check(
        415,
        r#"{"response":{"title":"Unsupported Media Type","status":415},"status":0,"statusCode":200}"#,
        expect![[r#"Status(415): Some("Unsupported Media Type")"#]],
    );
}

#[test]
fn shape_d_is_the_status_alone() {
    for status in [401, 403, 404, 405, 429] {
        let failure = failure(status, &HeaderMap::new(), None, Some(b" \r\n"));
        assert_eq!(failure.message, None);
    }
    check(401, "", expect!["Unauthenticated: None"]);
    check(403, "", expect!["Forbidden(Scope): None"]);
    check(404, "", expect!["NotFound: None"]);
    check(405, "", expect!["Status(405): None"]);
    check(429, "", expect!["Throttled { retry_after: None }: None"]);
}

#[test]
fn shape_e_is_never_shown() {
    check(502, "<html><head><title>502 Bad Gateway</title></head></html>", expect!["Status(502): None"]);
    check(403, "<!DOCTYPE html><p>blocked", expect!["Forbidden(Unknown): None"]);
    check(504, "\u{feff}  <html>", expect!["Status(504): None"]);
}

#[test]
fn shape_f_is_a_bare_text() {
    check(
        403,
        "Your IP <b>10.0.0.1</b> is not allowed",
        expect![[r#"Forbidden(Address): Some("Your IP 10.0.0.1 is not allowed")"#]],
    );
    check(403, "\"Your IP is not allowed\"", expect![[r#"Forbidden(Address): Some("Your IP is not allowed")"#]]);
}

#[test]
fn broken_and_strange_bodies_keep_the_status() {
    check(500, r#"{"error":{"message":"cut o"#, expect!["Status(500): None"]);
    check(403, "[1, 2]", expect!["Forbidden(Unknown): None"]);
    check(403, r#"{"foo":1}"#, expect!["Forbidden(Unknown): None"]);
    let binary = failure(503, &HeaderMap::new(), None, Some(b"\xff\xfe\x00"));
    expect!["Status(503): None"].assert_eq(&format!("{:?}: {:?}", binary.kind, binary.message));
    let unread = failure(403, &HeaderMap::new(), None, None);
    expect!["Forbidden(Unknown): None"].assert_eq(&format!("{:?}: {:?}", unread.kind, unread.message));
}

#[test]
fn a_redirect_tells_its_host_and_hides_the_rest() {
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, "https://sso.example/login?token=secret".parse().unwrap());
    let failure = failure(302, &headers, None, Some(b"<html>"));
    let cause = failure.source.unwrap().to_string();
    expect!["Redirected: it leads to https://sso.example"].assert_eq(&format!("{:?}: {cause}", failure.kind));
}

#[test]
fn a_redirect_to_a_host_without_end_is_told_in_one_short_line() {
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, format!("https://{}.example/", "a.".repeat(2_000)).parse().unwrap());
    let cause = failure(302, &headers, None, None).source.unwrap().to_string();
    assert_eq!((cause.chars().count(), cause.ends_with('…')), (500, true), "{cause}");
}

#[test]
fn retry_after_counts_where_it_is_meant() {
    let wait = Some(Duration::from_secs(9));
    let told = |status| {
        let failure = failure(status, &HeaderMap::new(), wait, None);
        format!("{:?} {:?}", failure.kind, failure.retry_after)
    };
    expect!["Throttled { retry_after: Some(9s) } Some(9s)"].assert_eq(&told(429));
    expect!["Status(503) Some(9s)"].assert_eq(&told(503));
    expect!["Status(500) None"].assert_eq(&told(500));
}
