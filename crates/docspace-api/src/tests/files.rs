//! Folders, rooms and sections: what is asked for, and how a file is found page by page.

use expect_test::expect;

use super::{
    chain, portal,
    request::lines,
    scripted::{Scripted, Turn},
    told,
};
use crate::{DownloadSource, FileId, FolderId, Listing, Portal, Show};

/// A page as portals send it, with these files, and with a total if there is one.
fn page(files: &str, total: Option<u32>) -> Turn {
    let total = total.map_or_else(String::new, |total| format!(r#","total":{total}"#));
    Turn::response(&format!(r#"{{"files":[{files}],"folders":[],"current":{{"id":1,"title":"x"}}{total}}}"#))
}

/// So many rows of files, numbered from `first` on and called after their numbers.
fn rows(first: u32, count: u32) -> String {
    let row = |id| format!(r#"{{"id":{id},"title":"{id}.tar.gz"}}"#);
    (first..first + count).map(row).collect::<Vec<_>>().join(",")
}

#[test]
fn every_call_can_be_made_from_a_task_of_its_own() {
    fn sendable<T: Send>(_: T) {}
    let portal: Portal = portal("http://127.0.0.1:9");
    let (folder, source) = (FolderId::Number(1), DownloadSource::File(1.into()));
    sendable(portal.list_folder(&folder, Listing::default()));
    sendable(portal.find_file(&folder, "x"));
    sendable(portal.download(&source, 0));
    sendable(async { portal.download(&source, 0).await?.chunk().await });
}

#[tokio::test]
async fn folders_are_looked_up() {
    let one = r#"{"id":1,"title":"x"}"#;
    let inside = format!(r#"{{"current":{one}}}"#);
    let server = Scripted::start([one, &inside, &inside, &format!("[{inside}]")].map(Turn::response)).await;
    let portal = portal(server.base());
    assert_eq!(portal.folder(&FolderId::Number(1)).await.unwrap().title, "x");
    assert_eq!(portal.my_documents().await.unwrap().id, FolderId::Number(1));
    assert_eq!(portal.rooms(100).await.unwrap().start_index, 100);
    assert_eq!(portal.sections().await.unwrap().len(), 1);
    expect![[r#"
        GET /api/2.0/files/folder/1 HTTP/1.1
        GET /api/2.0/files/@my?count=1 HTTP/1.1
        GET /api/2.0/files/rooms?sortBy=AZ&sortOrder=ascending&count=100&startIndex=100 HTTP/1.1
        GET /api/2.0/files/@root?count=1 HTTP/1.1"#]]
    .assert_eq(&lines(&server.finish()));
}

#[tokio::test]
async fn a_folder_is_listed_without_what_lies_below() {
    let listings = [
        Listing::of(Show::FilesOnly),
        Listing { count: 0, ..Listing::of(Show::FoldersOnly) },
        Listing { start_index: 200, count: 101, ..Listing::default() },
    ];
    let server = Scripted::start(vec![page("", None); listings.len()]).await;
    for listing in listings {
        portal(server.base()).list_folder(&FolderId::Number(1), listing).await.unwrap();
    }
    expect![[r#"
        GET /api/2.0/files/1?filterType=1&withSubFolders=false&sortBy=DateAndTimeCreation&sortOrder=descending&count=100&startIndex=0 HTTP/1.1
        GET /api/2.0/files/1?filterType=2&withSubFolders=false&sortBy=AZ&sortOrder=ascending&count=1&startIndex=0 HTTP/1.1
        GET /api/2.0/files/1?withSubFolders=false&sortBy=DateAndTimeCreation&sortOrder=descending&count=100&startIndex=200 HTTP/1.1"#]].assert_eq(&lines(&server.finish()));
}

#[tokio::test]
async fn an_id_is_one_segment_of_the_path() {
    let ids = ["sbox-123-|Backups", "../../people/@self", "a/b?c=d#e", "%2e%2e", " ü"];
    let server = Scripted::start(vec![Turn::response(r#"{"id":1}"#); ids.len()]).await;
    let portal = portal(&format!("{}/docs", server.base()));
    for id in ids {
        portal.folder(&FolderId::Text(id.into())).await.unwrap();
    }
    expect![[r#"
        GET /docs/api/2.0/files/folder/sbox-123-%7CBackups HTTP/1.1
        GET /docs/api/2.0/files/folder/..%2F..%2Fpeople%2F%40self HTTP/1.1
        GET /docs/api/2.0/files/folder/a%2Fb%3Fc%3Dd%23e HTTP/1.1
        GET /docs/api/2.0/files/folder/%252e%252e HTTP/1.1
        GET /docs/api/2.0/files/folder/%20%C3%BC HTTP/1.1"#]]
    .assert_eq(&lines(&server.finish()));
}

#[tokio::test]
async fn an_id_that_no_path_can_hold_is_not_asked_for() {
    let server = Scripted::start([]).await;
    for id in ["", ".", ".."] {
        let error = portal(server.base()).folder(&FolderId::Text(id.into())).await.unwrap_err();
        assert_eq!(chain(&error), "cannot look up the folder: not found (404): no folder has such an id", "{id:?}");
    }
    server.finish();
}

/// Looks for `7.tar.gz` on these pages, and tells what is found and what was asked for.
async fn found(pages: impl IntoIterator<Item = Turn>) -> String {
    let server = Scripted::start(pages).await;
    let result = portal(server.base()).find_file(&FolderId::Number(1), "7.tar.gz").await;
    let found = match result {
        Ok(file) => format!("{:?}", file.map(|file| file.id)),
        Err(error) => chain(&error),
    };
    let calls = server.finish();
    let starts = calls.iter().filter_map(|call| call.lines().next()?.split_once("startIndex="));
    let starts: Vec<_> = starts.map(|(_, rest)| rest.trim_end_matches(" HTTP/1.1")).collect();
    format!("{found} from {}", starts.join(" "))
}

#[tokio::test]
async fn a_title_must_be_equal_to_the_letter() {
    let near = ["7.tar.GZ", " 7.tar.gz", "7.tar.gz ", "7.tar.gz.part", "17.tar.gz", "7.tar (1).gz"];
    let near: String = near.iter().map(|title| format!(r#"{{"id":1,"title":"{title}"}},"#)).collect();
    let hit = r#"{"id":2,"title":"7.tar.gz"}"#;
    assert_eq!(found([page(&format!("{near}{hit}"), None)]).await, "Some(Number(2)) from 0");
    assert_eq!(found([page(near.trim_end_matches(','), None)]).await, "None from 0");
}

#[tokio::test]
async fn of_several_files_the_newest_is_taken() {
    let file = |id, created| format!(r#"{{"id":{id},"title":"7.tar.gz","created":"{created}"}}"#);
    let files = [file(1, "2026-07-29T13:15:30.0000000+03:00"), file(2, "2026-07-29T10:15:31Z"), file(3, "")];
    assert_eq!(found([page(&files.join(","), None)]).await, "Some(Number(2)) from 0");
    let without_times = [file(4, ""), file(5, "")];
    assert_eq!(found([page(&without_times.join(","), None)]).await, "Some(Number(4)) from 0");
}

#[tokio::test]
async fn pages_are_turned_until_the_file_is_there() {
    let pages = || [page(&rows(100, 100), Some(250)), page(&rows(200, 100), Some(250))];
    assert_eq!(
        found(pages().into_iter().chain([page(&rows(1, 50), Some(250))])).await,
        "Some(Number(7)) from 0 100 200"
    );
    assert_eq!(found(pages().into_iter().chain([page(&rows(300, 50), Some(250))])).await, "None from 0 100 200");
}

#[tokio::test]
async fn without_a_total_a_page_that_is_not_full_is_the_last() {
    assert_eq!(found([page(&rows(100, 99), None)]).await, "None from 0");
    assert_eq!(found([page(&rows(100, 100), None), page("", None)]).await, "None from 0 100");
}

#[tokio::test]
async fn a_total_that_is_too_large_does_not_turn_pages_for_ever() {
    assert_eq!(found([page("", Some(1000))]).await, "None from 0");
    assert_eq!(found([page(&rows(100, 3), Some(1000)), page("", Some(1000))]).await, "None from 0 3");
}

#[tokio::test]
async fn a_row_that_cannot_be_read_counts_as_one() {
    let garbled = format!("null,{}", rows(100, 99));
    assert_eq!(found([page(&garbled, None), page(&rows(1, 50), None)]).await, "Some(Number(7)) from 0 100");
}

#[tokio::test]
async fn a_page_that_repeats_itself_ends_the_search() {
    expect!["cannot find the file: the answer cannot be understood: two pages of the folder are the same from 0 100"]
        .assert_eq(&found(vec![page(&rows(100, 100), None); 2]).await);
}

/// A full page of other files, wherever it begins.
fn endless(call: &str) -> Turn {
    let start = call.split_once("startIndex=").and_then(|(_, rest)| rest.split_once(' ')).unwrap().0;
    page(&rows(1000 + start.parse::<u32>().unwrap(), 100), None)
}

#[tokio::test]
async fn a_search_ends_after_10_000_files() {
    let told = found(vec![Turn::By(endless); 100]).await;
    expect!["cannot find the file: the answer is too large: the folder holds too many files to look through"]
        .assert_eq(told.split_once(" from").unwrap().0);
    assert!(told.ends_with(" 9900"), "{told}");
}

#[tokio::test]
async fn a_folder_that_is_refused_is_no_empty_folder() {
    for (status, expected) in [(403, "Forbidden(Scope) after 1"), (404, "NotFound after 1")] {
        let server = Scripted::start([Turn::answer(status, "")]).await;
        let result =
            portal(server.base()).find_file(&FolderId::Number(1), "x").await.map(|file| file.map(|file| file.id));
        assert_eq!(told::<Option<FileId>>(&result), expected);
        server.finish();
    }
}
