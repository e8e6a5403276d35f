//! Folders, files and pages of them.

use expect_test::{Expect, expect};

use super::{json, shown};
use crate::{
    FolderId, Listing, Show,
    wire::{current_folder, folder, folder_page, fuzzing, sections},
};

const PAGE: &str = r#"{
    "files": [{"id": 555, "title": "acme_2026-07-29_13-15-30.tar.gz", "folderId": 123, "version": 1,
        "contentLength": "1.2 MB", "pureContentLength": 1258291, "fileExst": ".gz",
        "created": "2026-07-29T13:15:31.0000000+03:00"}],
    "folders": [{"id": 124, "title": "Old", "parentId": 123, "rootFolderType": 5, "security": {"Read": true, "Create": false}}],
    "current": {"id": 123, "title": "Backups", "parentId": 7, "roomType": 2, "rootFolderType": 14,
        "security": {"Create": true}},
    "pathParts": [{"id": 7, "title": "Rooms"}, {"id": 123, "title": "Backups", "roomType": 2}],
    "startIndex": 100, "count": 2, "total": 102, "new": 0}"#;

#[test]
fn a_page_comes_as_the_portal_sends_it() {
    expect![[r#"
        FolderPage {
            current: Folder {
                id: Number(
                    123,
                ),
                title: "Backups",
                parent: Some(
                    Number(
                        7,
                    ),
                ),
                room_type: Some(
                    2,
                ),
                root: Some(
                    14,
                ),
                can_create: Some(
                    true,
                ),
            },
            path: [
                Folder {
                    id: Number(
                        7,
                    ),
                    title: "Rooms",
                    parent: None,
                    room_type: None,
                    root: None,
                    can_create: None,
                },
                Folder {
                    id: Number(
                        123,
                    ),
                    title: "Backups",
                    parent: None,
                    room_type: Some(
                        2,
                    ),
                    root: None,
                    can_create: None,
                },
            ],
            folders: [
                Folder {
                    id: Number(
                        124,
                    ),
                    title: "Old",
                    parent: Some(
                        Number(
                            123,
                        ),
                    ),
                    room_type: None,
                    root: Some(
                        5,
                    ),
                    can_create: Some(
                        false,
                    ),
                },
            ],
            files: [
                File {
                    id: Number(
                        555,
                    ),
                    title: "acme_2026-07-29_13-15-30.tar.gz",
                    folder: Some(
                        Number(
                            123,
                        ),
                    ),
                    size: Some(
                        1258291,
                    ),
                    created: Some(
                        2026-07-29T10:15:31Z,
                    ),
                },
            ],
            start_index: 100,
            total: Some(
                102,
            ),
            next: Some(
                2,
            ),
        }"#]]
    .assert_eq(&shown(folder_page(&json(PAGE), Listing::default())));
}

#[test]
fn a_third_party_folder_has_texts_for_ids() {
    let text = r#"{"id":"sbox-1-|B","title":"B","parentId":"sbox-1","rootFolderType":5}"#;
    assert_eq!(folder(&json(text)).unwrap().id, FolderId::Text("sbox-1-|B".into()));
    assert_eq!(folder(&json(r#"{"id":"12","parentId":0}"#)).unwrap().id, FolderId::Number(12));
    assert_eq!(folder(&json(r#"{"id":-1}"#)).unwrap().id, FolderId::Text("-1".into()));
}

#[test]
fn what_is_odd_in_a_folder_does_not_hide_it() {
    let odd = r#"{"id":1,"title":["x"],"parentId":{},"roomType":"x","rootFolderType":[],"security":7}"#;
    expect![[r#"
        Folder {
            id: Number(
                1,
            ),
            title: "",
            parent: None,
            room_type: None,
            root: None,
            can_create: None,
        }"#]]
    .assert_eq(&shown(folder(&json(odd))));
    let title = "a \u{1b}[31m\u{202e}\nb";
    assert_eq!(folder(&serde_json::json!({"id": 1, "title": title})).unwrap().title, title);
}

#[test]
fn the_right_to_create_is_told_in_either_case_or_not_at_all() {
    for (security, right) in [
        (r#"{"Create":true}"#, Some(true)),
        (r#"{"create":false}"#, Some(false)),
        (r#"{"Read":true}"#, None),
        ("null", None),
        (r#"{"Create":"perhaps"}"#, None),
    ] {
        let text = format!(r#"{{"id":1,"security":{security}}}"#);
        assert_eq!(folder(&json(&text)).unwrap().can_create, right, "{security}");
    }
}

#[test]
fn a_size_is_the_number_and_nothing_is_zero_unless_the_text_speaks_of_more() {
    for (fields, size) in [
        (r#""pureContentLength":1258291,"contentLength":"1.2 MB""#, Some(1_258_291)),
        (r#""pureContentLength":"9000000000""#, Some(9_000_000_000)),
        (r#""pureContentLength":0"#, Some(0)),
        (r#""contentLength":"0 bytes""#, Some(0)),
        (r#""contentLength":"""#, Some(0)),
        (r#""x":1"#, Some(0)),
        (r#""contentLength":"1.2 MB""#, None),
        (r#""contentLength":[]"#, None),
        (r#""pureContentLength":-1"#, None),
        (r#""pureContentLength":"many""#, None),
    ] {
        let text = format!(r#"{{"current":{{"id":1}},"files":[{{"id":1,{fields}}}]}}"#);
        let page = folder_page(&json(&text), Listing::default()).unwrap();
        assert_eq!(page.files[0].size, size, "{fields}");
    }
}

#[test]
fn one_bad_row_costs_no_other() {
    let text = r#"{"current":{"id":1},"pathParts":[7,{}],"folders":[null,{"id":2}],"files":[{},{"id":[]},{"id":3}]}"#;
    expect![[r#"
        FolderPage {
            current: Folder {
                id: Number(
                    1,
                ),
                title: "",
                parent: None,
                room_type: None,
                root: None,
                can_create: None,
            },
            path: [],
            folders: [
                Folder {
                    id: Number(
                        2,
                    ),
                    title: "",
                    parent: None,
                    room_type: None,
                    root: None,
                    can_create: None,
                },
            ],
            files: [
                File {
                    id: Number(
                        3,
                    ),
                    title: "",
                    folder: None,
                    size: Some(
                        0,
                    ),
                    created: None,
                },
            ],
            start_index: 0,
            total: None,
            next: None,
        }"#]]
    .assert_eq(&shown(folder_page(&json(text), Listing::default())));
}

#[test]
fn what_is_no_page_is_a_misfit() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&shown(folder_page(&json(text), Listing::default())));
    check("null", expect!["error: response.current.id: the id of a folder is expected, and there is nothing"]);
    check("[]", expect!["error: response.current.id: the id of a folder is expected, and there is nothing"]);
    check(
        r#"{"current":{"title":"x"}}"#,
        expect!["error: response.current.id: the id of a folder is expected, and there is nothing"],
    );
    check(
        r#"{"current":{"id":1},"files":{}}"#,
        expect!["error: response.files: a list is expected, and there is an object"],
    );
    check(
        r#"{"current":{"id":1},"total":-1}"#,
        expect!["error: response.total: a number that is not negative is expected, and there is a number"],
    );
    check(
        r#"{"current":{"id":1},"startIndex":"x"}"#,
        expect!["error: response.startIndex: a number is expected, and there is a text"],
    );
}

#[test]
fn the_next_page_begins_where_this_one_ends() {
    let next = |start_index: u32, count: u8, rows: usize, total: &str| {
        let rows = vec![r#"{"id":1}"#; rows].join(",");
        let text = format!(r#"{{"current":{{"id":1}},"folders":[{rows}],"total":{total}}}"#);
        folder_page(&json(&text), Listing { show: Show::Everything, start_index, count }).unwrap().next
    };
    assert_eq!(next(0, 100, 100, "101"), Some(100));
    assert_eq!(next(100, 100, 1, "101"), None);
    assert_eq!(next(0, 100, 25, "30"), Some(25), "a portal may make smaller pages");
    assert_eq!(next(0, 10, 10, "null"), Some(10));
    assert_eq!(next(0, 10, 9, "null"), None);
    assert_eq!(next(0, 0, 1, "null"), Some(1));
    assert_eq!(next(5, 100, 0, "101"), None);
    assert_eq!(next(u32::MAX, 1, 1, "null"), None);
}

#[test]
fn sections_and_my_documents_come_as_listings() {
    let both = r#"[{"current":{"id":5,"title":"My documents","rootFolderType":5},"files":[]},{"files":[]},
        {"current":{"id":14,"title":"Rooms","rootFolderType":14}}]"#;
    let titles: Vec<_> = sections(&json(both)).unwrap().into_iter().map(|folder| folder.title).collect();
    assert_eq!(titles, ["My documents", "Rooms"]);
    assert_eq!(current_folder(&json(PAGE)).unwrap().title, "Backups");
    expect!["error: response.current.id: the id of a folder is expected, and there is nothing"]
        .assert_eq(&shown(current_folder(&json(r#"{"files":[]}"#))));
    expect!["error: response: a list is expected, and there is an object"].assert_eq(&shown(sections(&json(PAGE))));
}

#[test]
fn every_sample_keeps_what_the_fuzzer_asks_for() {
    for response in [PAGE, &format!("[{PAGE}]"), r#"{"id":"sbox-1-|B","title":"\u0007","parentId":".."}"#] {
        fuzzing::wire(format!("200\n{{\"response\":{response}}}").as_bytes());
    }
}
