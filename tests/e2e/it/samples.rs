//! The three official samples: what they ask for is done and visible, for a portal and for a dump of the whole server.

use std::time::Duration;

use expect_test::expect;
use jiff::Timestamp;
use mock_portal::{JobPlan, MockPortal, Operation, Record, SlotJob, StorageType};
use serde_json::Value;

use crate::rig::{Finished, Program, job, portal, portal_of};

/// The flags of a command with `dump` false and true, and the words that show which it was.
const DUMPS: [(&str, &str); 2] = [("", "this portal"), (" --dump", "the whole server (dump)")];

fn queries(portal: &MockPortal, operation: Operation) -> Vec<bool> {
    let is_dump = |query: Option<String>| query.is_some_and(|query| query.eq_ignore_ascii_case("dump=true"));
    portal.calls_of(operation).into_iter().map(|call| is_dump(call.query)).collect()
}

#[tokio::test]
async fn a_backup_is_started_and_the_administrator_notified() {
    for command in ["start", "run"] {
        for (dump, covers) in DUMPS {
            let portal = portal().await;
            let program = Program::of(&portal).env("DOCSPACE_ADMIN_EMAIL", "admin@example.com");
            let told = program.run(&format!("{command} --storage Documents --folder 123{dump}")).await;
            told.exits(0);
            assert_eq!(portal.jobs()[0].dump, !dump.is_empty(), "{told}");
            assert!(told.stdout.starts_with("[ADMIN NOTIFICATION]\nTo: admin@example.com\nSubject: Backup "), "{told}");
            assert_eq!(told.fact("Backup ID"), job(&portal));
            assert_eq!(told.fact("Covers"), covers);
            told.fact("Started at").parse::<Timestamp>().unwrap();
        }
    }
}

#[tokio::test]
async fn a_start_is_told_as_in_the_sample() {
    let portal = portal().await;
    let start = Program::of(&portal).run("start --folder 123").await;
    start.shows(expect![[r#"
        $ docspace-backup start --folder 123
        exit code 0
        --- stdout
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup started: 127.0.0.1:[PORT]

        The backup started successfully.

        Portal:     http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
        Backup ID:  [ID]
        Covers:     this portal
        Started at: [TIME]
        Storage:    documents

        Backup started: 127.0.0.1:[PORT]
          Told: stdout
        --- stderr
        starting the backup
        backup [ID] started
    "#]]);
}

#[tokio::test]
async fn a_start_that_is_refused_is_told_to_the_administrator_too() {
    let portal = portal().await;
    let start = Program::of(&portal).run("start --folder 404").await;
    start.shows(expect![[r#"
        $ docspace-backup start --folder 404
        exit code 10
        --- stdout
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup not started: 127.0.0.1:[PORT]

        The backup could not be started.
        Reason: cannot start the backup: not found (404); the portal says: The required folder was not found.

        Portal:  http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
        Storage: documents

        Next step: Check the folder, and that the address is the portal's own; a suspended portal answers so too.

        Backup not started: 127.0.0.1:[PORT]
          Told: stdout
        --- stderr
        starting the backup
        error: cannot start the backup: not found (404); the portal says: The required folder was not found
        hint: check the folder, and that the address is the portal's own; a suspended portal answers so too
    "#]]);
    assert_eq!(portal.starts(), 0);
}

#[tokio::test]
async fn the_progress_is_shown_with_percentage_completion_type_and_link() {
    for (dump, _) in DUMPS {
        let portal = portal().await;
        let half_done = SlotJob::running_for(Duration::from_secs(3600));
        portal.put_in_slot(if dump.is_empty() { half_done } else { half_done.dump() });
        let status = Program::of(&portal).run(&format!("status{dump}")).await;
        let percent: u8 = status.exits(0).fact("Progress").strip_suffix('%').unwrap().trim().parse().unwrap();
        let expected = if dump.is_empty() { 62..=65 } else { 0..=0 }; // Of the database phase nothing is told.
        assert!(expected.contains(&percent), "{status}");
        assert_eq!([status.fact("Completed"), status.fact("Type")], ["no", "backup"]);
        assert_eq!(queries(&portal, Operation::Progress), [!dump.is_empty()]);
    }
}

#[tokio::test]
async fn a_finished_backup_shows_an_absolute_link() {
    for (dump, _) in DUMPS {
        let portal = portal().await;
        let finished = SlotJob::finished(Duration::from_secs(60)).storage(StorageType::DataStore);
        let id = portal.put_in_slot(if dump.is_empty() { finished } else { finished.dump() });
        let program = Program::of(&portal);
        let status = program.run(&format!("status{dump}")).await;
        assert_eq!([status.fact("Progress"), status.fact("Completed")], ["100%", "yes"]);
        assert!(status.fact("Download link").starts_with(&format!("{}/storage/", portal.url())), "{status}");
        let document = program.run(&format!("status --output json{dump}")).await.exits(0).json();
        let backup = &document["backup"];
        assert_eq!([&backup["id"], &backup["type"], &backup["state"]], [id.as_str(), "backup", "completed"]);
        assert_eq!([&backup["progress"], &backup["completed"]], [&Value::from(100), &Value::from(true)]);
        assert_eq!(backup["link"], status.fact("Download link"));
    }
}

#[tokio::test]
async fn the_status_of_a_failed_backup_gives_the_portals_reason() {
    let portal = portal_of(JobPlan::fail("The disk is full")).await;
    let program = Program::of(&portal);
    program.run("run --no-notify --folder 123").await.exits(1);
    program.run("status").await.shows(expect![[r#"
        $ docspace-backup status
        exit code 0
        --- stdout
          Backup ID:     [ID]
          Progress:      90%
          Completed:     yes
          State:         failed
          Type:          backup
          Download link: none
          Reason:        The disk is full
        --- stderr
    "#]]);
}

#[tokio::test]
async fn an_idle_portal_has_no_status() {
    let portal = portal().await;
    let program = Program::of(&portal);
    program.run("status").await.shows(expect![[r#"
        $ docspace-backup status
        exit code 0
        --- stdout
        No backup is running, and none ended within the last 24 hours.
        --- stderr
    "#]]);
    assert_eq!(program.run("status -o json").await.exits(0).json()["backup"], Value::Null);
}

/// A portal with two backups of itself and one of the whole server.
async fn with_history() -> MockPortal {
    let portal = portal().await;
    let at = |time: &str| time.parse::<Timestamp>().unwrap();
    let record = |id: &str, file: &str, time: &str| Record { id: id.to_owned(), ..Record::new(file, at(time)) };
    let old = record("ffffffff-0c55-4f3b-9f38-4a4a0f0d7e11", "acme_old.tar.gz", "2026-07-01T10:00:00Z");
    let new = record("00000000-0c55-4f3b-9f38-4a4a0f0d7e11", "acme_new.tar.gz", "2026-07-29T10:15:31Z");
    let dump = record("11111111-0c55-4f3b-9f38-4a4a0f0d7e11", "workspace.tar.gz", "2026-07-02T10:00:00Z");
    let expires_on = Some(Timestamp::now() + jiff::SignedDuration::from_hours(1));
    portal.add_record(old);
    portal.add_record(Record { storage: StorageType::DataStore, expires_on, ..new });
    portal.add_record(Record { dump: true, storage: StorageType::Local, ..dump });
    portal
}

/// The history as the command tells it, its ids taken to be known.
async fn history(flags: &str) -> (MockPortal, Finished) {
    let portal = with_history().await;
    let history = Program::of(&portal).run(&format!("history{flags}")).await;
    history.exits(0);
    (portal, history)
}

#[tokio::test]
async fn the_history_lists_id_file_storage_creation_and_expiry_newest_first() {
    let (portal, told) = history("").await;
    told.prints(expect![[r#"
        Backup ID                             File             Size  Storage    Folder  Created               Expires
        [ID]  acme_new.tar.gz        temporary          [TIME]  [TIME]
        [ID]  acme_old.tar.gz        documents          [TIME]  never
    "#]]);
    assert_eq!(queries(&portal, Operation::History), [false], "each reading may delete records, so there is one");
    let (_, told) = history(" --output markdown").await;
    told.prints(expect![[r#"
        | Backup ID | File | Size | Storage | Folder | Created | Expires |
        |---|---|---|---|---|---|---|
        | [ID] | acme\_new.tar.gz |  | temporary |  | [TIME] | [TIME] |
        | [ID] | acme\_old.tar.gz |  | documents |  | [TIME] | never |
    "#]]);
    let (_, told) = history(" --output json").await;
    told.prints(expect![[r#"
        {
          "schema_version": 1,
          "kind": "backup_history",
          "exit_code": 0,
          "portal": {
            "name": "main",
            "host": "http://127.0.0.1:[PORT]"
          },
          "backups": [
            {
              "id": "[ID]",
              "file_name": "acme_new.tar.gz",
              "storage": "temporary",
              "created_on": "[TIME]",
              "expires_on": "[TIME]",
              "size_bytes": null,
              "folder": null
            },
            {
              "id": "[ID]",
              "file_name": "acme_old.tar.gz",
              "storage": "documents",
              "created_on": "[TIME]",
              "expires_on": null,
              "size_bytes": null,
              "folder": null
            }
          ]
        }
    "#]]);
}

#[tokio::test]
async fn the_history_of_dumps_is_another_one() {
    let (portal, told) = history(" --dump").await;
    told.prints(expect![[r#"
        Backup ID                             File              Size  Storage  Folder  Created               Expires
        [ID]  workspace.tar.gz        local            [TIME]  never
    "#]]);
    assert_eq!(queries(&portal, Operation::History), [true]);
}

#[tokio::test]
async fn the_history_can_be_cut_short() {
    let (_, told) = history(" --limit 1 --output json").await;
    let backups = told.json()["backups"].clone();
    assert_eq!(backups.as_array().unwrap().len(), 1);
    assert_eq!(backups[0]["file_name"], "acme_new.tar.gz");
}

#[tokio::test]
async fn a_portal_without_backups_says_so() {
    let portal = portal().await;
    let program = Program::of(&portal);
    program.run("history").await.shows(expect![[r#"
        $ docspace-backup history
        exit code 0
        --- stdout
        No backups.
        --- stderr
    "#]]);
    assert_eq!(program.run("history -o json").await.exits(0).json()["backups"], Value::Array(Vec::new()));
}
