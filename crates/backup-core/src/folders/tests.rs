//! What people call a folder, against the mock portal's tree.

use docspace_api::{Address, ClientOptions, Credential, PlainHttp, Portal, Proxy};
use expect_test::{Expect, expect};
use mock_portal::{Answer, Config, DEMO_KEY, Fault, MockPortal, NewFolder, Operation};

use super::{FolderSearch, find_folders, top_folders};

/// Two rooms, each with a folder called "Backups", one of them with more below.
async fn portal() -> (MockPortal, Portal) {
    let mock = MockPortal::start(Config::default()).await;
    for folder in [
        NewFolder::room("200", "Operations"),
        NewFolder::new("201", "Backups").within("200"),
        NewFolder::new("202", "Nightly").within("201"),
        NewFolder::room("300", "Customers"),
        NewFolder::new("301", "backups").within("300"),
        NewFolder::new("302", "a/b").within("300").closed(),
    ] {
        mock.add_folder(folder);
    }
    let address = Address::parse(&mock.url(), PlainHttp::LoopbackOnly).unwrap();
    let options = ClientOptions { proxy: Proxy::None, ..ClientOptions::default() };
    let client = Portal::new(address, Credential::parse(DEMO_KEY).unwrap(), options).unwrap();
    (mock, client)
}

fn shown(search: &FolderSearch) -> String {
    let rows = search
        .found
        .iter()
        .map(|found| format!("{} {} takes backups: {:?}\n", found.folder.id, found.path_text(), found.takes_backups()));
    rows.collect()
}

async fn check(text: &str, expected: Expect) {
    let (_mock, client) = portal().await;
    expected.assert_eq(&shown(&find_folders(&client, text).await.unwrap()));
}

#[tokio::test]
async fn the_uppermost_folders_are_my_documents_what_lies_in_it_and_the_rooms() {
    let (_mock, client) = portal().await;
    expect![[r#"
        1 My documents takes backups: Some(true)
        123 My documents/Backups takes backups: Some(true)
        300 Customers takes backups: Some(true)
        200 Operations takes backups: Some(true)
    "#]]
    .assert_eq(&shown(&top_folders(&client).await.unwrap()));
}

#[tokio::test]
async fn a_name_finds_every_folder_that_is_called_so() {
    check(
        "Backups",
        expect![[r#"
        123 My documents/Backups takes backups: Some(true)
        301 Customers/backups takes backups: Some(true)
        201 Operations/Backups takes backups: Some(true)
    "#]],
    )
    .await;
    check(
        "nightly",
        expect![[r#"
        202 Operations/Backups/Nightly takes backups: Some(true)
    "#]],
    )
    .await;
    check(
        "a/b",
        expect![[r#"
        302 Customers/a/b takes backups: Some(false)
    "#]],
    )
    .await;
    check("nowhere", expect![[r#""#]]).await;
}

#[tokio::test]
async fn a_path_tells_two_of_one_name_apart() {
    check(
        "Operations/Backups",
        expect![[r#"
        201 Operations/Backups takes backups: Some(true)
    "#]],
    )
    .await;
    check(
        "/Customers/Backups/",
        expect![[r#"
        301 Customers/backups takes backups: Some(true)
    "#]],
    )
    .await;
    check("/Backups", expect![[r#""#]]).await;
}

#[tokio::test]
async fn a_number_is_an_id() {
    check(
        "202",
        expect![[r#"
        202 Operations/Backups/Nightly takes backups: Some(true)
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_listed_hides_no_other() {
    let (mock, client) = portal().await;
    mock.inject(Fault::on(Operation::FolderContents).answer(Answer::empty(403)).nth(2).times(1));
    let search = find_folders(&client, "Nightly").await.unwrap();
    assert_eq!((search.unread, search.is_cut_short), (1, false), "{search:?}{}", mock.log());
}
