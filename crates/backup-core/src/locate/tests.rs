//! Where copies are found, in folders of the mock portal.

use std::fmt::Write as _;

use docspace_api::{BackupRecord, FolderId, StorageType};
use expect_test::{Expect, expect};
use mock_portal::{Answer, Config, Fault, MockPortal, NewFile, NewFolder, Operation};

use crate::{
    MostCalls,
    fixture::{OTHER, OURS, client, id, record},
    locate,
};

const THIRD: &str = "cccccccc-0000-0000-0000-000000000003";

/// A portal with two folders, in the first of which 250 newer files lie before the copies.
async fn mock() -> MockPortal {
    let mock = MockPortal::start(Config::default()).await;
    mock.add_folder(NewFolder::new("201", "Nightly"));
    mock.add_folder(NewFolder::new("202", "Elsewhere"));
    let made = |second: i64| jiff::Timestamp::from_second(1_700_000_000 + second).unwrap();
    for number in 0..250 {
        let title = format!("note {number}.txt");
        mock.add_file(NewFile::new("201", title).created(made(1000 + number)));
    }
    mock.add_file(NewFile::new("201", "ours.tar.gz").content(vec![0; 700]).created(made(0)));
    mock.add_file(NewFile::new("202", "other.tar.gz").content(vec![0; 90]).created(made(0)));
    mock
}

fn named(task: &str, file_name: &str) -> BackupRecord {
    BackupRecord { file_name: file_name.into(), ..record(task) }
}

fn records() -> [BackupRecord; 3] {
    [named(OURS, "ours.tar.gz"), named(OTHER, "other.tar.gz"), named(THIRD, "third.tar.gz")]
}

async fn check(mock: &MockPortal, records: &[BackupRecord], folders: &[&str], most: u32, expected: Expect) {
    let folders: Vec<FolderId> = folders.iter().map(|folder| folder.parse().unwrap()).collect();
    let locations = locate(&client(mock), records, &folders, MostCalls(most)).await;
    let mut text = String::new();
    for (task, location) in &locations.found {
        let (folder, size) = (&location.folder.title, location.file.size);
        let _ = writeln!(text, "{task} in {folder}, {size:?}");
    }
    for (folder, failure) in &locations.failures {
        let _ = writeln!(text, "{folder}: {}", failure.message);
    }
    let _ = writeln!(text, "{} calls{}", mock.calls().len(), if locations.is_cut_short { ", cut short" } else { "" });
    expected.assert_eq(&text);
}

#[tokio::test]
async fn copies_are_found_by_name_with_one_listing_of_a_folder_for_all() {
    check(
        &mock().await,
        &records(),
        &["201", "202", "201"],
        20,
        expect![[r#"
        aaaaaaaa-0000-0000-0000-000000000001 in Nightly, Some(700)
        bbbbbbbb-0000-0000-0000-000000000002 in Elsewhere, Some(90)
        4 calls
    "#]],
    )
    .await;
}

#[tokio::test]
async fn nothing_is_listed_beyond_what_is_sought() {
    check(
        &mock().await,
        &[named(OTHER, "other.tar.gz")],
        &["202", "201"],
        20,
        expect![[r#"
        bbbbbbbb-0000-0000-0000-000000000002 in Elsewhere, Some(90)
        1 calls
    "#]],
    )
    .await;
    check(
        &mock().await,
        &[],
        &["201"],
        20,
        expect![[r#"
        0 calls
    "#]],
    )
    .await;
}

#[tokio::test]
async fn the_calls_are_limited() {
    check(
        &mock().await,
        &records(),
        &["201", "202"],
        3,
        expect![[r#"
        bbbbbbbb-0000-0000-0000-000000000002 in Elsewhere, Some(90)
        3 calls, cut short
    "#]],
    )
    .await;
    check(
        &mock().await,
        &records(),
        &["201"],
        0,
        expect![[r#"
        0 calls, cut short
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_listed_hides_no_other() {
    let mock = mock().await;
    mock.inject(Fault::on(Operation::FolderContents).answer(Answer::empty(404)));
    check(
        &mock,
        &records(),
        &["999", "202"],
        20,
        expect![[r#"
        bbbbbbbb-0000-0000-0000-000000000002 in Elsewhere, Some(90)
        999: cannot list the folder: not found (404)
        2 calls
    "#]],
    )
    .await;
}

#[tokio::test]
async fn only_what_lies_in_folders_is_sought_and_in_those_of_its_kind() {
    let elsewhere = |storage| BackupRecord { storage, ..named(OTHER, "other.tar.gz") };
    let records = [
        elsewhere(StorageType::DataStore),
        elsewhere(StorageType::Local),
        elsewhere(StorageType::ThirdPartyConsumer),
        elsewhere(StorageType::ThirdpartyDocuments),
    ];
    check(
        &mock().await,
        &records,
        &["202"],
        20,
        expect![[r#"
        0 calls
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_copy_on_a_drive_is_found_there() {
    let mock = mock().await;
    mock.add_file(NewFile::new("sbox-1-backups", "drive.tar.gz").content(vec![0; 5]));
    let record = BackupRecord { storage: StorageType::ThirdpartyDocuments, ..named(THIRD, "drive.tar.gz") };
    check(
        &mock,
        &[record],
        &["202", "sbox-1-backups"],
        20,
        expect![[r#"
        cccccccc-0000-0000-0000-000000000003 in Backups, Some(5)
        1 calls
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_name_that_only_resembles_is_not_the_copy() {
    let mock = mock().await;
    mock.add_file(NewFile::new("202", "third.tar.gz (1)"));
    mock.add_file(NewFile::new("202", "Third.tar.gz"));
    let found = locate(&client(&mock), &[named(THIRD, "third.tar.gz")], &[202.into()], MostCalls::default()).await;
    assert!(found.found.is_empty() && !found.is_cut_short, "{found:?}");
    assert_eq!(found.found.get(&id(THIRD)), None);
}
