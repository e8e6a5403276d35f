//! Each mistake that an answer can make is seen.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::Schemas;

/// A wrapper around a record with one property of each kind.
fn check(answer: &Value, expected: Expect) {
    let schemas = json!({
        "Kind": {"oneOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "integer", "enum": [0, 1]}]},
        "Record": {
            "type": "object",
            "required": ["id", "when"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "when": {"type": "string", "format": "date-time", "description": "a remark"},
                "kind": {"$ref": "#/components/schemas/Kind"},
                "name": {"type": "string", "nullable": true},
                "number": {"type": "integer", "format": "int32"},
                "done": {"type": "boolean"},
                "others": {"type": "object", "additionalProperties": {"type": "string", "nullable": true}},
                "anything": {},
            },
            "additionalProperties": false,
        },
    });
    let wrapper = json!({"type": "object", "properties": {"response": {"type": "array", "items": {"$ref": "#/components/schemas/Record"}}}});
    let found = Schemas(&schemas).check(&wrapper, &json!({"response": [answer]}));
    let lines: Vec<_> = found.iter().map(|violation| format!("{} {}\n", violation.place, violation.what)).collect();
    expected.assert_eq(&lines.concat());
}

/// A record with nothing wrong, but for what is put into it.
fn record(name: &str, value: Value) -> Value {
    let mut record = json!({"id": "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11", "when": "2026-07-29T10:15:30Z"});
    record[name] = value;
    record
}

#[test]
fn what_fits_is_not_complained_about() {
    let silence = || expect![[""]];
    check(&record("kind", json!(1)), silence());
    check(&record("kind", json!("a")), silence());
    check(&record("name", Value::Null), silence());
    check(&record("others", json!({"folderId": "123", "empty": null})), silence());
    check(&record("anything", Value::Null), silence());
}

#[test]
fn a_wrong_type_is_seen() {
    check(
        &record("done", json!("true")),
        expect![[r#"
        Record.done is no boolean
    "#]],
    );
    check(
        &record("number", json!(1.5)),
        expect![[r#"
        Record.number is no integer
        Record.number is no int32
    "#]],
    );
    check(
        &record("name", json!(5)),
        expect![[r#"
        Record.name is no string
    "#]],
    );
    check(
        &json!([]),
        expect![[r#"
        Record is no object
        Record lacks id
        Record lacks when
    "#]],
    );
}

#[test]
fn a_null_that_is_not_allowed_is_seen() {
    check(
        &record("done", Value::Null),
        expect![[r#"
        Record.done is no boolean
    "#]],
    );
}

#[test]
fn a_property_too_few_or_too_many_is_seen() {
    check(
        &json!({"id": "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11"}),
        expect![[r#"
        Record lacks when
    "#]],
    );
    check(
        &record("size", json!(5)),
        expect![[r#"
        Record has size
    "#]],
    );
}

#[test]
fn a_wrong_format_is_seen() {
    check(
        &record("id", json!("7f0c")),
        expect![[r#"
        Record.id is no uuid
    "#]],
    );
    check(
        &record("when", json!("2026-07-29T10:15:30")),
        expect![[r#"
        Record.when is no date-time
    "#]],
    );
    check(
        &record("number", json!(4_000_000_000_u32)),
        expect![[r#"
        Record.number is no int32
    "#]],
    );
}

#[test]
fn a_value_outside_its_list_is_seen() {
    check(
        &record("kind", json!(2)),
        expect![[r#"
        Record.kind fits 0 of the alternatives
    "#]],
    );
    check(
        &record("kind", json!("c")),
        expect![[r#"
        Record.kind fits 0 of the alternatives
    "#]],
    );
}

#[test]
fn a_value_deep_within_is_seen() {
    check(
        &record("others", json!({"folderId": 123})),
        expect![[r#"
        Record.others.folderId is no string
    "#]],
    );
}

#[test]
fn a_keyword_that_the_check_does_not_know_is_seen() {
    let schema = json!({"type": "string", "pattern": "^a"});
    let found = Schemas(&Value::Null).check(&schema, &json!("a"));
    assert_eq!(found[0].what, "cannot be checked for pattern");
}
