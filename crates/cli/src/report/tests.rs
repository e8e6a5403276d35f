//! The account of a run, in each form, and the exit code that goes with it.

use backup_core::{Outcome, Reason, Verdict, Warning};
use docspace_api::{JobKind, JobState, Progress};
use expect_test::{Expect, expect};

use super::{Account, Notification, Purpose, Status};
use crate::{
    fixture::{account, completed, ended, id, record, with_warning},
    signal::Signal,
};

fn told(name: &str) -> Notification {
    Notification { name: name.into(), status: Status::Delivered, attempts: 1, error: None, in_place_of: None }
}

fn not_told() -> Notification {
    Notification { status: Status::Failed, error: Some("no such webhook (404)".into()), ..told("slack") }
}

fn failed() -> Verdict {
    ended(Outcome::Failed, Reason::BackupFailed("<!channel> *disk* is full".into()))
}

fn check_exit(account: Account, number: u8) {
    assert_eq!(account.exit_code().number(), number, "{account:?}");
}

fn check_text(account: Account, expected: Expect) {
    expected.assert_eq(&account.answer().text);
}

#[test]
fn the_document_is_the_contracts() {
    let account = Account { notifications: vec![told("email"), not_told()], ..account(completed()) };
    expect![[r#"
        {
          "schema_version": 1,
          "kind": "backup_report",
          "outcome": "completed",
          "exit_code": 16,
          "joined": false,
          "portal": {
            "name": "main",
            "host": "https://portal.example.com",
            "version": "3.7.2"
          },
          "backup": {
            "id": "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11",
            "file_name": "acme_2026-07-29_13-15-30.tar.gz",
            "storage": "documents",
            "folder": "123",
            "dump": false,
            "created_on": "2026-07-29T10:15:31Z",
            "expires_on": null,
            "link": null
          },
          "started_at": "2026-07-29T10:14:20Z",
          "finished_at": "2026-07-29T10:15:31Z",
          "duration_seconds": 71.4,
          "progress": 100,
          "polls": 23,
          "error": null,
          "warnings": [],
          "notes": [],
          "notifications": [
            {
              "name": "email",
              "status": "delivered",
              "attempts": 1,
              "error": null
            },
            {
              "name": "slack",
              "status": "failed",
              "attempts": 1,
              "error": "no such webhook (404)"
            }
          ]
        }"#]]
    .assert_eq(&format!("{:#}", account.answer().document.unwrap()));
}

#[test]
fn the_document_of_a_failure_has_code_message_hint_and_status() {
    expect![[r#"
        {
          "code": "backup_failed",
          "message": "the portal reports: <!channel> *disk* is full",
          "hint": "mend the cause at the portal, then run the backup again; an administrator of the server finds more in its logs",
          "status": null
        }"#]].assert_eq(&format!("{:#}", account(failed()).answer().document.unwrap()["error"]));
}

#[test]
fn people_read_the_verdict_first() {
    check_text(
        account(completed()),
        expect![[r#"
            Backup completed after 1 min 11 s: portal.example.com
              Portal:      https://portal.example.com (DocSpace 3.7.2)
              Backup ID:   7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11
              Covers:      this portal
              Started at:  2026-07-29T10:14:20Z
              Finished at: 2026-07-29T10:15:31Z
              Duration:    1 min 11 s
              Storage:     documents
              File:        acme_2026-07-29_13-15-30.tar.gz
              Saved at:    2026-07-29T10:15:31Z
              Expires:     never
        "#]],
    );
    check_text(
        account(failed()),
        expect![[r#"
            Backup failed after 1 min 11 s: portal.example.com
              Portal:      https://portal.example.com (DocSpace 3.7.2)
              Backup ID:   7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11
              Covers:      this portal
              Started at:  2026-07-29T10:14:20Z
              Finished at: 2026-07-29T10:15:31Z
              Duration:    1 min 11 s
              Storage:     documents
              Reason:      the portal reports: <!channel> *disk* is full
        "#]],
    );
}

#[test]
fn what_a_notice_has_just_told_is_not_told_twice() {
    let notifications = vec![told("stdout"), not_told()];
    check_text(
        Account { notifications, is_told_here: true, ..account(completed()) },
        expect![[r#"

            Backup completed after 1 min 11 s: portal.example.com
              Told: stdout, NOT slack
        "#]],
    );
}

#[test]
fn a_start_tells_no_end() {
    let progress = Progress { task: id(), kind: JobKind::Backup, percent: 0, state: JobState::Created, link: None };
    let started = Verdict { outcome: Outcome::StillRunning, record: None, progress: Some(progress), ..completed() };
    check_text(
        Account { purpose: Purpose::Start, ..account(started) },
        expect![[r#"
            Backup started: portal.example.com
              Portal:     https://portal.example.com (DocSpace 3.7.2)
              Backup ID:  7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11
              Covers:     this portal
              Started at: 2026-07-29T10:14:20Z
              Storage:    documents
        "#]],
    );
}

#[test]
fn foreign_text_is_harmless_in_markdown() {
    let verdict =
        Verdict { record: Some(record("a|b<script>\n# x")), ..with_warning(Warning::Incomplete("[x](y)".into())) };
    let notifications = vec![not_told()];
    expect![[r#"
        ## Backup completed with warnings after 1 min 11 s: portal.example.com

        | | |
        |---|---|
        | Portal | https://portal.example.com (DocSpace 3.7.2) |
        | Backup ID | 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 |
        | Covers | this portal |
        | Started at | 2026-07-29T10:14:20Z |
        | Finished at | 2026-07-29T10:15:31Z |
        | Duration | 1 min 11 s |
        | Storage | documents |
        | File | a\|b&lt;script&gt; \# x |
        | Saved at | 2026-07-29T10:15:31Z |
        | Expires | never |

        Warnings:

        - the portal left files out: \[x\](y)

        Notices:

        - slack: **not told**: no such webhook (404)
    "#]]
    .assert_eq(&Account { notifications, ..account(verdict) }.answer().markdown);
}

#[test]
fn the_exit_code_tells_the_worst_that_is_certain() {
    check_exit(account(completed()), 0);
    check_exit(Account { notifications: vec![not_told()], ..account(completed()) }, 16);
    let waits = || Notification { status: Status::Waiting, ..told("email") };
    check_exit(Account { notifications: vec![waits()], ..account(completed()) }, 16);
    check_exit(Account { given_up: vec!["email was never told".into()], ..account(completed()) }, 16);
    check_exit(account(with_warning(Warning::NotInHistory)), 3);
    check_exit(Account { notifications: vec![not_told()], ..account(failed()) }, 1);
    check_exit(account(ended(Outcome::Busy, Reason::Busy(id()))), 11);
    check_exit(account(ended(Outcome::StillRunning, Reason::TimedOut)), 8);
}

#[test]
fn a_signal_gives_its_own_exit_code() {
    let stopped = || account(ended(Outcome::StillRunning, Reason::Interrupted));
    check_exit(Account { interrupted_by: Some(Signal::Interrupt), ..stopped() }, 130);
    check_exit(Account { interrupted_by: Some(Signal::Terminate), ..stopped() }, 143);
}
