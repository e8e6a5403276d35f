//! `run`: a backup is started, waited for and reported, in each form of output.

use expect_test::{Expect, expect};

use crate::rig::{Program, portal};

async fn check(line: &str, expected: Expect) {
    let portal = portal().await;
    let run = Program::of(&portal).run(line).await;
    assert_eq!(portal.starts(), 1);
    run.shows(expected);
}

#[tokio::test]
async fn a_run_tells_people_all_there_is_to_know() {
    check(
        "run --folder 123",
        expect![[r#"
            $ docspace-backup run --folder 123
            exit code 0
            --- stdout
            [ADMIN NOTIFICATION]
            To: administrator
            Subject: Backup completed after [DURATION]: 127.0.0.1:[PORT]

            The backup completed successfully.

            Portal:      http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
            Backup ID:   [ID]
            Covers:      this portal
            Started at:  [TIME]
            Finished at: [TIME]
            Duration:    [DURATION]
            Storage:     documents
            File:        acme_[STAMP].tar.gz
            Saved at:    [TIME]
            Expires:     never

            Backup completed after [DURATION]: 127.0.0.1:[PORT]
              Told: stdout
            --- stderr
            starting the backup
            backup [ID] started
            backup [ID] is over: looking for its copy in the history
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_temporary_copy_is_told_to_die_after_a_day() {
    check("run", expect![[r#"
        $ docspace-backup run
        exit code 0
        --- stdout
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup completed after [DURATION]: 127.0.0.1:[PORT]

        The backup completed successfully.
        Note: the copy is temporary: the portal deletes it 24 hours after it was made.

        Portal:        http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
        Backup ID:     [ID]
        Covers:        this portal
        Started at:    [TIME]
        Finished at:   [TIME]
        Duration:      [DURATION]
        Storage:       temporary
        File:          acme_[STAMP].tar.gz
        Saved at:      [TIME]
        Expires:       [TIME]
        Download link: http://127.0.0.1:[PORT]/storage/backup/root/acme_[STAMP].tar.gz?expire=1440&auth=[SIGNED].MOCKSIGNATURE

        Backup completed after [DURATION]: 127.0.0.1:[PORT]
          Told: stdout
        --- stderr
        starting the backup
        backup [ID] started
        backup [ID] is over: looking for its copy in the history
        note: the copy is temporary: the portal deletes it 24 hours after it was made
    "#]]).await;
}

#[tokio::test]
async fn a_run_gives_programs_one_document() {
    check(
        "run --folder 123 --output json",
        expect![[r#"
            $ docspace-backup run --folder 123 --output json
            exit code 0
            --- stdout
            {
              "schema_version": 1,
              "kind": "backup_report",
              "outcome": "completed",
              "exit_code": 0,
              "joined": false,
              "portal": {
                "name": "main",
                "host": "http://127.0.0.1:[PORT]",
                "version": "3.7.2.4321"
              },
              "backup": {
                "id": "[ID]",
                "file_name": "acme_[STAMP].tar.gz",
                "storage": "documents",
                "folder": "123",
                "dump": false,
                "created_on": "[TIME]",
                "expires_on": null,
                "link": null
              },
              "started_at": "[TIME]",
              "finished_at": "[TIME]",
              "duration_seconds": [SECONDS],
              "progress": 100,
              "polls": 2,
              "error": null,
              "warnings": [],
              "notes": [],
              "notifications": [
                {
                  "name": "stdout",
                  "status": "delivered",
                  "attempts": 1,
                  "error": null
                }
              ]
            }
            --- stderr
            starting the backup
            backup [ID] started
            backup [ID] is over: looking for its copy in the history
            [ADMIN NOTIFICATION]
            To: administrator
            Subject: Backup completed after [DURATION]: 127.0.0.1:[PORT]

            The backup completed successfully.

            Portal:      http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
            Backup ID:   [ID]
            Covers:      this portal
            Started at:  [TIME]
            Finished at: [TIME]
            Duration:    [DURATION]
            Storage:     documents
            File:        acme_[STAMP].tar.gz
            Saved at:    [TIME]
            Expires:     never
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_run_gives_programs_its_events_line_by_line() {
    check("run --folder 123 --output jsonl", expect![[r#"
        $ docspace-backup run --folder 123 --output jsonl
        exit code 0
        --- stdout
        {"schema_version":1,"kind":"event","at":"[TIME]","event":"starting"}
        {"schema_version":1,"kind":"event","at":"[TIME]","event":"bound","id":"[ID]","joined":false}
        {"schema_version":1,"kind":"event","at":"[TIME]","event":"confirming","id":"[ID]"}
        {"schema_version":1,"kind":"backup_report","outcome":"completed","exit_code":0,"joined":false,"portal":{"name":"main","host":"http://127.0.0.1:[PORT]","version":"3.7.2.4321"},"backup":{"id":"[ID]","file_name":"acme_[STAMP].tar.gz","storage":"documents","folder":"123","dump":false,"created_on":"[TIME]","expires_on":null,"link":null},"started_at":"[TIME]","finished_at":"[TIME]","duration_seconds":[SECONDS],"progress":100,"polls":2,"error":null,"warnings":[],"notes":[],"notifications":[{"name":"stdout","status":"delivered","attempts":1,"error":null}]}
        --- stderr
        starting the backup
        backup [ID] started
        backup [ID] is over: looking for its copy in the history
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup completed after [DURATION]: 127.0.0.1:[PORT]

        The backup completed successfully.

        Portal:      http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
        Backup ID:   [ID]
        Covers:      this portal
        Started at:  [TIME]
        Finished at: [TIME]
        Duration:    [DURATION]
        Storage:     documents
        File:        acme_[STAMP].tar.gz
        Saved at:    [TIME]
        Expires:     never
    "#]]).await;
}

#[tokio::test]
async fn a_run_gives_a_ci_job_its_summary() {
    check("run --output markdown", expect![[r#"
        $ docspace-backup run --output markdown
        exit code 0
        --- stdout
        ## Backup completed after [DURATION]: 127.0.0.1:[PORT]

        | | |
        |---|---|
        | Portal | http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321) |
        | Backup ID | [ID] |
        | Covers | this portal |
        | Started at | [TIME] |
        | Finished at | [TIME] |
        | Duration | [DURATION] |
        | Storage | temporary |
        | File | acme\_[STAMP].tar.gz |
        | Saved at | [TIME] |
        | Expires | [TIME] |
        | Download link | http://127.0.0.1:[PORT]/storage/backup/root/acme\_[STAMP].tar.gz?expire=1440&amp;auth=[SIGNED].MOCKSIGNATURE |

        Notes:

        - the copy is temporary: the portal deletes it 24 hours after it was made

        Notices:

        - stdout: delivered
        --- stderr
        starting the backup
        backup [ID] started
        backup [ID] is over: looking for its copy in the history
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: Backup completed after [DURATION]: 127.0.0.1:[PORT]

        The backup completed successfully.
        Note: the copy is temporary: the portal deletes it 24 hours after it was made.

        Portal:        http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
        Backup ID:     [ID]
        Covers:        this portal
        Started at:    [TIME]
        Finished at:   [TIME]
        Duration:      [DURATION]
        Storage:       temporary
        File:          acme_[STAMP].tar.gz
        Saved at:      [TIME]
        Expires:       [TIME]
        Download link: http://127.0.0.1:[PORT]/storage/backup/root/acme_[STAMP].tar.gz?expire=1440&auth=[SIGNED].MOCKSIGNATURE
        note: the copy is temporary: the portal deletes it 24 hours after it was made
    "#]]).await;
}

#[tokio::test]
async fn quiet_leaves_the_report_alone() {
    check(
        "run --folder 123 --quiet --no-notify",
        expect![[r#"
            $ docspace-backup run --folder 123 --quiet --no-notify
            exit code 0
            --- stdout
            Backup completed after [DURATION]: 127.0.0.1:[PORT]
              Portal:      http://127.0.0.1:[PORT] (DocSpace 3.7.2.4321)
              Backup ID:   [ID]
              Covers:      this portal
              Started at:  [TIME]
              Finished at: [TIME]
              Duration:    [DURATION]
              Storage:     documents
              File:        acme_[STAMP].tar.gz
              Saved at:    [TIME]
              Expires:     never
            --- stderr
        "#]],
    )
    .await;
}
