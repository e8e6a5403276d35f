//! What a start asks for, and how it is refused, in the portal's order.

use expect_test::{Expect, expect};
use mock_portal::{Config, Trouble};

use crate::client::{Client, HISTORY, LONG, PROGRESS, START, TEMPORARY};

fn documents(folder: &str) -> String {
    format!(r#"{{"storageType": 0, "storageParams": [{{"key": "folderId", "value": {folder}}}]}}"#)
}

fn third_party(folder: &str) -> String {
    documents(folder).replacen('0', "\"ThridpartyDocuments\"", 1)
}

async fn check(client: &Client, bodies: &[&str], expected: Expect) {
    let mut table = String::new();
    for body in bodies {
        let answer = client.start(body).await;
        let told = if answer.status == 200 { "200".to_owned() } else { answer.shape() };
        table.push_str(&format!("{body}\n    {told}\n"));
    }
    expected.assert_eq(&table);
}

#[tokio::test]
async fn a_start_answers_with_a_placeholder_that_is_the_task() {
    let client = Client::new().await;
    let answer = client.start(&documents("\"123\"")).await;
    let item = answer.response();
    let id = item["taskId"].as_str().unwrap();
    assert_eq!(id.len(), 36);
    assert_eq!(id, id.to_lowercase());
    let told = answer.body.replace(id, "TASK").replace(&client.portal.url(), "URL");
    expect![[r#"{"response":{"isCompleted":false,"progress":0,"error":"","link":"","tenantId":1,"backupProgressEnum":0,"status":0,"taskId":"TASK"},"count":1,"links":[{"href":"URL/api/2.0/backup/startbackup","action":"POST"}],"status":0,"statusCode":200}"#]].assert_eq(&told);
    assert_eq!(client.portal.starts(), 1);
}

#[tokio::test]
async fn the_body_is_bound_before_anything_else_is_looked_at() {
    let client = Client::new().await;
    client.portal.set_caller(mock_portal::Caller { role: mock_portal::Role::User, ..Default::default() });
    let bodies = [
        "",
        "{",
        "[]",
        r#"{"storageType": "foo"}"#,
        r#"{"storageType": "ThirdPartyDocuments"}"#,
        r#"{"storageType": null}"#,
        r#"{"dump": "yes"}"#,
        r#"{"storageParams": {"folderId": "123"}}"#,
        TEMPORARY,
    ];
    check(
        &client,
        &bodies,
        expect![[r#"

            400 C "One or more validation errors occurred." 1/400
        {
            400 C "One or more validation errors occurred." 1/400
        []
            400 C "One or more validation errors occurred." 1/400
        {"storageType": "foo"}
            400 C "One or more validation errors occurred." 1/400
        {"storageType": "ThirdPartyDocuments"}
            400 C "One or more validation errors occurred." 1/400
        {"storageType": null}
            400 C "One or more validation errors occurred." 1/400
        {"dump": "yes"}
            400 C "One or more validation errors occurred." 1/400
        {"storageParams": {"folderId": "123"}}
            400 C "One or more validation errors occurred." 1/400
        {"storageType": "DataStore"}
            403 A Access denied
    "#]],
    )
    .await;
}

#[tokio::test]
async fn another_content_type_is_415_under_an_envelope_that_claims_200() {
    let client = Client::new().await;
    let request = client.request("POST", START).bearer_auth(mock_portal::DEMO_KEY).body(TEMPORARY);
    assert_eq!(client.send(request).await.unwrap().shape(), "415 C \"Unsupported Media Type\" 0/200");
}

#[tokio::test]
async fn names_and_properties_are_taken_in_any_case_and_numbers_as_they_are() {
    for body in [
        r#"{"StorageType": "datastore", "unknown": 1}"#,
        r#"{"storagetype": 4, "STORAGEPARAMS": null}"#,
        r#"{"storageType": "4", "dump": false}"#,
        r#"{"storageParams": [{"Key": "folderId", "Value": 123}]}"#,
    ] {
        let client = Client::new().await;
        assert_eq!(client.start(body).await.status, 200, "{body}");
    }
}

#[tokio::test]
async fn folders_and_parameters_are_checked() {
    let client = Client::new().await;
    let bodies = [
        "{}",
        &documents("\"sbox-1-backups\""),
        &documents("9"),
        &documents("\"2\""),
        &third_party("123"),
        &third_party("\"sbox-9\""),
        r#"{"storageType": 1}"#,
        r#"{"storageType": "Local"}"#,
        r#"{"storageType": 4, "storageParams": [{"key": "a", "value": null}]}"#,
        r#"{"storageType": 4, "storageParams": [{"value": "b"}]}"#,
        r#"{"storageType": 4, "storageParams": [{"key": "a", "value": 1}, {"key": "a", "value": 2}]}"#,
    ];
    check(
        &client,
        &bodies,
        expect![[r#"
        {}
            400 A wrong folder type
        {"storageType": 0, "storageParams": [{"key": "folderId", "value": "sbox-1-backups"}]}
            400 A wrong folder type
        {"storageType": 0, "storageParams": [{"key": "folderId", "value": 9}]}
            404 A The required folder was not found
        {"storageType": 0, "storageParams": [{"key": "folderId", "value": "2"}]}
            403 A Access denied
        {"storageType": "ThridpartyDocuments", "storageParams": [{"key": "folderId", "value": 123}]}
            400 A wrong folder type
        {"storageType": "ThridpartyDocuments", "storageParams": [{"key": "folderId", "value": "sbox-9"}]}
            404 A The required folder was not found
        {"storageType": 1}
            500 A The given key 'folderId' was not present in the dictionary.
        {"storageType": "Local"}
            500 A The given key 'filePath' was not present in the dictionary.
        {"storageType": 4, "storageParams": [{"key": "a", "value": null}]}
            500 A Object reference not set to an instance of an object.
        {"storageType": 4, "storageParams": [{"value": "b"}]}
            500 A Object reference not set to an instance of an object.
        {"storageType": 4, "storageParams": [{"key": "a", "value": 1}, {"key": "a", "value": 2}]}
            400 A An item with the same key has already been added. Key: a
    "#]],
    )
    .await;
    assert_eq!(client.portal.starts(), 0);
    assert_eq!(client.start(&third_party("\"sbox-1-backups\"")).await.status, 200);
}

#[tokio::test]
async fn a_hosted_portal_has_neither_dumps_nor_local_directories() {
    let client = Client::of(Config { standalone: false, ..Config::default() }).await;
    let local = r#"{"storageType": 3, "storageParams": [{"key": "filePath", "value": "/backups"}]}"#;
    check(
        &client,
        &[r#"{"dump": true}"#, local],
        expect![[r#"
        {"dump": true}
            403 A Access denied
        {"storageType": 3, "storageParams": [{"key": "filePath", "value": "/backups"}]}
            500 A Access denied
    "#]],
    )
    .await;
    let own = Client::new().await;
    assert_eq!(own.start(local).await.status, 200);
    assert_eq!(own.start(r#"{"storageType": 4, "dump": true}"#).await.status, 200);
}

#[tokio::test]
async fn quotas_are_refused_with_402() {
    let client = Client::of(Config { standalone: false, ..Config::default() }).await;
    client.portal.set_troubles([Trouble::StorageFull]);
    check(
        &client,
        &[&documents("123"), TEMPORARY],
        expect![[r#"
        {"storageType": 0, "storageParams": [{"key": "folderId", "value": 123}]}
            402 A The storage space of the portal is used up.
        {"storageType": "DataStore"}
            200
    "#]],
    )
    .await;
    let client = Client::of(Config { standalone: false, ..Config::default() }).await;
    client.portal.set_troubles([Trouble::BackupsSpent]);
    check(
        &client,
        &[TEMPORARY],
        expect![[r#"
        {"storageType": "DataStore"}
            402 A The free backups of this month are used up.
    "#]],
    )
    .await;
}

#[tokio::test]
async fn hidden_backups_and_limited_spaces_are_refused() {
    let client = Client::new().await;
    client.portal.set_troubles([Trouble::BackupHidden]);
    assert_eq!(client.start(TEMPORARY).await.shape(), "403 A Access denied");
    client.portal.set_troubles([Trouble::SpacesLimited]);
    assert_eq!(client.start(r#"{"storageType": 4, "dump": true}"#).await.shape(), "403 A Access denied");
    assert_eq!(client.start(TEMPORARY).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn what_the_worker_cannot_do_is_accepted_and_fails_later() {
    for (body, reason) in [
        (r#"{"storageType": "CustomCloud"}"#, "Unknown storage type."),
        (r#"{"storageType": 99}"#, "Unknown storage type."),
        (r#"{"storageType": 5}"#, "The given key 'module' was not present in the dictionary."),
    ] {
        let client = Client::new().await;
        assert_eq!(client.start(body).await.response()["status"], 0);
        let item = client.after(2.0).await;
        assert_eq!(item["isCompleted"], true);
        assert_eq!(item["error"], reason);
    }
}

#[tokio::test(start_paused = true)]
async fn a_dump_has_its_own_slot_and_its_own_history() {
    let client = Client::new().await;
    let backup = client.started().await;
    let dump = client.start(r#"{"storageType": 4, "dump": true}"#).await.response()["taskId"].clone();
    assert_eq!(client.get(PROGRESS).await.response()["taskId"], backup);
    let asked = format!("{PROGRESS}?Dump=True");
    assert_eq!(client.get(&asked).await.response()["taskId"], dump);
    tokio::time::advance(LONG / 2).await;
    assert_eq!(client.get(&asked).await.response()["progress"], 0, "a dump says nothing for long");
    tokio::time::advance(LONG).await;
    let ids = |answer: crate::client::Answer| answer.response()[0]["id"].clone();
    assert_eq!(ids(client.get(HISTORY).await), backup);
    let dumps = client.get(&format!("{HISTORY}?dump=true")).await;
    assert!(dumps.body.contains("workspace_"), "{dumps:?}");
    assert_eq!(ids(dumps), dump);
}
