//! `folders`: the id behind a name, for people and for scripts.

use expect_test::expect;
use mock_portal::{Answer, Fault, MockPortal, NewFolder, Operation};

use crate::rig::{Program, portal};

/// Two rooms, each with a folder called "Backups".
async fn with_rooms() -> MockPortal {
    let portal = portal().await;
    for folder in [
        NewFolder::room("200", "Operations"),
        NewFolder::new("201", "Nightly").within("200"),
        NewFolder::room("300", "Customers\u{1b}[31m"),
        NewFolder::new("301", "nightly").within("300").closed(),
    ] {
        portal.add_folder(folder);
    }
    portal
}

#[tokio::test]
async fn the_uppermost_folders_are_listed_without_a_name() {
    let portal = with_rooms().await;
    Program::of(&portal).run("folders").await.shows(expect![[r#"
        $ docspace-backup folders
        exit code 0
        --- stdout
        Folder ID  Path                  Takes backups
        1          My documents          yes
        123        My documents/Backups  yes
        300        Customers             yes
        200        Operations            yes
        --- stderr
    "#]]);
}

#[tokio::test]
async fn a_path_finds_one_folder_and_its_id_is_in_the_document() {
    let portal = with_rooms().await;
    let found = Program::of(&portal).run("folders Operations/Nightly --output json").await.exits(0).json();
    assert_eq!(found["kind"], "folders");
    assert_eq!(found["folders"].as_array().unwrap().len(), 1);
    let folder = &found["folders"][0];
    assert_eq!([&folder["id"], &folder["path"], &folder["title"]], ["201", "Operations/Nightly", "Nightly"]);
    assert_eq!(folder["takes_backups"], true);
}

#[tokio::test]
async fn an_id_shows_the_path_to_its_folder() {
    let portal = with_rooms().await;
    Program::of(&portal).run("folders 201 --output markdown").await.exits(0).prints(expect![[r#"
        | Folder ID | Path | Takes backups |
        |---|---|---|
        | 201 | Operations/Nightly | yes |
    "#]]);
}

#[tokio::test]
async fn a_name_that_two_folders_have_is_no_answer_and_both_are_shown() {
    let portal = with_rooms().await;
    Program::of(&portal).run("folders nightly").await.shows(expect![[r#"
        $ docspace-backup folders nightly
        exit code 2
        --- stdout
        Folder ID  Path                Takes backups
        301        Customers/nightly   no
        201        Operations/Nightly  yes
        --- stderr
        error: 2 folders are called nightly
        hint: give more of the path, a "/" before the whole of it, or take the id
    "#]]);
    let document = Program::of(&portal).run("folders nightly --output json").await.exits(2).json();
    assert_eq!(document["error"]["code"], "ambiguous_folder");
    assert_eq!(document["folders"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_name_that_no_folder_has_is_not_found() {
    let portal = with_rooms().await;
    Program::of(&portal).run("folders Nowhere").await.shows(expect![[r#"
        $ docspace-backup folders Nowhere
        exit code 10
        --- stdout
        --- stderr
        error: no folder is called Nowhere
        hint: `docspace-backup folders` lists the uppermost ones; only what the key's owner sees is found
    "#]]);
    Program::of(&portal).run("folders /").await.exits(10);
    Program::of(&portal).run_words(&["folders", ""]).await.exits(2).mentions("an empty name");
}

#[tokio::test]
async fn what_could_not_be_looked_into_is_told() {
    let portal = with_rooms().await;
    portal.inject(Fault::on(Operation::FolderContents).answer(Answer::empty(403)).nth(2).times(1));
    Program::of(&portal).run("folders Nightly").await.mentions("1 of the folders could not be looked into");
}

#[tokio::test]
async fn a_key_that_is_not_accepted_finds_nothing() {
    let portal = with_rooms().await;
    portal.set_troubles([mock_portal::Trouble::KeyRefused]);
    Program::of(&portal).run("folders").await.exits(4).mentions("the key is not accepted");
}
