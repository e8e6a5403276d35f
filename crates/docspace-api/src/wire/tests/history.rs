//! Rows of the history.

use expect_test::{Expect, expect};

use super::{json, shown};
use crate::wire::history;

/// Puts the fields into a row with an id.
fn check(fields: &str, expected: Expect) {
    let rows = json(&format!(r#"[{{"id":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11",{fields}}}]"#));
    let record = history(&rows).unwrap().remove(0);
    let time = |time: Option<jiff::Timestamp>| time.map_or_else(|| "none".to_owned(), |time| time.to_string());
    let (created, expires) = (time(record.created_on), time(record.expires_on));
    expected.assert_eq(&format!("{:?} {:?} {created} {expires}", record.file_name, record.storage));
}

#[test]
fn rows_come_as_the_portal_sends_them() {
    let rows = json(
        r#"[{"id":"00000000-0000-0000-0000-000000000002","fileName":"acme_2026-07-29_13-15-30.tar.gz","storageType":0,
             "createdOn":"2026-07-29T10:15:31","expiresOn":"0001-01-01T00:00:00"},
            {"id":"00000000-0000-0000-0000-000000000001","fileName":"b.tar","storageType":4,
             "createdOn":"2026-07-28T10:15:31","expiresOn":"2026-07-29T10:15:31"}]"#,
    );
    expect![[r#"
        [
            BackupRecord {
                id: TaskId(
                    "00000000-0000-0000-0000-000000000002",
                ),
                file_name: "acme_2026-07-29_13-15-30.tar.gz",
                storage: Documents,
                created_on: Some(
                    2026-07-29T10:15:31Z,
                ),
                expires_on: None,
            },
            BackupRecord {
                id: TaskId(
                    "00000000-0000-0000-0000-000000000001",
                ),
                file_name: "b.tar",
                storage: DataStore,
                created_on: Some(
                    2026-07-28T10:15:31Z,
                ),
                expires_on: Some(
                    2026-07-29T10:15:31Z,
                ),
            },
        ]"#]]
    .assert_eq(&shown(history(&rows)));
}

#[test]
fn none_is_none() {
    assert_eq!(history(&json("null")), Ok(Vec::new()));
    assert_eq!(history(&json("[]")), Ok(Vec::new()));
}

#[test]
fn one_bad_row_costs_no_other() {
    let rows = json(
        r#"[null, 7, {}, {"id":"no"}, {"id":"00000000-0000-0000-0000-000000000001","fileName":[],"storageType":{}}]"#,
    );
    expect![[r#"
        [
            BackupRecord {
                id: TaskId(
                    "00000000-0000-0000-0000-000000000001",
                ),
                file_name: "",
                storage: Other(
                    -1,
                ),
                created_on: None,
                expires_on: None,
            },
        ]"#]]
    .assert_eq(&shown(history(&rows)));
}

#[test]
fn what_is_no_list_is_a_misfit() {
    expect!["error: response: a list is expected, and there is an object"].assert_eq(&shown(history(&json("{}"))));
}

#[test]
fn times_are_utc_unless_they_say_otherwise() {
    check(r#""createdOn":"2026-07-29T10:15:30""#, expect![[r#""" Other(-1) 2026-07-29T10:15:30Z none"#]]);
    check(r#""createdOn":"2026-07-29T10:15:30Z""#, expect![[r#""" Other(-1) 2026-07-29T10:15:30Z none"#]]);
    check(
        r#""createdOn":"2026-07-29T13:15:30.1234567+03:00""#,
        expect![[r#""" Other(-1) 2026-07-29T10:15:30.1234567Z none"#]],
    );
    check(r#""createdOn":"2026-07-29T10:15:30.123456""#, expect![[r#""" Other(-1) 2026-07-29T10:15:30.123456Z none"#]]);
    check(r#""createdOn":"2026-07-29 10:15:30""#, expect![[r#""" Other(-1) 2026-07-29T10:15:30Z none"#]]);
}

#[test]
fn never_is_written_in_many_ways() {
    for never in [
        r#""0001-01-01T00:00:00""#,
        r#""0001-01-01T00:00:00Z""#,
        r#""0001-01-01T00:00:00.0000000+03:00""#,
        r#""9999-12-31T23:59:59.9999999""#,
        r#""9999-12-31T23:59:59.9999999Z""#,
        r#""""#,
        "null",
        r#""soon""#,
        "7",
    ] {
        let rows = json(&format!(r#"[{{"id":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","expiresOn":{never}}}]"#));
        assert_eq!(history(&rows).unwrap()[0].expires_on, None, "{never}");
    }
}

#[test]
fn storage_is_a_number_or_a_name_in_either_spelling() {
    for (text, name) in [
        ("0", "Documents"),
        ("1", "ThirdpartyDocuments"),
        (r#""ThridpartyDocuments""#, "ThirdpartyDocuments"),
        (r#""thirdpartydocuments""#, "ThirdpartyDocuments"),
        (r#""2""#, "CustomCloud"),
        (r#""LOCAL""#, "Local"),
        (r#""DataStore""#, "DataStore"),
        ("5", "ThirdPartyConsumer"),
        ("99", "Other(99)"),
        (r#""Cloud9""#, "Other(-1)"),
        ("null", "Other(-1)"),
    ] {
        let rows = json(&format!(r#"[{{"id":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","storageType":{text}}}]"#));
        assert_eq!(format!("{:?}", history(&rows).unwrap()[0].storage), name, "{text}");
    }
}

#[test]
fn a_file_name_is_kept_to_the_letter() {
    check(r#""fileName":" ../two  spaces\n.tar.gz""#, expect![[r#"" ../two  spaces\n.tar.gz" Other(-1) none none"#]]);
}

#[test]
fn a_list_of_something_else_is_no_empty_history() {
    for rows in ["[7]", r#"["yes","no"]"#, r#"[{"name":"x"}]"#] {
        assert!(history(&json(rows)).unwrap_err().to_string().starts_with("response[0]"), "{rows}");
    }
    assert_eq!(history(&json("[]")).unwrap(), []);
}
