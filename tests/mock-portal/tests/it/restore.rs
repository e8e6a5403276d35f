//! Restores: what they ask for, how they go, and what they leave behind.

use std::fmt::Write;
use std::time::Duration;

use expect_test::{Expect, expect};
use mock_portal::{Config, DEMO_KEY, JobPlan, NewFile, Record, Trouble, Vanish};
use serde_json::Value;

use crate::client::{Client, HISTORY, KEY, LONG, PORTAL, PROGRESS, RESTORE_PROGRESS, START_RESTORE};

const STRANGER: &str = "0f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const FRESH: &str = "sk-fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

fn body(id: &str, more: &str) -> String {
    format!(r#"{{"backupId": "{id}"{more}}}"#)
}

/// A portal with a backup to restore from; gives its id too.
async fn with_backup(config: Config) -> (Client, String) {
    let client = Client::of(config).await;
    let record = Record::new("acme.tar.gz", "2026-07-29T10:15:30Z".parse().unwrap());
    let id = record.id.clone();
    client.portal.add_record(record);
    (client, id)
}

async fn check(client: &Client, bodies: &[String], expected: Expect) {
    let mut table = String::new();
    for body in bodies {
        let answer = client.post(START_RESTORE, body).await;
        let told = if answer.status == 200 { "200".to_owned() } else { answer.shape() };
        writeln!(table, "{body}\n    {told}").unwrap();
    }
    expected.assert_eq(&table.replace(&client.portal.records()[0].id, "ID"));
}

/// The item as somebody without a key sees it, the status of the portal and whether the key opens it, at each moment.
async fn story(client: &Client, seconds: &[f64]) -> String {
    let mut story = String::new();
    let mut passed = 0.0;
    for &at in seconds {
        tokio::time::advance(Duration::from_secs_f64(at - passed)).await;
        passed = at;
        let item = client.get_anonymously(RESTORE_PROGRESS).await.response();
        let told = match item["taskId"].as_str() {
            None => "absent".to_owned(),
            Some(_) => {
                let end = if item["isCompleted"] == true { " completed" } else { "" };
                format!("{} at {}{end} {}", item["status"], item["progress"], item["error"])
            }
        };
        let (progress, key) = (client.get(PROGRESS).await.shape_or_ok(), client.get(KEY).await.shape_or_ok());
        writeln!(story, "{at}s {told} | progress {progress}, key {key}, tenant {}", client.portal.tenant()).unwrap();
    }
    story
}

#[tokio::test(start_paused = true)]
async fn a_restore_closes_the_portal_and_leaves_another_one() {
    let (client, id) = with_backup(Config::default()).await;
    let first = client.post(START_RESTORE, &body(&id, "")).await;
    let item = first.response();
    assert_eq!((&item["status"], &item["backupProgressEnum"]), (&0.into(), &1.into()));
    assert_eq!((item.get("link"), item.get("warning")), (None, None));
    let story = story(&client, &[0.5, 15.0, 21.0, 50.0, 79.0, 81.0, 99.0, 100.0, 101.0]).await;
    expect![[r#"
        0.5s 0 at 0 "" | progress 200, key 200, tenant 1
        15s 1 at 0 "" | progress 200, key 200, tenant 1
        21s 1 at 11 "" | progress 403 B, key 200, tenant 1
        50s 1 at 42 "" | progress 403 B, key 200, tenant 1
        79s 1 at 73 "" | progress 403 B, key 200, tenant 1
        81s 1 at 75 "" | progress 401 D, key 401 D, tenant 2
        99s 1 at 75 "" | progress 401 D, key 401 D, tenant 2
        100s 1 at 100 completed "" | progress 401 D, key 401 D, tenant 2
        101s 2 at 100 completed "" | progress 401 D, key 401 D, tenant 2
    "#]]
    .assert_eq(&story);
    assert_eq!(client.portal.restores(), 1);
    assert_eq!(client.get_anonymously(RESTORE_PROGRESS).await.response()["tenantId"], 2);
}

#[tokio::test(start_paused = true)]
async fn after_a_restore_the_old_ids_are_strangers_and_a_new_key_opens_the_new_portal() {
    let (client, id) = with_backup(Config::default()).await;
    client.post(START_RESTORE, &body(&id, "")).await.response();
    tokio::time::advance(LONG).await;
    let with_dead_key = client.get(RESTORE_PROGRESS).await;
    assert_eq!(with_dead_key.shape(), "403 B", "the dead key is worse than none");
    client.portal.renew_key(FRESH);
    let get = |path| client.send(client.request("GET", path).bearer_auth(FRESH));
    let portal = get(PORTAL).await.unwrap().response();
    assert_eq!((&portal["tenantId"], &portal["status"]), (&2.into(), &0.into()));
    let history = get(HISTORY).await.unwrap().response();
    assert_eq!(history.as_array().unwrap().len(), 1);
    assert_ne!(history[0]["id"], id);
    assert_eq!(history[0]["fileName"], "acme.tar.gz");
    let delete = client.request("DELETE", &format!("{}/{id}", crate::client::DELETE)).bearer_auth(FRESH);
    assert_eq!(client.send(delete).await.unwrap().response(), true, "it is another tenant's now");
    assert!(client.portal.deleted().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_slot_of_backups_is_empty_in_the_restored_portal() {
    let client = Client::new().await;
    let id = client.started().await;
    tokio::time::advance(LONG).await;
    client.post(START_RESTORE, &body(&id, "")).await.response();
    tokio::time::advance(LONG).await;
    client.portal.renew_key(DEMO_KEY.replace('0', "1"));
    let progress = client.request("GET", PROGRESS).bearer_auth(DEMO_KEY.replace('0', "1"));
    assert!(client.send(progress).await.unwrap().response().is_null());
}

#[tokio::test(start_paused = true)]
async fn a_dump_restore_keeps_the_keys() {
    let (client, _) = with_backup(Config::default()).await;
    let dump = Record { dump: true, ..Record::new("workspace.tar.gz", "2026-07-29T10:15:30Z".parse().unwrap()) };
    let id = dump.id.clone();
    client.portal.add_record(dump);
    let item = client.post(START_RESTORE, &body(&id, r#", "dump": true"#)).await.response();
    tokio::time::advance(LONG / 2).await;
    assert_eq!(client.get(PROGRESS).await.shape(), "403 B");
    tokio::time::advance(LONG).await;
    assert_eq!(client.get(PROGRESS).await.status, 200);
    assert_eq!(client.portal.tenant(), 1);
    for (query, seen) in [("", &item["taskId"]), ("?dump=true", &item["taskId"]), ("?dump=false", &Value::Null)] {
        let answer = client.get_anonymously(&format!("{RESTORE_PROGRESS}{query}")).await;
        assert_eq!(&answer.response()["taskId"], seen, "{query}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_restore_that_fails_leaves_the_portal_as_it_was() {
    let (client, id) = with_backup(Config::default()).await;
    client.portal.plan_next_restore(JobPlan::fail("The archive is broken.").at_percent(43));
    client.post(START_RESTORE, &body(&id, "")).await.response();
    let story = story(&client, &[15.0, 49.0, 52.0, 53.0]).await;
    expect![[r#"
           15s 1 at 0 "" | progress 200, key 200, tenant 1
           49s 1 at 41 "" | progress 403 B, key 200, tenant 1
           52s 2 at 43 completed "The archive is broken." | progress 200, key 200, tenant 1
           53s 2 at 43 completed "The archive is broken." | progress 200, key 200, tenant 1
    "#]]
    .assert_eq(&story);
    assert_eq!(client.get(HISTORY).await.response()[0]["id"], id);
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_dies_leaves_the_portal_closed() {
    let (client, id) = with_backup(Config::default()).await;
    client.portal.plan_next_restore(JobPlan::freeze(40));
    client.post(START_RESTORE, &body(&id, "")).await.response();
    let story = story(&client, &[15.0, 60.0, 4000.0]).await;
    expect![[r#"
        15s 1 at 0 "" | progress 200, key 200, tenant 1
        60s 1 at 40 "" | progress 403 B, key 200, tenant 1
        4000s 1 at 40 "" | progress 403 B, key 200, tenant 1
    "#]]
    .assert_eq(&story);
    assert!(client.portal.is_restoring());
    assert_eq!(client.get(PORTAL).await.response()["status"], 4);
    assert_eq!(client.post(START_RESTORE, &body(&id, "")).await.shape(), "403 B");
}

#[tokio::test(start_paused = true)]
async fn a_restore_that_vanishes_takes_effect_or_does_not() {
    for (vanish, tenant) in [(Vanish::WithRecord, 2), (Vanish::WithoutRecord, 1)] {
        let (client, id) = with_backup(Config::default()).await;
        client.portal.plan_next_restore(JobPlan::vanish(vanish, 30));
        client.post(START_RESTORE, &body(&id, "")).await.response();
        tokio::time::advance(LONG).await;
        assert!(client.get_anonymously(RESTORE_PROGRESS).await.response().is_null());
        assert_eq!((client.portal.tenant(), client.portal.is_restoring()), (tenant, false));
    }
}

#[tokio::test(start_paused = true)]
async fn a_busy_restore_answers_with_the_running_item_or_with_nothing() {
    let (client, id) = with_backup(Config::default()).await;
    let running = client.post(START_RESTORE, &body(&id, "")).await.response()["taskId"].clone();
    let again = client.post(START_RESTORE, &body(&id, "")).await.response();
    assert_eq!(again["taskId"], running);
    let other = client.post(START_RESTORE, &body(&id, r#", "dump": true"#)).await.response();
    assert!(other.is_null(), "the running one is of the other kind");
    assert_eq!(client.portal.restores(), 1);
}

#[tokio::test]
async fn what_a_restore_asks_for_is_refused_in_the_portals_order() {
    let (client, id) = with_backup(Config::default()).await;
    let file = |id: &str| format!(r#", "storageParams": [{{"key": "filePath", "value": "{id}"}}]"#);
    let bodies = [
        "{}".to_owned(),
        r#"{"backupId": 7}"#.to_owned(),
        body(STRANGER, ""),
        body("", ""),
        body("not-a-guid", ""),
        r#"{"backupId": null}"#.to_owned(),
        body("", &file("4711")),
        body(&id, &file("4711")),
    ];
    check(
        &client,
        &bodies,
        expect![[r#"
        {}
            400 C "One or more validation errors occurred." 1/400
        {"backupId": 7}
            400 C "One or more validation errors occurred." 1/400
        {"backupId": "0f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
            404 A The backup was not found
        {"backupId": ""}
            500 A The given key 'filePath' was not present in the dictionary.
        {"backupId": "not-a-guid"}
            500 A The given key 'filePath' was not present in the dictionary.
        {"backupId": null}
            500 A The given key 'filePath' was not present in the dictionary.
        {"backupId": "", "storageParams": [{"key": "filePath", "value": "4711"}]}
            404 A The required file was not found
        {"backupId": "ID", "storageParams": [{"key": "filePath", "value": "4711"}]}
            404 A The required file was not found
    "#]],
    )
    .await;
    assert_eq!(client.portal.restores(), 0);
}

#[tokio::test]
async fn a_file_of_the_documents_can_be_restored_from() {
    let (client, _) = with_backup(Config::default()).await;
    client.portal.add_file(NewFile::new("123", "old.tar.gz").content("bytes"));
    let listing = client.get("/api/2.0/files/123?filterType=1").await.response();
    let file = listing["files"].as_array().unwrap().iter().find(|file| file["title"] == "old.tar.gz").unwrap();
    let parameters = format!(r#", "storageParams": [{{"key": "filePath", "value": {}}}]"#, file["id"]);
    assert_eq!(client.post(START_RESTORE, &body("", &parameters)).await.response()["progress"], 0);
}

#[tokio::test(start_paused = true)]
async fn what_the_worker_cannot_do_is_accepted_and_fails_later() {
    let (client, id) = with_backup(Config::default()).await;
    client.post(START_RESTORE, &body(&id, r#", "dump": true"#)).await.response();
    tokio::time::advance(LONG).await;
    let item = client.get_anonymously(&format!("{RESTORE_PROGRESS}?dump=true")).await.response();
    assert_eq!(item["error"], "The backup file is not of the kind that was asked for.");
    client.post(START_RESTORE, &body("", r#", "storageType": "Local""#)).await.response();
    tokio::time::advance(LONG * 10).await;
    let item = client.get_anonymously(RESTORE_PROGRESS).await.response();
    assert_eq!((&item["status"], &item["progress"]), (&0.into(), &0.into()), "nothing was uploaded");
    assert!(!client.portal.is_restoring());
}

#[tokio::test(start_paused = true)]
async fn a_hosted_portal_restores_only_what_is_its_own_and_what_its_plan_has() {
    let (client, id) = with_backup(Config { standalone: false, ..Config::default() }).await;
    client.portal.add_foreign_backup(STRANGER);
    client.post(START_RESTORE, &body(STRANGER, "")).await.response();
    tokio::time::advance(LONG).await;
    let item = client.get_anonymously(RESTORE_PROGRESS).await.response();
    assert_eq!(item["error"], "The backup file is invalid.");
    client.portal.set_troubles([Trouble::RestoreNotInPlan]);
    assert_eq!(client.post(START_RESTORE, &body(&id, "")).await.shape(), "402 A Your plan has no restore.");
    client.portal.set_troubles([Trouble::RestoreHidden]);
    assert_eq!(client.post(START_RESTORE, &body(&id, "")).await.shape(), "403 A Access denied");
    client.portal.set_troubles([]);
    let dump = client.post(START_RESTORE, &body(&id, r#", "dump": true"#)).await;
    assert_eq!(dump.shape(), "403 A Access denied");
}

#[tokio::test]
async fn the_progress_of_restores_is_for_everybody_but_not_for_a_bad_key() {
    let client = Client::new().await;
    assert!(client.get_anonymously(RESTORE_PROGRESS).await.response().is_null());
    let bad = client.send(client.request("GET", RESTORE_PROGRESS).bearer_auth("sk-bad")).await.unwrap();
    assert_eq!(bad.shape(), "403 B");
    client.portal.set_troubles([Trouble::Restoring, Trouble::Unpaid]);
    assert_eq!(client.get_anonymously(RESTORE_PROGRESS).await.status, 200);
    let older = Client::of(Config { version: "3.6.0".into(), ..Config::default() }).await;
    let bad = older.send(older.request("GET", RESTORE_PROGRESS).bearer_auth("sk-bad")).await.unwrap();
    assert_eq!(bad.status, 200);
}
