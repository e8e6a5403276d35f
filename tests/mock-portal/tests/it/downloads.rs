//! Downloads of files that lie in folders.

use std::time::Duration;

use expect_test::{Expect, expect};
use mock_portal::{Config, Credentials, DEMO_KEY, Fault, NewFile, Operation, Reply, Store, Trouble};

use crate::client::Client;
use crate::fetched::Fetched;

const FILE: &str = "/filehandler.ashx?action=download&fileid=1001";
const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Bytes of which no two neighbours are alike.
fn content(size: usize) -> Vec<u8> {
    (0..size).map(|index| (index % 251) as u8).collect()
}

async fn with_file(store: Store, size: usize) -> Client {
    let client = Client::of(Config { store, ..Config::default() }).await;
    client.portal.add_file(NewFile::new("123", "acme copy.tar.gz").content(content(size)));
    client
}

async fn check(client: &Client, path: &str, ranges: &[&str], expected: Expect) {
    let mut table = String::new();
    for range in ranges {
        table.push_str(&format!("{range}: {}\n", client.fetch_part(path, range).await.summary()));
    }
    expected.assert_eq(&table);
}

#[tokio::test]
async fn a_file_on_disc_comes_at_once() {
    let client = with_file(Store::Disc, 300 * KIB).await;
    let fetched = client.fetch(FILE).await;
    expect![[r#"
        200
            content-type: application/octet-stream
            content-length: 307200
            accept-ranges: bytes
            content-disposition: attachment; filename*=UTF-8''acme%20copy.tar.gz
            307200 bytes"#]]
    .assert_eq(&fetched.summary());
    assert_eq!(fetched.body, content(300 * KIB));
}

#[tokio::test]
async fn only_open_ranges_and_small_parts_are_safe() {
    let client = with_file(Store::Disc, 300 * KIB).await;
    check(
        &client,
        FILE,
        &[
            "bytes=0-",
            "bytes=307100-",
            "bytes=10-81929",
            "bytes=10-100000",
            "bytes=10-307199",
            "bytes=307200-",
            "bytes=-5",
            "bytes=9-5",
        ],
        expect![[r#"
            bytes=0-: 206
                content-type: application/octet-stream
                content-length: 307200
                accept-ranges: bytes
                content-range: bytes 0-307199/307200
                content-disposition: attachment; filename*=UTF-8''acme%20copy.tar.gz
                307200 bytes
            bytes=307100-: 206
                content-type: application/octet-stream
                content-length: 100
                accept-ranges: bytes
                content-range: bytes 307100-307199/307200
                content-disposition: attachment; filename*=UTF-8''acme%20copy.tar.gz
                100 bytes
            bytes=10-81929: 206
                content-type: application/octet-stream
                content-length: 81920
                accept-ranges: bytes
                content-range: bytes 10-81929/307200
                content-disposition: attachment; filename*=UTF-8''acme%20copy.tar.gz
                81920 bytes
            bytes=10-100000: 206
                content-type: application/octet-stream
                content-length: 99991
                accept-ranges: bytes
                content-range: bytes 10-100000/307200
                content-disposition: attachment; filename*=UTF-8''acme%20copy.tar.gz
                81920 bytes, cut
            bytes=10-307199: 206
                content-type: application/octet-stream
                content-length: 307190
                accept-ranges: bytes
                content-range: bytes 10-307199/307200
                content-disposition: attachment; filename*=UTF-8''acme%20copy.tar.gz
                307190 bytes
            bytes=307200-: 400
                content-type: text/html
                content-length: 23
                23 bytes
            bytes=-5: 400
                content-type: text/html
                content-length: 23
                23 bytes
            bytes=9-5: 400
                content-type: text/html
                content-length: 23
                23 bytes
        "#]],
    )
    .await;
    assert_eq!(client.fetch_part(FILE, "bytes=1000-").await.body, content(300 * KIB)[1000..]);
}

#[tokio::test]
async fn head_tells_the_length_and_sends_nothing() {
    let client = with_file(Store::Disc, 5).await;
    let head = Fetched::by(client.request("HEAD", FILE).bearer_auth(DEMO_KEY)).await;
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some("5"), 0));
}

#[tokio::test]
async fn refusals_are_empty() {
    let client = with_file(Store::Disc, 5).await;
    let shape =
        async |path: &str, key: &str| client.send(client.request("GET", path).bearer_auth(key)).await.unwrap().shape();
    assert_eq!(shape(FILE, "sk-other").await, "403 D");
    assert_eq!(shape("/filehandler.ashx?action=download&fileid=9", DEMO_KEY).await, "404 D");
    client.portal.set_troubles([Trouble::Restoring]);
    assert_eq!(client.fetch(FILE).await.status, 200, "it is no part of the API that a restore closes");
    client.portal.set_troubles([Trouble::Unpaid]);
    assert_eq!(shape(FILE, DEMO_KEY).await, "402 D");
}

#[tokio::test]
async fn a_small_file_that_lies_elsewhere_comes_after_one_hop() {
    let client = with_file(Store::ObjectStore, 2000).await;
    let hop = client.fetch(FILE).await;
    assert_eq!(hop.status, 302);
    assert!(hop.location.starts_with("/storage/files/root/1001?expire=60&auth="), "{}", hop.location);
    assert_eq!(client.fetch(&hop.location).await.body, content(2000));
    assert!(client.portal.calls_of(Operation::Object).is_empty());
    let without_key = client.send(client.request("GET", &hop.location)).await.unwrap();
    assert_eq!(without_key.shape(), "403 D");
}

/// The address at the object store, after both hops.
async fn address(client: &Client) -> String {
    let hop = client.fetch(FILE).await;
    let hop = client.fetch(&hop.location).await;
    assert_eq!(hop.status, 302);
    assert!(hop.location.starts_with("http://127.0.0.1:"), "{}", hop.location);
    hop.location
}

#[tokio::test]
async fn a_large_one_comes_from_another_origin_which_wants_no_key() {
    let client = with_file(Store::ObjectStore, 6 * MIB).await;
    let address = address(&client).await;
    assert!(!address.starts_with(&client.portal.url()));
    let http = crate::client::http();
    let fetched = Fetched::by(http.get(&address)).await;
    assert_eq!((fetched.status, fetched.body.len()), (200, 6 * MIB));
    let refused = Fetched::by(http.get(&address).bearer_auth(DEMO_KEY)).await;
    assert_eq!(refused.status, 400);
    let seen: Vec<_> = client.portal.calls_of(Operation::Object).iter().map(|call| call.credentials).collect();
    assert_eq!(seen, [Credentials::Absent, Credentials::Key]);
}

#[tokio::test(start_paused = true)]
async fn the_address_is_good_for_15_seconds_and_the_hop_before_it_for_an_hour() {
    let client = with_file(Store::ObjectStore, 6 * MIB).await;
    let hop = client.fetch(FILE).await.location;
    let address = client.fetch(&hop).await.location;
    let http = crate::client::http();
    tokio::time::advance(Duration::from_secs(14)).await;
    assert_eq!(Fetched::by(http.get(&address)).await.status, 200);
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(Fetched::by(http.get(&address)).await.status, 403);
    assert_eq!(Fetched::by(http.get(address.replace("MOCK", "MY"))).await.status, 403);
    assert_eq!(client.fetch(&hop).await.status, 302, "asking again gives another one");
    tokio::time::advance(Duration::from_secs(60 * 60)).await;
    assert_eq!(client.fetch(&hop).await.status, 403);
}

#[tokio::test]
async fn the_object_store_keeps_to_the_standard_of_ranges() {
    let client = with_file(Store::ObjectStore, 6 * MIB).await;
    let address = address(&client).await;
    let http = crate::client::http();
    let mut table = String::new();
    for range in ["bytes=6291400-", "bytes=5-8", "bytes=-4", "bytes=6291456-"] {
        let fetched = Fetched::by(http.get(&address).header("range", range)).await;
        table.push_str(&format!("{range}: {}\n", fetched.summary()));
    }
    expect![[r#"
        bytes=6291400-: 206
            content-type: application/octet-stream
            content-length: 56
            accept-ranges: bytes
            content-range: bytes 6291400-6291455/6291456
            56 bytes
        bytes=5-8: 206
            content-type: application/octet-stream
            content-length: 4
            accept-ranges: bytes
            content-range: bytes 5-8/6291456
            4 bytes
        bytes=-4: 206
            content-type: application/octet-stream
            content-length: 4
            accept-ranges: bytes
            content-range: bytes 6291452-6291455/6291456
            4 bytes
        bytes=6291456-: 416
            content-type: application/xml
            content-length: 136
            136 bytes
    "#]]
    .assert_eq(&table);
}

#[tokio::test]
async fn a_download_can_be_broken_at_each_of_its_hops() {
    let client = with_file(Store::ObjectStore, 6 * MIB).await;
    client.portal.inject(Fault::on(Operation::Object).cut_body_after(MIB));
    let address = address(&client).await;
    let fetched = Fetched::by(crate::client::http().get(&address)).await;
    assert!(fetched.summary().ends_with("cut"), "{}", fetched.summary());
    assert_eq!(client.portal.calls_of(Operation::Object)[0].reply, Reply::Cut(200));
}
