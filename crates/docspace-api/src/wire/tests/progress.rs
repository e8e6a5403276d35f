//! Looks at the slot, through the life of a job.

use expect_test::{Expect, expect};

use super::{address, json, shown};
use crate::wire::progress;

const ID: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";

/// Puts the fields into a job with an id.
fn check(fields: &str, expected: Expect) {
    let job = json(&format!(r#"{{"taskId":"{ID}",{fields}}}"#));
    let line = match progress(&job, &address()) {
        Ok(Some(seen)) => {
            let link = seen.link.map(|link| format!(" {link}")).unwrap_or_default();
            format!("{:?} {}% {:?}{link}", seen.kind, seen.percent, seen.state)
        }
        Ok(None) => "nothing".to_owned(),
        Err(misfit) => format!("error: {misfit}"),
    };
    expected.assert_eq(&line);
}

#[test]
fn a_whole_job_is_read() {
    let job = json(
        r#"{"isCompleted":false,"progress":37,"error":"","link":"/storage/x?auth=1","tenantId":1,"backupProgressEnum":0,
            "status":1,"taskId":"7F0C7D0E-0C55-4F3B-9F38-4A4A0F0D7E11","new":{"in":"3.9"}}"#,
    );
    expect![[r#"
        Some(
            Progress {
                task: TaskId(
                    "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11",
                ),
                kind: Backup,
                percent: 37,
                state: Running,
                link: Some(
                    Url {
                        scheme: "https",
                        cannot_be_a_base: false,
                        username: "",
                        password: None,
                        host: Some(
                            Domain(
                                "portal.example.com",
                            ),
                        ),
                        port: None,
                        path: "/storage/x",
                        query: Some(
                            "auth=1",
                        ),
                        fragment: None,
                    },
                ),
            },
        )"#]]
    .assert_eq(&shown(progress(&job, &address())));
}

#[test]
fn null_is_an_empty_slot() {
    assert_eq!(progress(&json("null"), &address()), Ok(None));
}

#[test]
fn the_life_of_a_job() {
    check(r#""isCompleted":false,"progress":0,"error":"","link":"","status":0"#, expect!["Backup 0% Created"]);
    check(r#""isCompleted":false,"progress":0,"error":"","link":"","status":1"#, expect!["Backup 0% Running"]);
    check(
        r#""isCompleted":false,"progress":90,"error":"","link":"/storage/x","status":1"#,
        expect!["Backup 90% Running https://portal.example.com/storage/x"],
    );
    check(
        r#""isCompleted":true,"progress":100,"error":"","link":"/storage/x","status":1"#,
        expect!["Backup 100% Completed { warning: None } https://portal.example.com/storage/x"],
    );
    check(
        r#""isCompleted":true,"progress":100,"error":"","link":"","status":2"#,
        expect!["Backup 100% Completed { warning: None }"],
    );
    check(
        r#""isCompleted":true,"progress":100,"status":2,"warning":"Some files\nwere skipped""#,
        expect![[r#"Backup 100% Completed { warning: Some("Some files were skipped") }"#]],
    );
}

#[test]
fn the_deaths_of_a_job() {
    check(
        r#""isCompleted":true,"progress":40,"error":"Disk full","status":1"#,
        expect![[r#"Backup 40% Failed { reason: "Disk full" }"#]],
    );
    check(
        r#""isCompleted":true,"progress":40,"error":"Disk full","status":2"#,
        expect![[r#"Backup 40% Failed { reason: "Disk full" }"#]],
    );
    check(
        r#""isCompleted":true,"progress":40,"error":"","status":3,"warning":"Backup cancelled""#,
        expect!["Backup 40% Cancelled"],
    );
    check(
        r#""isCompleted":false,"progress":0,"error":"One or more errors occurred. (x)","status":4"#,
        expect![[r#"Backup 0% Failed { reason: "One or more errors occurred. (x)" }"#]],
    );
    check(r#""isCompleted":false,"progress":0,"error":"","status":4"#, expect![[r#"Backup 0% Failed { reason: "" }"#]]);
}

#[test]
fn failed_comes_before_cancelled_before_completed() {
    check(
        r#""isCompleted":true,"error":"Disk full","status":3"#,
        expect![[r#"Backup 0% Failed { reason: "Disk full" }"#]],
    );
    check(r#""isCompleted":true,"error":"","status":4"#, expect![[r#"Backup 0% Failed { reason: "" }"#]]);
}

#[test]
fn an_error_without_readable_words_is_still_an_error() {
    check(r#""isCompleted":true,"error":" \u0007","status":2"#, expect![[r#"Backup 0% Failed { reason: "" }"#]]);
}

#[test]
fn an_error_of_a_job_that_is_alive_does_not_end_it() {
    check(r#""isCompleted":false,"error":"retrying","status":1"#, expect!["Backup 0% Running"]);
    check(r#""isCompleted":false,"error":"","status":2"#, expect!["Backup 0% Running"]);
    check(r#""isCompleted":false,"error":"","status":3"#, expect!["Backup 0% Running"]);
    check(r#""isCompleted":false,"error":"odd","status":9"#, expect!["Backup 0% Running"]);
}

#[test]
fn portals_that_send_no_status_are_understood() {
    check(r#""isCompleted":false,"progress":5,"error":"""#, expect!["Backup 5% Running"]);
    check(r#""isCompleted":true,"progress":100,"error":null"#, expect!["Backup 100% Completed { warning: None }"]);
    check(
        r#""isCompleted":true,"progress":5,"error":"Disk full""#,
        expect![[r#"Backup 5% Failed { reason: "Disk full" }"#]],
    );
    check(
        r#""isCompleted":false,"progress":0,"error":"One or more errors occurred.""#,
        expect![[r#"Backup 0% Failed { reason: "One or more errors occurred." }"#]],
    );
}

#[test]
fn numbers_and_names_may_be_texts() {
    check(
        r#""isCompleted":"False","progress":"12","backupProgressEnum":"restore","status":"running""#,
        expect!["Restore 12% Running"],
    );
    check(
        r#""progress":12.9,"backupProgressEnum":"2","status":"FAILTED""#,
        expect![[r#"Transfer 12% Failed { reason: "" }"#]],
    );
    check(
        r#""isCompleted":true,"backupProgressEnum":7,"status":"Failed""#,
        expect![[r#"Other(7) 0% Failed { reason: "" }"#]],
    );
    check(
        r#""isCompleted":true,"backupProgressEnum":"Migration","status":"canceled""#,
        expect!["Other(-1) 0% Cancelled"],
    );
}

#[test]
fn progress_is_clamped() {
    check(r#""progress":250"#, expect!["Backup 100% Running"]);
    check(r#""progress":-3"#, expect!["Backup 0% Running"]);
    check(r#""progress":1e300"#, expect!["Backup 100% Running"]);
    check(r#""progress":null"#, expect!["Backup 0% Running"]);
}

#[test]
fn strange_links_are_none() {
    check(r#""link":"https://cloud.example/x""#, expect!["Backup 0% Running https://cloud.example/x"]);
    check(r#""link":"javascript:alert(1)""#, expect!["Backup 0% Running"]);
    check(r#""link":{"href":"x"}"#, expect!["Backup 0% Running"]);
    check(r#""link":null"#, expect!["Backup 0% Running"]);
}

#[test]
fn a_misfit_names_its_field_and_not_its_value() {
    check(
        r#""isCompleted":"secret""#,
        expect!["error: response.isCompleted: true or false is expected, and there is a text"],
    );
    check(r#""progress":[1]"#, expect!["error: response.progress: a number is expected, and there is a list"]);
    check(r#""error":{"message":"x"}"#, expect!["error: response.error: a text is expected, and there is an object"]);
    check(
        r#""status":true"#,
        expect!["error: response.status: a number or a name is expected, and there is true or false"],
    );
}

#[test]
fn a_job_without_an_id_is_a_misfit() {
    let check = |job: &str, expected: Expect| expected.assert_eq(&shown(progress(&json(job), &address())));
    check(r#"{"progress":1}"#, expect!["error: response.taskId: a backup id is expected, and there is nothing"]);
    check(
        r#"{"taskId":"","progress":1}"#,
        expect!["error: response.taskId: a backup id is expected, and there is nothing"],
    );
    check(r#"{"taskId":"42"}"#, expect!["error: response.taskId: a backup id is expected, and there is a text"]);
    check(r#"{"taskId":42}"#, expect!["error: response.taskId: a backup id is expected, and there is a number"]);
    check("[]", expect!["error: response.taskId: a backup id is expected, and there is nothing"]);
    check("\"x\"", expect!["error: response.taskId: a backup id is expected, and there is nothing"]);
}
