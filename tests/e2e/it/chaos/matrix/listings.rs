//! Folders and files (gotchas 22 and 23): pages, folders first, sizes for people, and addresses of nobody's.

use mock_portal::{Answer, MockPortal, NewFile, NewFolder, Operation, Record};

use super::names::on;
use crate::chaos::scenario::{Ends, Fine, IntoSetUp, Scenario, row};

use Operation::FolderContents;

const HISTORY: &str = "history";
const DONE: Ends = ("backup_history", 0, 0, 0);
const FOUND: Ends = ("folders", 0, 0, 0);

const SIZE: &str = "/backups/0/size_bytes";
const PLACE: &str = "/backups/0/folder/id";
const FIRST: &str = "/folders/0/id";

/// More files or folders than two pages have.
const MANY: u32 = 250;
/// The most calls for one history, and for one search.
const MOST_LISTINGS: usize = 20;

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    vec![
        sized("22: the address of the copy is nobody's", Fine).tells(PLACE, "123").leaves("nobody went there", |portal| portal.calls_of(Operation::Download).is_empty()),
        sized("23: the copy is on the third page", many_files).tells(PLACE, "123").leaves("three pages", |portal| listings(portal) == 3),
        sized("23: many folders stand before the copy", many_folders).tells(PLACE, "123").leaves("one page", |portal| listings(portal) == 1),
        sized("23: a copy of the same name lies in a folder below", below).tells(PLACE, "123"),
        sized("23: a size for people alone", on(FolderContents).always().answer(page(r#""contentLength":"1.2 MB""#, 1))).tells(PLACE, "123").tells(SIZE, "null"),
        sized("23: a size that is none", on(FolderContents).always().answer(page(r#""pureContentLength":"many""#, 1))).tells(PLACE, "123").tells(SIZE, "null"),
        sized("23: a size of 9 GB, as text", on(FolderContents).always().answer(page(r#""pureContentLength":"9000000000""#, 1))).tells(SIZE, "9000000000"),
        sized("23: a total that never ends", on(FolderContents).always().answer(other_page())).tells(SIZE, "null").leaves("an end of the calls", |portal| listings(portal) <= MOST_LISTINGS),
        sized("23: the folder is gone", on(FolderContents).always().status(404)).tells(SIZE, "null"),
        sized("23: the folder may not be seen", on(FolderContents).always().status(403)).tells(SIZE, "null"),
        found("23: the last of many rooms", "folders Room249", many_rooms).tells(FIRST, "1249"),
        found("23: the last of many folders", "folders Folder249", many_folders).tells(FIRST, "1249"),
        found("23: many files stand in no way", "folders Backups", many_files).tells(FIRST, "123"),
        row("23: a name that many folders have", "folders same", many_of_a_name, ("folders: ambiguous_folder", 2, 0, 0)),
        row("23: a name that no folder has", "folders Nowhere", many_rooms, ("folders: no_such_folder", 10, 0, 0)),
        row("23: folders that lie in themselves", "folders Nowhere", on(FolderContents).always().answer(circle()), ("folders: no_such_folder", 10, 0, 0)).says("more folders than were looked into").leaves("an end of the calls", |portal| listings(portal) <= 200),
        found("23: a title with escape sequences", "folders 1249", |portal: &MockPortal| portal.add_folder(NewFolder::new("1249", "\u{1b}[2J\u{202e}x"))).tells(FIRST, "1249"),
        found("23: a folder that takes nothing", "folders 1249", |portal: &MockPortal| portal.add_folder(NewFolder::new("1249", "x").closed())).tells("/folders/0/takes_backups", "false"),
        row("23: an id that no folder has", "folders 4711", Fine, ("folders: no_such_folder", 10, 0, 0)),
    ]
}

/// Of a portal with one copy in a folder that its schedule names.
fn sized(name: &str, set_up: impl IntoSetUp) -> Scenario {
    row(name, HISTORY, set_up, DONE).and(copy)
}

fn found(name: &str, line: &'static str, set_up: impl IntoSetUp) -> Scenario {
    row(name, line, set_up, FOUND)
}

/// The copy that is looked for, older than all other files.
pub(super) fn copy(portal: &MockPortal) {
    let schedule = mock_portal::Schedule::new(mock_portal::Period::EveryMonth(31), 3).into_folder("123");
    portal.put_schedule(mock_portal::Schedule { last_backup: Some(jiff::Timestamp::now()), ..schedule });
    portal.add_record(Record::new("copy.tar.gz", jiff::Timestamp::UNIX_EPOCH));
}

fn listings(portal: &MockPortal) -> usize {
    portal.calls_of(FolderContents).len()
}

fn many_files(portal: &MockPortal) {
    (0..MANY).for_each(|number| portal.add_file(NewFile::new("123", format!("{number}.docx"))));
}

fn many_folders(portal: &MockPortal) {
    (0..MANY).for_each(|number| add(portal, number, "Folder"));
}

fn add(portal: &MockPortal, number: u32, title: &str) {
    portal.add_folder(NewFolder::new((1000 + number).to_string(), format!("{title}{number}")).within("123"));
}

fn many_rooms(portal: &MockPortal) {
    (0..MANY).for_each(|number| {
        portal.add_folder(NewFolder::room((1000 + number).to_string(), format!("Room{number}")));
    });
}

fn many_of_a_name(portal: &MockPortal) {
    (0..MANY).for_each(|number| portal.add_folder(NewFolder::new((1000 + number).to_string(), "Same").within("123")));
}

fn below(portal: &MockPortal) {
    portal.add_folder(NewFolder::new("1000", "Below").within("123"));
    portal.add_file(NewFile::new("1000", "copy.tar.gz").content("x"));
}

/// A page with the copy, whose size is told so.
fn page(size: &str, total: u64) -> Answer {
    listing(&format!(r#"[{{"id":1001,"folderId":123,"title":"copy.tar.gz",{size}}}]"#), "[]", total)
}

/// A page of files that are not meant, of very many.
fn other_page() -> Answer {
    let files: Vec<String> =
        (0..100).map(|id| format!(r#"{{"id":{id},"folderId":123,"title":"{id}.docx"}}"#)).collect();
    listing(&format!("[{}]", files.join(",")), "[]", 1_000_000_000)
}

/// A folder in which a folder lies, whichever it is.
fn circle() -> Answer {
    listing("[]", r#"[{"id":55,"parentId":55,"title":"In itself","security":{"Create":true}}]"#, 1)
}

fn listing(files: &str, folders: &str, total: u64) -> Answer {
    let current = r#"{"id":123,"parentId":1,"title":"Backups","rootFolderType":5}"#;
    Answer::json(
        200,
        format!(
            r#"{{"response":{{"files":{files},"folders":{folders},"current":{current},"pathParts":[],"startIndex":0,"count":100,"total":{total},"new":0}},"count":1}}"#
        ),
    )
}
