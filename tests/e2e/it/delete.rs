//! `delete`: what somebody agreed to is gone, nothing else, and each backup is accounted for.

mod endings;

use std::time::Duration;

use expect_test::{Expect, expect};
use jiff::Timestamp;
use mock_portal::{Config, Fault, MockPortal, Operation, Record, SlotJob, StorageType};
use serde_json::{Value, json};

use crate::{
    bad_input::{as_it_is, check as check_mistake},
    rig::{Program, Terminal, portal},
};

const OLD: &str = "ffffffff-0c55-4f3b-9f38-4a4a0f0d7e11";
const NEW: &str = "00000000-0c55-4f3b-9f38-4a4a0f0d7e11";
const DUMP: &str = "11111111-0c55-4f3b-9f38-4a4a0f0d7e11";
const UNKNOWN: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";

/// Puts two backups and a dump there.
fn stock(portal: &MockPortal) {
    let record =
        |id: &str, file: &str, time: &str| Record { id: id.into(), ..Record::new(file, time.parse().unwrap()) };
    portal.add_record(record(OLD, "acme_old.tar.gz", "2026-07-01T10:00:00Z"));
    let new = record(NEW, "acme_new.tar.gz", "2026-07-29T10:15:31Z");
    let expires_on = Some(Timestamp::now() + jiff::SignedDuration::from_hours(1));
    portal.add_record(Record { storage: StorageType::DataStore, expires_on, ..new });
    portal.add_record(Record { dump: true, ..record(DUMP, "workspace.tar.gz", "2026-07-02T10:00:00Z") });
}

async fn with_backups() -> MockPortal {
    let portal = portal().await;
    stock(&portal);
    portal
}

#[track_caller]
fn assert_untouched(portal: &MockPortal) {
    assert_eq!(portal.deleted(), [""; 0], "{}", portal.log());
    assert_eq!(portal.calls_of(Operation::DeleteBackup), []);
    assert_eq!(portal.calls_of(Operation::DeleteHistory), []);
}

/// What became of each backup, by the document.
async fn results(portal: &MockPortal, line: &str, code: i32) -> (Value, Vec<[String; 2]>) {
    let document = Program::of(portal).run(&format!("{line} -o json")).await.exits(code).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |backup: &Value| ["file_name", "result"].map(|key| text(&backup[key]));
    let rows = document["backups"].as_array().unwrap().iter().map(row).collect();
    (document, rows)
}

#[tokio::test]
async fn a_backup_is_shown_deleted_and_proved_to_be_gone() {
    let portal = with_backups().await;
    let told = Program::of(&portal).run(&format!("delete {OLD} --yes")).await;
    told.shows(expect![[r#"
        $ docspace-backup delete [ID] --yes
        exit code 0
        --- stdout
        1 of 1 backups deleted: http://127.0.0.1:[PORT]
        Backup ID                             File             Storage    Created               Result
        [ID]  acme_old.tar.gz  documents  [TIME]  deleted
        --- stderr
        warning: files in documents are removed for good, not moved to the trash
    "#]]);
    assert_eq!(portal.deleted(), [OLD]);
    assert_eq!(portal.calls_of(Operation::History).len(), 2, "once before, once after: each reading may drop records");
}

#[tokio::test]
async fn all_are_those_that_were_shown_and_dumps_are_a_list_of_their_own() {
    let portal = with_backups().await;
    let (document, rows) = results(&portal, "delete --all --yes", 0).await;
    assert_eq!(rows, [["acme_new.tar.gz", "deleted"], ["acme_old.tar.gz", "deleted"]]);
    assert_eq!([&document["kind"], &document["deleted"]], [&json!("backup_deletion"), &json!(2)]);
    assert_eq!(portal.calls_of(Operation::DeleteHistory), [], "that would hit a copy that nobody was shown");
    assert_eq!(portal.deleted(), [NEW, OLD]);
    let (_, rows) = results(&portal, "delete --all --dump --yes", 0).await;
    assert_eq!(rows, [["workspace.tar.gz", "deleted"]]);
}

#[tokio::test]
async fn where_there_is_none_nothing_is_asked_and_nothing_is_wrong() {
    let portal = portal().await;
    Program::of(&portal).run("delete --all").await.shows(expect![[r#"
        $ docspace-backup delete --all
        exit code 0
        --- stdout
        No backups.
        --- stderr
    "#]]);
    assert_untouched(&portal);
}

#[tokio::test]
async fn a_dry_run_shows_the_same_and_changes_nothing() {
    let portal = with_backups().await;
    let program = Program::of(&portal);
    program.run("delete --all --dry-run").await.shows(expect![[r#"
        $ docspace-backup delete --all --dry-run
        exit code 0
        --- stdout
        A dry run: nothing was deleted.
        Backup ID                             File             Storage    Created               Result
        [ID]  acme_new.tar.gz  temporary  [TIME]  would be deleted
        [ID]  acme_old.tar.gz  documents  [TIME]  would be deleted
        --- stderr
        warning: files in documents are removed for good, not moved to the trash
    "#]]);
    program.run(&format!("delete {OLD} --dry-run -o markdown")).await.exits(0).prints(expect![[r#"
        A dry run: nothing was deleted.

        | Backup ID | File | Storage | Created | Result |
        |---|---|---|---|---|
        | [ID] | acme\_old.tar.gz | documents | [TIME] | would be deleted |
    "#]]);
    program.run(&format!("delete {OLD} --dry-run -o json")).await.exits(0).prints(expect![[r#"
        {
          "schema_version": 1,
          "kind": "backup_deletion",
          "exit_code": 0,
          "portal": {
            "name": "main",
            "host": "http://127.0.0.1:[PORT]"
          },
          "dry_run": true,
          "deleted": 0,
          "backups": [
            {
              "id": "[ID]",
              "file_name": "acme_old.tar.gz",
              "storage": "documents",
              "created_on": "[TIME]",
              "expires_on": null,
              "result": "planned",
              "error": null
            }
          ],
          "error": null,
          "notes": [
            "files in documents are removed for good, not moved to the trash"
          ]
        }
    "#]]);
    assert_untouched(&portal);
}

#[tokio::test]
async fn one_unknown_id_keeps_all_of_them() {
    let portal = with_backups().await;
    let foreign = "22222222-0c55-4f3b-9f38-4a4a0f0d7e11";
    portal.add_foreign_backup(foreign);
    let told = Program::of(&portal).run(&format!("delete {OLD} {UNKNOWN} --yes")).await;
    told.shows(expect![[r#"
        $ docspace-backup delete [ID] [ID] --yes
        exit code 10
        --- stdout
        --- stderr
        error: the portal's history does not list [ID]; nothing was deleted
        hint: `docspace-backup history` lists the backups that exist; dumps of the server are another list: --dump
    "#]]);
    let told = Program::of(&portal).run(&format!("delete {foreign} --yes -o json")).await;
    assert_eq!(told.exits(10).json()["error"]["code"], "no_such_backup", "the portal itself would say that it is done");
    Program::of(&portal).run(&format!("delete {DUMP} --yes")).await.exits(10).mentions("--dump");
    assert_untouched(&portal);
}

#[tokio::test]
async fn a_job_that_runs_is_to_be_cancelled_not_deleted() {
    let portal = with_backups().await;
    let id = portal.put_in_slot(SlotJob::running_for(Duration::from_secs(600)));
    Program::of(&portal).run(&format!("delete {OLD} {id} --yes")).await.shows(expect![[r#"
        $ docspace-backup delete [ID] [ID] --yes
        exit code 10
        --- stdout
        --- stderr
        error: backup [ID] is not made yet: it is running; nothing was deleted
        hint: stop it with `docspace-backup cancel [ID]`, or wait for its end
    "#]]);
    assert_untouched(&portal);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_before_anything_is_sent() {
    async fn check(line: &str, expected: Expect) {
        check_mistake(as_it_is, line, expected).await;
    }
    check(
        "delete",
        expect![[r#"
            error: the following required arguments were not provided:
              <ID|--all>

            Usage: docspace-backup delete <ID|--all>

            For more information, try '--help'.
        "#]],
    )
    .await;
    check("delete 4711", expect![[r#"
        error: invalid value '4711' for '[ID]...': not a backup id: 32 hexadecimal digits in groups of 8-4-4-4-12 are expected

        For more information, try '--help'.
    "#]]).await;
    check(
        &format!("delete {OLD} --all"),
        expect![[r#"
            error: the argument '[ID]...' cannot be used with '--all'

            Usage: docspace-backup delete <ID|--all>

            For more information, try '--help'.
        "#]],
    )
    .await;
}

#[tokio::test]
async fn without_a_terminal_nothing_is_done_unless_that_was_agreed_to() {
    let portal = with_backups().await;
    Program::of(&portal).run(&format!("delete {OLD}")).await.shows(expect![[r#"
        $ docspace-backup delete [ID]
        exit code 2
        --- stdout
        --- stderr
        Backup ID                             File             Storage    Created
        [ID]  acme_old.tar.gz  documents  [TIME]
        warning: files in documents are removed for good, not moved to the trash
        error: this is done only if somebody agrees, and there is no terminal to ask on: nothing was changed
        hint: look at what it would do with --dry-run, then give --yes
    "#]]);
    let told = Program::of(&portal).stdin("y\n").run(&format!("delete {OLD} -o json")).await;
    assert_eq!(told.exits(2).json()["error"]["code"], "consent_needed", "a pipe is nobody");
    assert_untouched(&portal);
}

#[tokio::test]
async fn somebody_at_a_terminal_is_asked() {
    let portal = with_backups().await;
    for keys in ["n\r", "\r", "\u{4}", "yes please\r"] {
        let (screen, code) = Terminal::answer(&Program::of(&portal), &format!("delete {OLD}"), keys).await;
        assert_eq!(code, 1, "{keys:?}: {screen}");
        assert_untouched(&portal);
    }
    let (screen, code) = Terminal::answer(&Program::of(&portal), &format!("delete {OLD}"), "\u{3}").await;
    assert_ne!(code, 0, "{screen}"); // The system ends it, for nothing is under way.
    assert_untouched(&portal);
    let (screen, code) = Terminal::answer(&Program::of(&portal), &format!("delete {OLD} --quiet"), "y\r").await;
    assert_eq!(code, 0, "{screen}");
    assert_eq!(portal.deleted(), [OLD]);
}

#[tokio::test]
async fn the_question_comes_with_what_it_is_about() {
    let portal = with_backups().await;
    let (screen, code) = Terminal::answer(&Program::of(&portal), "delete --all", "n\r").await;
    assert_eq!(code, 1, "{screen}");
    let (shown, after) = screen.split_once("[y/N]").unwrap();
    for part in [OLD, NEW, "acme_old.tar.gz", "documents", "2026-07-01T10:00:00Z", "Delete these 2 backups from http"] {
        assert!(shown.contains(part), "{part} is missing: {screen}");
    }
    assert!(after.contains("not agreed to, so nothing was changed"), "{screen}");
}

#[tokio::test]
async fn at_a_hosted_portal_the_quota_is_spoken_of() {
    let hosted = MockPortal::start(Config { standalone: false, ..Config::default() }).await;
    stock(&hosted);
    let told = Program::of(&hosted).run(&format!("delete {NEW} --dry-run")).await;
    told.exits(0).mentions("deleting gives no free backup back");
    let own = with_backups().await;
    let told = Program::of(&own).run(&format!("delete {NEW} --dry-run")).await;
    assert_eq!(told.exits(0).stderr, "");
    own.inject(Fault::on(Operation::Settings).always().hang());
    let told = Program::of(&own).run(&format!("delete {NEW} --dry-run")).await;
    told.exits(0).mentions("if this is a hosted portal");
}
