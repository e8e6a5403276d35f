//! `delete` where not everything goes: what is told of each backup, and by which exit code.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{Answer, Fault, Operation, Trouble};
use serde_json::Value;

use super::{NEW, OLD, results, with_backups};
use crate::rig::{Program, Signal};

#[tokio::test]
async fn a_failure_stops_nothing_and_each_backup_is_accounted_for() {
    let portal = with_backups().await;
    portal.inject(Fault::on(Operation::DeleteBackup).times(1).answer(Answer::exception(
        500,
        "IOException",
        "The disk is gone",
    )));
    let (document, rows) = results(&portal, "delete --all --yes", 1).await;
    assert_eq!(rows, [["acme_new.tar.gz", "failed"], ["acme_old.tar.gz", "deleted"]]);
    assert_eq!(document["error"]["code"], "not_all_deleted");
    assert_eq!(document["backups"][0]["error"]["status"], 500);
    assert_eq!(portal.deleted(), [OLD]);
}

#[tokio::test]
async fn a_file_that_is_perhaps_left_is_told() {
    let portal = with_backups().await;
    let lost = Fault::on(Operation::DeleteBackup)
        .answer(Answer::exception(500, "IOException", "The disk is gone"))
        .after_effect();
    portal.inject(lost);
    Program::of(&portal).run(&format!("delete {OLD} --yes")).await.shows(expect![[r#"
        $ docspace-backup delete [ID] --yes
        exit code 1
        --- stdout
        0 of 1 backups deleted: http://127.0.0.1:[PORT]
        Backup ID                             File             Storage    Created               Result
        [ID]  acme_old.tar.gz  documents  [TIME]  no longer listed, but its file may be left: cannot delete the backup: status 500; the portal says: The disk is gone
        --- stderr
        warning: files in documents are removed for good, not moved to the trash
        error: no longer listed, but its file may be left: cannot delete the backup: status 500; the portal says: The disk is gone
        hint: look for the file where it was stored, for no list has it any more
    "#]]);
}

#[tokio::test]
async fn a_portal_that_only_says_so_is_not_believed() {
    let portal = with_backups().await;
    portal.inject(Fault::on(Operation::DeleteBackup).answer(Answer::json(200, r#"{"response":true}"#)));
    let (document, rows) = results(&portal, &format!("delete {OLD} --yes"), 1).await;
    assert_eq!(rows, [["acme_old.tar.gz", "still_listed"]]);
    assert_eq!(document["error"]["code"], "still_listed");
}

#[tokio::test]
async fn without_the_second_reading_it_is_done_and_not_proved() {
    let portal = with_backups().await;
    portal.inject(Fault::on(Operation::History).nth(2).always().answer(Answer::gateway(502)));
    let (document, rows) = results(&portal, &format!("delete {OLD} --yes"), 3).await;
    assert_eq!(rows, [["acme_old.tar.gz", "unconfirmed"]]);
    assert_eq!(document["error"], Value::Null);
}

#[tokio::test]
async fn where_nothing_can_be_deleted_the_reason_has_its_own_code() {
    let portal = with_backups().await;
    portal.inject(Fault::on(Operation::DeleteBackup).always().answer(Answer::exception(
        403,
        "SecurityException",
        "Access denied",
    )));
    let (document, rows) = results(&portal, "delete --all --yes", 4).await;
    assert_eq!(rows, [["acme_new.tar.gz", "failed"], ["acme_old.tar.gz", "failed"]]);
    assert_eq!(document["error"]["code"], "forbidden");
    portal.set_troubles([Trouble::Unpaid]);
    Program::of(&portal).run("delete --all --yes").await.exits(13);
    portal.set_troubles([Trouble::KeyRefused]);
    Program::of(&portal).run("delete --all --yes").await.exits(4);
    assert_eq!(portal.deleted(), [""; 0]);
}

#[tokio::test]
async fn a_signal_ends_it_between_two_deletions() {
    let portal = with_backups().await;
    portal.inject(Fault::on(Operation::DeleteBackup).delay(Duration::from_secs(1)));
    let run = Program::of(&portal).start("delete --all --yes -o json");
    portal.wait_for_calls(Operation::DeleteBackup, 1).await;
    run.signal(Signal::Interrupt).await;
    let document = run.finish().await.exits(130).json();
    let results = ["0", "1"].map(|index| document["backups"][index.parse::<usize>().unwrap()]["result"].clone());
    assert_eq!(results, ["unconfirmed", "not_tried"]);
    assert_eq!(portal.deleted(), [NEW]);
}
