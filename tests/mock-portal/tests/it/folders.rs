//! Folders and their listings.

use expect_test::{Expect, expect};
use mock_portal::{Caller, Config, DEMO_KEY, NewFile, NewFolder, Role, Scope, Trouble};
use serde_json::{Value, json};

use crate::client::Client;

pub(crate) const FOLDER: &str = "/api/2.0/files/123";

/// Folders, files, and start, count and total of a listing.
pub(crate) fn titles(listing: &Value) -> String {
    let of = |kind: &str| {
        let entries = listing[kind].as_array().unwrap().iter();
        entries.map(|entry| entry["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    let numbers = ["startIndex", "count", "total"].map(|name| listing[name].to_string()).join("/");
    format!("{} | {} | {numbers}", of("folders"), of("files"))
}

/// A folder with files of three days, another folder in it, and a file in that.
async fn filled() -> Client {
    let client = Client::new().await;
    client.portal.add_folder(NewFolder::new("124", "Older").within("123"));
    client.portal.add_folder(NewFolder::new("125", "Nightly").within("123"));
    for (folder, title, day) in [("123", "b", 2), ("123", "a", 1), ("123", "c", 3), ("124", "deep", 4)] {
        let created = format!("2026-07-0{day}T00:00:00Z").parse().unwrap();
        client.portal.add_file(NewFile::new(folder, title).content("text").created(created));
    }
    client
}

async fn check(client: &Client, queries: &[&str], expected: Expect) {
    let mut table = String::new();
    for query in queries {
        let answer = client.get(&format!("{FOLDER}{query}")).await;
        let told = if answer.status == 200 { titles(&answer.response()) } else { answer.shape() };
        table.push_str(&format!("{query}: {told}\n"));
    }
    expected.assert_eq(&table);
}

#[tokio::test]
async fn folders_come_first_and_files_newest_first_unless_asked_otherwise() {
    check(
        &filled().await,
        &["", "?sortBy=AZ", "?sortBy=AZ&sortOrder=descending", "?sortBy=DateAndTimeCreation&sortOrder=ascending"],
        expect![[r#"
            : Older Nightly | c b a | 0/5/5
            ?sortBy=AZ: Nightly Older | a b c | 0/5/5
            ?sortBy=AZ&sortOrder=descending: Older Nightly | c b a | 0/5/5
            ?sortBy=DateAndTimeCreation&sortOrder=ascending: Older Nightly | a b c | 0/5/5
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_page_is_filled_by_folders_first() {
    check(
        &filled().await,
        &["?count=3", "?count=3&startIndex=3", "?startIndex=9", "?count=1&startIndex=1"],
        expect![[r#"
            ?count=3: Older Nightly | c | 0/3/5
            ?count=3&startIndex=3:  | b a | 3/2/5
            ?startIndex=9:  |  | 9/0/5
            ?count=1&startIndex=1: Nightly |  | 1/1/5
        "#]],
    )
    .await;
}

#[tokio::test]
async fn any_filter_makes_a_listing_recursive_unless_subfolders_are_refused() {
    check(
        &filled().await,
        &[
            "?withSubFolders=true",
            "?filterType=1",
            "?filterType=FilesOnly&withSubFolders=False",
            "?filterType=2",
            "?filterValue=EE",
            "?filterType=7",
        ],
        expect![[r#"
            ?withSubFolders=true: Older Nightly | c b a | 0/5/5
            ?filterType=1:  | deep c b a | 0/4/4
            ?filterType=FilesOnly&withSubFolders=False:  | c b a | 0/3/3
            ?filterType=2: Older Nightly |  | 0/2/2
            ?filterValue=EE:  | deep | 0/1/1
            ?filterType=7:  |  | 0/0/0
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_page_has_one_to_a_hundred_entries() {
    check(
        &filled().await,
        &["?count=100", "?count=101", "?count=0", "?count=ten", "?startIndex=-1", "?filterType=1&withSubFolders=maybe"],
        expect![[r#"
            ?count=100: Older Nightly | c b a | 0/5/5
            ?count=101: 400 C "One or more validation errors occurred." 1/400
            ?count=0: 400 C "One or more validation errors occurred." 1/400
            ?count=ten: 400 C "One or more validation errors occurred." 1/400
            ?startIndex=-1: 400 C "One or more validation errors occurred." 1/400
            ?filterType=1&withSubFolders=maybe: 400 C "One or more validation errors occurred." 1/400
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_file_tells_its_size_twice_and_a_host_that_only_the_portal_knows() {
    let client = Client::new().await;
    let created = "2026-07-29T10:15:30.5Z".parse().unwrap();
    client.portal.add_file(NewFile::new("123", "acme.tar.gz").content(vec![7; 1536]).created(created));
    let listing = client.get(FOLDER).await.response();
    expect![[r#"
        {
          "id": 1001,
          "folderId": 123,
          "title": "acme.tar.gz",
          "version": 1,
          "versionGroup": 1,
          "contentLength": "1.50 KB",
          "fileStatus": 0,
          "fileType": 1,
          "fileExst": ".gz",
          "viewUrl": "http://docspace.internal:8092/filehandler.ashx?action=download&fileid=1001",
          "rootFolderId": 1,
          "rootFolderType": 5,
          "fileEntryType": 2,
          "created": "2026-07-29T10:15:30.5000000Z",
          "updated": "2026-07-29T10:15:30.5000000Z",
          "security": {
            "Read": true,
            "Download": true,
            "Delete": true
          },
          "pureContentLength": 1536,
          "createdBy": {
            "id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef",
            "displayName": "Key Owner"
          },
          "updatedBy": {
            "id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef",
            "displayName": "Key Owner"
          },
          "access": 0,
          "shared": false
        }"#]]
    .assert_eq(&format!("{:#}", listing["files"][0]));
}

#[tokio::test]
async fn an_empty_file_has_no_size_in_bytes() {
    let client = Client::new().await;
    client.portal.add_file(NewFile::new("123", "empty"));
    let file = client.get(FOLDER).await.response()["files"][0].clone();
    assert_eq!((file["contentLength"].as_str(), file.get("pureContentLength")), (Some("0 bytes"), None));
}

#[tokio::test]
async fn a_folder_tells_its_place_its_rights_and_whether_it_is_a_room() {
    let client = Client::new().await;
    client.portal.add_folder(NewFolder::room("200", "Customers"));
    client.portal.add_folder(NewFolder::new("201", "Private").within("200").closed());
    let folder = client.get("/api/2.0/files/folder/201").await.response();
    expect![[r#"
        {
          "id": 201,
          "parentId": 200,
          "title": "Private",
          "filesCount": 0,
          "foldersCount": 0,
          "rootFolderId": 2,
          "rootFolderType": 14,
          "fileEntryType": 1,
          "new": 0,
          "created": "2026-01-02T03:04:05.0000000Z",
          "updated": "2026-01-02T03:04:05.0000000Z",
          "security": {
            "Read": true,
            "Create": false,
            "Delete": false,
            "Rename": false
          },
          "createdBy": {
            "id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef",
            "displayName": "Key Owner"
          },
          "updatedBy": {
            "id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef",
            "displayName": "Key Owner"
          },
          "access": 0,
          "shared": false
        }"#]]
    .assert_eq(&format!("{folder:#}"));
    let listing = client.get("/api/2.0/files/201").await.response();
    assert_eq!(
        listing["pathParts"],
        json!([{"id": 2, "title": "Rooms"}, {"id": 200, "title": "Customers", "roomType": 5}, {"id": 201, "title": "Private"}])
    );
}

#[tokio::test]
async fn sections_own_documents_and_rooms_have_paths_of_their_own() {
    let client = Client::new().await;
    client.portal.add_folder(NewFolder::room("200", "Customers"));
    client.portal.add_folder(NewFolder::room("300", "Finished").within("3"));
    let mine = client.get("/api/2.0/files/@my").await.response();
    assert_eq!((&mine["current"]["id"], &mine["current"]["rootFolderType"]), (&json!(1), &json!(5)));
    assert_eq!(mine["folders"][0]["id"], 123);
    let rooms = client.get("/api/2.0/files/rooms").await.response();
    assert_eq!((&rooms["folders"][0]["title"], &rooms["folders"][0]["roomType"]), (&json!("Customers"), &json!(5)));
    let archived = client.get("/api/2.0/files/rooms?searchArea=Archive").await.response();
    assert_eq!(archived["folders"][0]["title"], "Finished");
    let sections = client.get("/api/2.0/files/@root").await;
    assert_eq!(sections.json()["count"], 5);
    let roots: Vec<_> =
        sections.response().as_array().unwrap().iter().map(|root| root["current"]["id"].clone()).collect();
    assert_eq!(roots, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_drive_has_ids_of_text() {
    let client = Client::new().await;
    client.portal.add_folder(NewFolder::new("sbox-1-|Café", "Café").within("sbox-1"));
    client.portal.add_file(NewFile::new("sbox-1-|Café", "acme.tar.gz").content("x"));
    let listing = client.get("/api/2.0/files/sbox-1-%7CCaf%C3%A9").await.response();
    assert_eq!(
        (&listing["current"]["id"], &listing["current"]["parentId"]),
        (&json!("sbox-1-|Café"), &json!("sbox-1"))
    );
    assert_eq!(listing["files"][0]["folderId"], "sbox-1-|Café");
    assert!(listing["files"][0]["id"].is_string());
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_404() {
    let client = Client::new().await;
    for path in ["/api/2.0/files/9", "/api/2.0/files/folder/9", "/api/2.0/files/sbox-9"] {
        assert_eq!(client.get(path).await.shape(), "404 A The required folder was not found", "{path}");
    }
}

#[tokio::test]
async fn a_bad_key_is_403_where_everybody_may_ask_and_401_elsewhere() {
    let client = Client::new().await;
    let ask = async |path: &str, key: Option<&str>| {
        let request = client.request("GET", path);
        client.send(key.iter().fold(request, |request, key| request.bearer_auth(key))).await.unwrap().shape()
    };
    assert_eq!(ask(FOLDER, Some("sk-other")).await, "403 B");
    assert_eq!(ask(FOLDER, None).await, "403 A Access denied");
    assert_eq!(ask("/api/2.0/files/folder/123", Some("sk-other")).await, "403 B");
    for path in ["/api/2.0/files/@my", "/api/2.0/files/@root", "/api/2.0/files/rooms"] {
        assert_eq!(ask(path, Some("sk-other")).await, "401 D", "{path}");
    }
    client.portal.set_troubles([Trouble::KeyRefused]);
    assert_eq!(ask(FOLDER, Some(DEMO_KEY)).await, "403 B");
}

#[tokio::test]
async fn an_older_portal_takes_a_bad_key_for_nobodys() {
    let client = Client::of(Config { version: "3.7.0".into(), ..Config::default() }).await;
    let request = client.request("GET", FOLDER).bearer_auth("sk-other");
    assert_eq!(client.send(request).await.unwrap().shape(), "403 A Access denied");
}

#[tokio::test]
async fn a_key_for_files_alone_sees_files_and_no_rooms() {
    let client = Client::new().await;
    client.portal.set_caller(Caller { role: Role::User, scope: Scope::Narrow, ..Caller::default() });
    assert_eq!(client.get(FOLDER).await.status, 200);
    assert_eq!(client.get("/api/2.0/files/rooms").await.shape(), "403 D");
}
