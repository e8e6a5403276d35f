//! `history`: what is listed of the backups at the portal, and how large they are where that can be found out.

use expect_test::expect;
use jiff::{SignedDuration, Timestamp};
use mock_portal::{Answer, Fault, MockPortal, NewFolder, Operation, Period, Record, Schedule, StorageType, Trouble};
use serde_json::{Value, json};

use crate::{
    bad_input::{as_it_is, check as check_mistake},
    rig::{Program, portal},
};

/// A record of a copy that was made so many days ago.
fn record(file: &str, days: i64) -> Record {
    Record::new(file, Timestamp::now() - SignedDuration::from_hours(24 * days))
}

/// One copy of each age and kind: in documents, temporary, on a drive.
async fn with_copies() -> MockPortal {
    let portal = portal().await;
    portal.add_record(record("today.tar.gz", 0));
    portal.add_record(Record { storage: StorageType::DataStore, ..record("temporary.tar.gz", 2) });
    portal.add_record(Record { storage: StorageType::ThirdPartyDocuments, ..record("drive.tar.gz", 5) });
    portal.add_record(record("old.tar.gz", 30));
    portal
}

/// The names that are listed, in their order.
async fn listed(portal: &MockPortal, flags: &str) -> Vec<String> {
    let document = Program::of(portal).run(&format!("history -o json {flags}")).await.exits(0).json();
    let name = |backup: &Value| backup["file_name"].as_str().unwrap().to_owned();
    document["backups"].as_array().unwrap().iter().map(name).collect()
}

#[tokio::test]
async fn what_was_asked_for_is_listed_newest_first() {
    let portal = with_copies().await;
    assert_eq!(listed(&portal, "").await, ["today.tar.gz", "temporary.tar.gz", "drive.tar.gz", "old.tar.gz"]);
    assert_eq!(listed(&portal, "--since 7d").await, ["today.tar.gz", "temporary.tar.gz", "drive.tar.gz"]);
    assert_eq!(listed(&portal, "--since 7d --limit 1").await, ["today.tar.gz"]);
    assert_eq!(listed(&portal, "--storage documents").await, ["today.tar.gz", "old.tar.gz"]);
    assert_eq!(listed(&portal, "--storage DataStore").await, ["temporary.tar.gz"]);
    assert_eq!(listed(&portal, "--storage documents --limit 1 --since 2020-01-01").await, ["today.tar.gz"]);
    let at = (Timestamp::now() - SignedDuration::from_hours(24)).to_string();
    assert_eq!(listed(&portal, &format!("--since {at}")).await, ["today.tar.gz"]);
    assert!(listed(&portal, "--since 2100-01-01T00:00:00+02:00").await.is_empty());
}

#[tokio::test]
async fn copies_of_one_second_have_a_fixed_order() {
    let portal = portal().await;
    let at: Timestamp = "2026-07-29T10:15:31Z".parse().unwrap();
    for (id, name) in [("9", "nine"), ("1", "one"), ("5", "five")] {
        let id = format!("{id}0000000-0c55-4f3b-9f38-4a4a0f0d7e11");
        portal.add_record(Record { id, ..Record::new(name, at) });
    }
    assert_eq!(listed(&portal, "").await, ["one", "five", "nine"]);
}

#[tokio::test]
async fn where_nothing_fits_that_is_said() {
    let portal = with_copies().await;
    Program::of(&portal).run("history --storage local").await.shows(expect![[r#"
        $ docspace-backup history --storage local
        exit code 0
        --- stdout
        No such backups.
        --- stderr
    "#]]);
}

/// What is told of the size and the folder of the only copy.
async fn place(program: &Program) -> [Value; 2] {
    let backup = program.run("history -o json").await.exits(0).json()["backups"][0].clone();
    ["size_bytes", "folder"].map(|key| backup[key].clone())
}

#[tokio::test]
async fn sizes_and_folders_are_found_by_the_settings() {
    let portal = with_copies().await;
    let program = Program::of(&portal).add_settings("folder = 123\n");
    let told = program.run("history --storage documents --limit 1").await;
    told.exits(0).prints(expect![[r#"
        Backup ID                             File          Size     Storage    Folder         Created               Expires
        [ID]  today.tar.gz  8.0 KiB  documents  Backups (123)  [TIME]  never
    "#]]);
    let [size, folder] = place(&program).await;
    assert!(size.as_u64().unwrap() > 100, "{size}");
    assert_eq!(folder, json!({ "id": "123", "title": "Backups" }));
}

#[tokio::test]
async fn they_are_found_by_the_schedule() {
    let portal = portal().await;
    portal.add_folder(NewFolder::new("77", "Nightly"));
    portal.put_schedule(Schedule::new(Period::EveryDay, 3).into_folder("77"));
    portal.add_record(Record { folder: Some("77".to_owned()), ..record("x.tar.gz", 1) });
    let [size, folder] = place(&Program::of(&portal)).await;
    assert!(size.is_u64(), "{size}");
    assert_eq!(folder, json!({ "id": "77", "title": "Nightly" }));
}

#[tokio::test]
async fn they_are_found_by_what_this_machine_remembers() {
    let portal = portal().await;
    let program = Program::of(&portal);
    let run = program.run("run --storage third-party-documents --folder sbox-1-backups -o json").await;
    assert_eq!(run.exits(0).json()["backup"]["folder"], "sbox-1-backups");
    assert_eq!(place(&program).await[1]["id"], "sbox-1-backups");
}

#[tokio::test]
async fn a_copy_that_cannot_be_found_is_listed_all_the_same() {
    let portal = with_copies().await;
    let program = Program::of(&portal).add_settings("folder = 123\n");
    portal.inject(Fault::on(Operation::Schedule).always().answer(Answer::gateway(502)));
    portal.inject(Fault::on(Operation::FolderContents).always().hang());
    assert_eq!(place(&program).await, [Value::Null, Value::Null]);
    let told = program.run("history").await;
    assert_eq!(told.exits(0).stdout.lines().count(), 5, "{told}");
    assert_eq!(told.stderr, "", "a size is a nicety");
}

#[tokio::test]
async fn where_no_copy_lies_in_a_folder_nothing_is_looked_for() {
    let portal = portal().await;
    portal.add_record(Record { storage: StorageType::DataStore, ..record("x.tar.gz", 0) });
    assert_eq!(place(&Program::of(&portal).add_settings("folder = 123\n")).await, [Value::Null, Value::Null]);
    let operations: Vec<Operation> = portal.calls().iter().map(|call| call.operation).collect();
    assert_eq!(operations, [Operation::History]);
}

#[tokio::test]
async fn an_unpaid_portal_shows_none() {
    let portal = portal().await;
    portal.set_troubles([Trouble::Unpaid]);
    Program::of(&portal).run("history").await.exits(13);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused() {
    check_mistake(as_it_is, "history --since yesterday", expect![[r#"
        error: invalid value 'yesterday' for '--since <TIME|DURATION>': neither a time nor how long ago: write 7d, 12h, 2026-07-01 or [TIME]

        For more information, try '--help'.
    "#]])
    .await;
    check_mistake(
        as_it_is,
        "history --since -7d",
        expect![[r#"
        error: invalid value '-7d' for '--since <TIME|DURATION>': a length of time above zero is needed

        For more information, try '--help'.
    "#]],
    )
    .await;
    check_mistake(
        as_it_is,
        "history --limit 0",
        expect![[r#"
        error: invalid value '0' for '--limit <N>': number would be zero for non-zero type

        For more information, try '--help'.
    "#]],
    )
    .await;
    check_mistake(
        as_it_is,
        "history --storage cloud",
        expect![[r#"
        error: invalid value 'cloud' for '--storage <WORD>'
          [possible values: temporary, documents, third-party-documents, third-party-storage, local]

        For more information, try '--help'.
    "#]],
    )
    .await;
}
