//! The envelope, and what comes instead of it.

use bytes::Bytes;
use expect_test::{Expect, expect};

use crate::{transport::Answer, wire::open};

fn check(body: &[u8], expected: Expect) {
    check_status(200, body, expected);
}

fn check_status(status: u16, body: &[u8], expected: Expect) {
    let answer = Answer { status, attempts: 1, body: Bytes::copy_from_slice(body) };
    expected.assert_eq(&match open(&answer) {
        Ok(response) => response.to_string(),
        Err(fault) => format!("{:?}: {fault} {:?}", fault.kind(), fault.message()),
    });
}

#[test]
fn the_response_is_taken_out() {
    check(br#"{"response":{"a":1},"count":1,"links":[],"status":0,"statusCode":200}"#, expect![[r#"{"a":1}"#]]);
    check(br#"{"response":true}"#, expect!["true"]);
    check(b"\xef\xbb\xbf {\"response\":[]}\r\n", expect!["[]"]);
}

#[test]
fn absent_is_null() {
    check(br#"{"count":0,"links":[],"status":0,"statusCode":200}"#, expect!["null"]);
    check(br#"{"response":null}"#, expect!["null"]);
    check_status(204, b"", expect!["null"]);
}

#[test]
fn the_status_inside_is_not_believed() {
    check(br#"{"response":1,"status":1,"statusCode":500}"#, expect!["1"]);
    check(br#"{"response":1,"error":null}"#, expect!["1"]);
}

#[test]
fn an_error_inside_is_no_empty_answer() {
    check(
        br#"{"error":{"message":"<b>No</b>","stack":"at X()"},"status":1,"statusCode":500}"#,
        expect![[r#"Garbled: the body holds an error although its status is 200 Some("No")"#]],
    );
    check(br#"{"error":"no"}"#, expect![[r#"Garbled: the body holds an error although its status is 200 Some("no")"#]]);
}

#[test]
fn pages_and_strangers_are_no_portal() {
    check(b"<!DOCTYPE html><html>", expect!["NotAPortal: the body is a web page None"]);
    check(b"\xef\xbb\xbf\n<html>", expect!["NotAPortal: the body is a web page None"]);
    check(b"", expect!["Garbled: the body is not JSON None"]);
    check(b"It works!", expect!["Garbled: the body is not JSON None"]);
    check(b"{}", expect!["Garbled: the body is JSON, but not an answer of a portal None"]);
    check(br#"{"ok":true}"#, expect!["Garbled: the body is JSON, but not an answer of a portal None"]);
    check(b"[]", expect!["Garbled: the body is JSON, but not an answer of a portal None"]);
    check(b"\xff\xfe", expect!["Garbled: the body is not JSON None"]);
}
