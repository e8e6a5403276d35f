//! Temporary copies, and the links that lead to them.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{Caller, Config, Credentials, DEMO_KEY, Operation, Role, Store};
use serde_json::Value;

use crate::client::{Client, HISTORY, LONG, TEMPORARY};
use crate::fetched::Fetched;

const MIB: usize = 1024 * 1024;

/// A portal with a completed temporary backup, and its link.
async fn with_copy(config: Config) -> (Client, String) {
    let client = Client::of(config).await;
    client.start(TEMPORARY).await;
    let link = client.after(LONG.as_secs_f64()).await["link"].as_str().unwrap().to_owned();
    (client, link)
}

#[tokio::test(start_paused = true)]
async fn a_link_is_relative_and_leads_to_an_archive() {
    let (client, link) = with_copy(Config::default()).await;
    assert!(link.starts_with("/storage/backup/root/acme_"), "{link}");
    let fetched = client.fetch(&link).await;
    assert_eq!((fetched.status, &fetched.body[..3]), (200, &[0x1f, 0x8b, 8][..]));
    assert_eq!(fetched.header("content-disposition"), None);
    assert_eq!(fetched.header("accept-ranges"), None, "that is told with a part alone");
    assert_eq!(fetched.header("content-length"), Some(fetched.body.len().to_string().as_str()));
}

#[tokio::test(start_paused = true)]
async fn it_takes_the_signature_and_an_administrators_key() {
    let (client, link) = with_copy(Config::default()).await;
    let status = async |path: &str| client.fetch(path).await.status;
    let (path, _) = link.split_once('?').unwrap();
    assert_eq!(status(path).await, 403, "without its signature");
    assert_eq!(status(&link.replace("MOCK", "MY")).await, 403, "with another one");
    assert_eq!(client.send(client.request("GET", &link)).await.unwrap().shape(), "403 D");
    assert_eq!(client.send(client.request("HEAD", &link).bearer_auth(DEMO_KEY)).await.unwrap().status, 405);
    assert_eq!(status(&link.replace("acme_", "other_")).await, 404);
    client.portal.set_caller(Caller { role: Role::RoomAdmin, ..Caller::default() });
    assert_eq!(client.fetch(&link).await.status, 403, "for somebody who may not see backups");
}

#[tokio::test(start_paused = true)]
async fn only_open_ranges_work() {
    let (client, link) = with_copy(Config { archive_padding: 300_000, ..Config::default() }).await;
    let size = client.fetch(&link).await.body.len();
    let mut table = format!("{size} bytes in all\n");
    let end = size - 1;
    let ranges = [
        "bytes=0-".to_owned(),
        format!("bytes={}-", size - 100),
        format!("bytes=5-{end}"),
        "bytes=5-9".to_owned(),
        "bytes=5-200000".to_owned(),
        "bytes=-5".to_owned(),
        format!("bytes={size}-"),
    ];
    for range in ranges {
        table.push_str(&format!("{range}: {}\n", client.fetch_part(&link, &range).await.summary()));
    }
    expect![[r#"
        308779 bytes in all
        bytes=0-: 200
            content-type: application/octet-stream
            content-length: 308779
            accept-ranges: bytes
            content-range: bytes 0-308778/308779
            308779 bytes
        bytes=308679-: 206
            content-type: application/octet-stream
            content-length: 100
            accept-ranges: bytes
            content-range: bytes 308679-308778/308779
            100 bytes
        bytes=5-308778: 206
            content-type: application/octet-stream
            content-length: 308774
            accept-ranges: bytes
            content-range: bytes 5-308778/308779
            308774 bytes
        bytes=5-9: 403
            content-type: application/json; charset=utf-8
            content-length: 381
            381 bytes
        bytes=5-200000: 206
            content-type: application/octet-stream
            content-length: 199996
            accept-ranges: bytes
            content-range: bytes 5-200000/308779
            163840 bytes, cut
        bytes=-5: 500
            content-type: application/json; charset=utf-8
            content-length: 331
            331 bytes
        bytes=308779-: 500
            content-type: application/json; charset=utf-8
            content-length: 331
            331 bytes
    "#]]
    .assert_eq(&table);
}

#[tokio::test(start_paused = true)]
async fn after_a_day_there_is_neither_link_nor_copy() {
    let (client, link) = with_copy(Config::default()).await;
    tokio::time::advance(Duration::from_secs(24 * 60 * 60 - 10)).await;
    assert_eq!(client.fetch(&link).await.status, 200);
    tokio::time::advance(Duration::from_secs(20)).await;
    assert_eq!(client.fetch(&link).await.status, 403);
}

#[tokio::test(start_paused = true)]
async fn a_deleted_copy_is_404() {
    let (client, link) = with_copy(Config::default()).await;
    let records: Value = client.get(HISTORY).await.response();
    let delete = format!("/api/2.0/backup/deletebackup/{}", records[0]["id"].as_str().unwrap());
    client.send(client.request("DELETE", &delete).bearer_auth(DEMO_KEY)).await.unwrap();
    assert_eq!(client.send(client.request("GET", &link).bearer_auth(DEMO_KEY)).await.unwrap().shape(), "404 D");
}

#[tokio::test(start_paused = true)]
async fn a_large_copy_of_a_portal_with_an_object_store_is_a_redirect() {
    let config = Config { store: Store::ObjectStore, archive_padding: 6 * MIB, ..Config::default() };
    let (client, link) = with_copy(config).await;
    let hop = client.fetch(&link).await;
    assert_eq!(hop.status, 302);
    let fetched = Fetched::by(crate::client::http().get(&hop.location)).await;
    assert!(fetched.body.len() > 6 * MIB, "{}", fetched.summary());
}

#[tokio::test(start_paused = true)]
async fn a_copy_at_a_provider_has_a_link_of_the_providers() {
    let client = Client::of(Config { store: Store::ObjectStore, ..Config::default() }).await;
    client.start(r#"{"storageType": 5, "storageParams": [{"key": "module", "value": "S3"}]}"#).await;
    let link = client.after(LONG.as_secs_f64()).await["link"].as_str().unwrap().to_owned();
    assert!(link.starts_with("http://127.0.0.1:") && !link.starts_with(&client.portal.url()), "{link}");
    let fetched = Fetched::by(crate::client::http().get(&link)).await;
    assert_eq!((fetched.status, &fetched.body[..2]), (200, &[0x1f, 0x8b][..]));
    assert_eq!(client.portal.calls_of(Operation::Object)[0].credentials, Credentials::Absent);
}
