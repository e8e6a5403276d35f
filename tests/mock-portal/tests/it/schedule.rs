//! The schedule as calls write and read it.

use expect_test::{Expect, expect};
use mock_portal::{Caller, Config, Period, Role, Schedule, Wallet};

use crate::client::{CREATE_SCHEDULE, Client, DELETE_SCHEDULE, SCHEDULE};

/// A body with these cron parameters, and whatever else comes after them.
fn body(cron: &str, more: &str) -> String {
    format!(r#"{{"storageType": "DataStore", "cronParams": {cron}{more}}}"#)
}

fn daily(more: &str) -> String {
    body(r#"{"period": 0, "hour": 3}"#, more)
}

fn into_folder(folder: &str) -> String {
    let cron = r#"{"period": "everyweek", "hour": "3", "day": 2}"#;
    format!(
        r#"{{"storageParams": [{{"key": "folderId", "value": "{folder}"}}], "backupsStored": 5, "cronParams": {cron}}}"#
    )
}

async fn check(client: &Client, bodies: &[String], expected: Expect) {
    let mut table = String::new();
    for body in bodies {
        let answer = client.post(CREATE_SCHEDULE, body).await;
        let told = if answer.status == 200 { "200".to_owned() } else { answer.shape() };
        table.push_str(&format!("{body}\n    {told}\n"));
    }
    expected.assert_eq(&table);
}

#[tokio::test]
async fn without_a_schedule_there_is_no_response() {
    let client = Client::new().await;
    let answer = client.get(SCHEDULE).await;
    assert_eq!(answer.json()["count"], 0);
    assert_eq!(answer.json().get("response"), None);
}

#[tokio::test]
async fn a_list_is_sent_and_an_object_comes_back() {
    let client = Client::new().await;
    assert_eq!(client.post(CREATE_SCHEDULE, &into_folder("123")).await.response(), true);
    let answer = client.get(SCHEDULE).await;
    expect![[r#"{"response":{"storageType":0,"storageParams":{"folderId":"123"},"cronParams":{"period":1,"hour":3,"day":2},"backupsStored":5,"lastBackupTime":"0001-01-01T00:00:00","dump":false},"count":1,"links":[{"href":"URL/api/2.0/backup/getbackupschedule","action":"GET"}],"status":0,"statusCode":200}"#]]
        .assert_eq(&answer.body.replace(&client.portal.url(), "URL"));
    assert_eq!(client.portal.schedule_writes(), 1);
}

#[tokio::test]
async fn the_folder_is_the_base_path_of_the_storage() {
    let client = Client::new().await;
    let local = r#", "storageType": "Local", "storageParams": [{"key": "filePath", "value": "/backups"}]"#;
    let consumer = r#", "storageType": 5, "storageParams": [{"key": "module", "value": "S3"}]"#;
    let cases = [
        ("", serde_json::json!({"folderId": null})),
        (local, serde_json::json!({"filePath": "/backups", "folderId": "/backups"})),
        (consumer, serde_json::json!({"module": "S3"})),
    ];
    for (more, parameters) in cases {
        client.post(CREATE_SCHEDULE, &daily(more)).await.response();
        assert_eq!(client.get(SCHEDULE).await.response()["storageParams"], parameters);
    }
    assert_eq!(client.portal.schedules().len(), 1, "each takes the place of the one before");
}

#[tokio::test]
async fn a_new_schedule_forgets_when_the_old_one_ran() {
    let client = Client::new().await;
    let last_backup = Some("2026-07-29T10:15:30Z".parse().unwrap());
    client.portal.put_schedule(Schedule { last_backup, ..Schedule::new(Period::EveryDay, 3) });
    assert_eq!(client.get(SCHEDULE).await.response()["lastBackupTime"], "2026-07-29T10:15:30");
    client.post(CREATE_SCHEDULE, &daily("")).await.response();
    assert_eq!(client.get(SCHEDULE).await.response()["lastBackupTime"], "0001-01-01T00:00:00");
}

#[tokio::test]
async fn a_dump_schedule_stands_beside_the_portals_and_names_its_tenant() {
    let client = Client::new().await;
    client.post(CREATE_SCHEDULE, &daily(r#", "dump": true"#)).await.response();
    assert!(client.get(SCHEDULE).await.response().is_null());
    let dumps = client.get(&format!("{SCHEDULE}?dump=true")).await.response();
    assert_eq!(dumps["storageParams"], serde_json::json!({"folderId": null, "tenantId": "1"}));
    assert_eq!(dumps["dump"], true);
    assert_eq!(client.delete(DELETE_SCHEDULE).await.response(), true, "also when there was none");
    assert_eq!(client.portal.schedules().len(), 1);
    assert_eq!(client.delete(&format!("{DELETE_SCHEDULE}?dump=true")).await.response(), true);
    assert!(client.portal.schedules().is_empty());
}

#[tokio::test]
async fn a_bad_time_is_a_server_error_and_not_400() {
    let client = Client::new().await;
    let cron = [
        r#"{"period": 0, "hour": 24}"#,
        r#"{"period": 0, "hour": -1}"#,
        r#"{"period": 1, "hour": 3}"#,
        r#"{"period": 1, "hour": 3, "day": 8}"#,
        r#"{"period": "EveryMonth", "hour": 3, "day": 32}"#,
        r#"{"period": 2, "hour": 3}"#,
        r#"{"period": 2, "hour": 0, "day": 31}"#,
        r#"{"day": 99}"#,
    ];
    check(
        &client,
        &cron.map(|cron| body(cron, "")),
        expect![[r#"
        {"storageType": "DataStore", "cronParams": {"period": 0, "hour": 24}}
            500 A The cron expression of hour 24 and day 0 is not valid.
        {"storageType": "DataStore", "cronParams": {"period": 0, "hour": -1}}
            500 A The cron expression of hour -1 and day 0 is not valid.
        {"storageType": "DataStore", "cronParams": {"period": 1, "hour": 3}}
            500 A The cron expression of hour 3 and day 0 is not valid.
        {"storageType": "DataStore", "cronParams": {"period": 1, "hour": 3, "day": 8}}
            500 A The cron expression of hour 3 and day 8 is not valid.
        {"storageType": "DataStore", "cronParams": {"period": "EveryMonth", "hour": 3, "day": 32}}
            500 A The cron expression of hour 3 and day 32 is not valid.
        {"storageType": "DataStore", "cronParams": {"period": 2, "hour": 3}}
            500 A The cron expression of hour 3 and day 0 is not valid.
        {"storageType": "DataStore", "cronParams": {"period": 2, "hour": 0, "day": 31}}
            200
        {"storageType": "DataStore", "cronParams": {"day": 99}}
            200
    "#]],
    )
    .await;
    assert_eq!(client.portal.schedule_writes(), 2);
}

#[tokio::test]
async fn what_cannot_be_bound_is_refused_and_what_is_missing_fails() {
    let client = Client::new().await;
    let cases = [
        "{}".to_owned(),
        body("null", ""),
        body(r#"{"period": "daily"}"#, ""),
        body("3", ""),
        daily(r#", "backupsStored": 0"#),
        daily(r#", "backupsStored": 31"#),
        daily(r#", "backupsStored": "30""#),
        daily(r#", "backupsStored": "many""#),
        r#"{"cronParams": {}}"#.to_owned(),
        r#"{"storageType": 3, "cronParams": {}}"#.to_owned(),
    ];
    check(
        &client,
        &cases,
        expect![[r#"
        {}
            500 A Object reference not set to an instance of an object.
        {"storageType": "DataStore", "cronParams": null}
            500 A Object reference not set to an instance of an object.
        {"storageType": "DataStore", "cronParams": {"period": "daily"}}
            400 C "One or more validation errors occurred." 1/400
        {"storageType": "DataStore", "cronParams": 3}
            400 C "One or more validation errors occurred." 1/400
        {"storageType": "DataStore", "cronParams": {"period": 0, "hour": 3}, "backupsStored": 0}
            400 A backupStored must be 1 - 30
        {"storageType": "DataStore", "cronParams": {"period": 0, "hour": 3}, "backupsStored": 31}
            400 A backupStored must be 1 - 30
        {"storageType": "DataStore", "cronParams": {"period": 0, "hour": 3}, "backupsStored": "30"}
            200
        {"storageType": "DataStore", "cronParams": {"period": 0, "hour": 3}, "backupsStored": "many"}
            400 C "One or more validation errors occurred." 1/400
        {"cronParams": {}}
            500 A The given key 'folderId' was not present in the dictionary.
        {"storageType": 3, "cronParams": {}}
            500 A The given key 'filePath' was not present in the dictionary.
    "#]],
    )
    .await;
}

#[tokio::test]
async fn the_folder_is_looked_at_before_the_caller() {
    let client = Client::new().await;
    client.portal.set_caller(Caller { role: Role::User, ..Caller::default() });
    let bodies = ["404", "2", "123"].map(into_folder);
    check(&client, &bodies, expect![[r#"
        {"storageParams": [{"key": "folderId", "value": "404"}], "backupsStored": 5, "cronParams": {"period": "everyweek", "hour": "3", "day": 2}}
            404 A The required folder was not found
        {"storageParams": [{"key": "folderId", "value": "2"}], "backupsStored": 5, "cronParams": {"period": "everyweek", "hour": "3", "day": 2}}
            403 A Access denied
        {"storageParams": [{"key": "folderId", "value": "123"}], "backupsStored": 5, "cronParams": {"period": "everyweek", "hour": "3", "day": 2}}
            403 A Access denied
    "#]]).await;
    assert_eq!(client.portal.schedule_writes(), 0);
}

#[tokio::test]
async fn a_hosted_portal_without_free_backups_has_schedules_only_with_the_wallet() {
    let config = Config { standalone: false, free_backups: 0, ..Config::default() };
    let client = Client::of(config).await;
    assert_eq!(client.post(CREATE_SCHEDULE, &daily("")).await.shape(), "402 A Your plan has no backups.");
    client.portal.change(|config| config.wallet = Wallet::On);
    assert_eq!(client.post(CREATE_SCHEDULE, &daily("")).await.response(), true);
    let dump = client.post(CREATE_SCHEDULE, &daily(r#", "dump": true"#)).await;
    assert_eq!(dump.shape(), "403 A Access denied");
}
