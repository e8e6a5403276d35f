//! Programs of this machine that are told: one of the user's own, and the machine's mail program.

use std::fs;

use expect_test::expect;
use mock_portal::JobPlan;
use serde_json::Value;

use crate::{
    bad_input::assert_silence,
    more_channels::{REASON, fields},
    rig::{Program, portal, portal_of},
};

/// What a program of the user's own is told by, kept in `told.json`.
fn with_command(program: Program, script: &str) -> Program {
    let kept = program.path("told.json").display().to_string();
    let args = serde_json::to_string(&["-c", &script.replace("KEPT", &kept), "thesecretargument"]).unwrap();
    let program = program.secret("thesecretargument");
    program.add_settings(&format!("[notify.script]\ntype = \"command\"\nprogram = \"sh\"\nargs = {args}\n"))
}

#[tokio::test]
async fn a_command_gets_the_notice_as_json() {
    let portal = portal_of(JobPlan::fail(REASON)).await;
    let program = with_command(Program::of(&portal), "cat > KEPT");
    program.run("run --folder 123").await.exits(1);
    let notice: Value = serde_json::from_slice(&fs::read(program.path("told.json")).unwrap()).unwrap();
    expect![[r#"
        /schema_version: 1
        /state: "failed"
        /severity: "error"
        /exit_code: 1
        /outcome: "failed"
    "#]]
    .assert_eq(&fields(&notice, &["/schema_version", "/state", "/severity", "/exit_code", "/outcome"]));
    assert!(notice["message"].as_str().unwrap().contains(REASON), "{notice}");
    program.run("notify test script").await.exits(0);
    let notice: Value = serde_json::from_slice(&fs::read(program.path("told.json")).unwrap()).unwrap();
    assert_eq!(notice["state"], "test");
}

#[tokio::test]
async fn a_command_that_fails_is_quoted_without_its_arguments() {
    let portal = portal().await;
    let script = "echo 'no pager is switched on' >&2; echo thesecretargument >&2; exit 3";
    let failed = with_command(Program::of(&portal), script).run("notify test").await;
    assert_eq!(failed.exits(1).stdout, "  script: FAILED: sh ended with exit status 3: no pager is switched on\n");
    let failed = with_command(Program::of(&portal), "echo $0 >&2; exit 3").run("notify test").await;
    failed.exits(1);
}

#[tokio::test]
async fn a_command_sees_no_secret_in_its_environment() {
    let portal = portal().await;
    let program = with_command(Program::of(&portal), "env > KEPT");
    program.run("notify test").await.exits(0);
    let environment = fs::read_to_string(program.path("told.json")).unwrap();
    assert!(environment.contains("PATH=") && !environment.contains("DOCSPACE"), "{environment}");
}

#[tokio::test]
async fn sendmail_gets_sender_recipients_and_the_mail() {
    let portal = portal_of(JobPlan::fail(REASON)).await;
    let program = Program::of(&portal);
    let home = program.path("").display().to_string();
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > {home}/argv\ncat > {home}/mail\n");
    let to = r#"["Admin <admin@example.com>", "second@example.com"]"#;
    let program = program.script("config/docspace-backup/sendmail", &script).add_settings(&format!(
        "[notify.mail]\ntype = \"sendmail\"\npath = \"./sendmail\"\nfrom = \"Backup <backup@example.com>\"\nto = {to}\n"
    ));
    program.run("run --folder 123").await.exits(1);
    let kept = |name: &str| fs::read_to_string(program.path(name)).unwrap();
    expect![[r#"
        -i
        -f
        backup@example.com
        --
        admin@example.com
        second@example.com
    "#]]
    .assert_eq(&kept("argv"));
    let mail = kept("mail");
    assert!(mail.contains("\nSubject: Backup failed") && mail.contains(REASON), "{mail}");
    assert!(mail.contains("To: Admin <admin@example.com>, second@example.com\n"), "{mail}");
    program.run("notify test mail").await.exits(0);
    assert!(kept("mail").contains("Subject: A test of docspace-backup"));
}

#[tokio::test]
async fn a_mail_program_that_is_not_there_is_told_before_anything_starts() {
    let portal = portal().await;
    let settings = "[notify.mail]\ntype = \"sendmail\"\npath = \"/nowhere/sendmail\"\nto = \"admin@example.com\"\n";
    Program::of(&portal).add_settings(settings).run("run").await.exits(2).says(expect![[r#"
        error: notify.mail.path ([HOME]/config/docspace-backup/config.toml:9): /nowhere/sendmail is not there or is no file
        hint: name the mail program, path = "/usr/sbin/sendmail", or tell by type = "email"
    "#]]);
    assert_silence(&portal);
}
