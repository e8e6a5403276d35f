//! The history: its form, its order, and what reading it does.

use expect_test::expect;
use mock_portal::{Config, Record, StorageType};

use crate::client::{Client, HISTORY, LONG};

fn record(id: &str, created_on: &str) -> Record {
    let id = format!("{id}f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11");
    Record { id, ..Record::new("acme.tar.gz", created_on.parse().unwrap()) }
}

#[tokio::test]
async fn records_have_five_fields_zoneless_times_and_year_1_for_never() {
    let client = Client::new().await;
    client.portal.add_record(record("7", "2026-07-29T10:15:30.6Z"));
    let answer = client.get(HISTORY).await;
    expect![[r#"{"response":[{"id":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","fileName":"acme.tar.gz","storageType":0,"createdOn":"2026-07-29T10:15:31","expiresOn":"0001-01-01T00:00:00"}],"count":1,"links":[{"href":"URL/api/2.0/backup/getbackuphistory","action":"GET"}],"status":0,"statusCode":200}"#]].assert_eq(&answer.body.replace(&client.portal.url(), "URL"));
}

#[tokio::test]
async fn records_come_in_the_order_of_their_ids() {
    let client = Client::new().await;
    for (id, day) in [("a", 1), ("3", 2), ("9", 3)] {
        client.portal.add_record(record(id, &format!("2026-07-0{day}T00:00:00Z")));
    }
    let history = client.get(HISTORY).await.response();
    let days: Vec<_> = history.as_array().unwrap().iter().map(|record| &record["createdOn"]).collect();
    assert_eq!(days, ["2026-07-02T00:00:00", "2026-07-03T00:00:00", "2026-07-01T00:00:00"]);
}

#[tokio::test(start_paused = true)]
async fn a_temporary_copy_expires_after_a_day_and_leaves_the_history() {
    let client = Client::new().await;
    client.started().await;
    tokio::time::advance(LONG).await;
    let record = client.get(HISTORY).await.response()[0].clone();
    let times = ["createdOn", "expiresOn"].map(|name| record[name].as_str().unwrap().to_owned());
    let [created, expires] = times.map(|time| time.parse::<jiff::civil::DateTime>().unwrap());
    assert_eq!(created.checked_add(jiff::Span::new().hours(24)).unwrap(), expires);
    assert_eq!(record["storageType"], StorageType::DataStore.number());
    tokio::time::advance(LONG * 900).await;
    assert_eq!(client.get(HISTORY).await.json()["count"], 0);
}

#[tokio::test]
async fn a_record_whose_file_cannot_be_seen_is_deleted_by_reading() {
    let client = Client::new().await;
    client.portal.add_record(Record { readable: false, ..record("7", "2026-07-29T10:15:30Z") });
    client.portal.add_record(Record { dump: true, ..record("8", "2026-07-29T10:15:30Z") });
    assert_eq!(client.get(HISTORY).await.json()["count"], 0);
    assert_eq!(client.get(&format!("{HISTORY}?dump=true")).await.json()["count"], 1);
}

#[tokio::test]
async fn the_dumps_of_a_hosted_portal_are_nobodys_business() {
    let client = Client::of(Config { standalone: false, ..Config::default() }).await;
    assert_eq!(client.get(&format!("{HISTORY}?dump=true")).await.shape(), "403 A Access denied");
    assert_eq!(client.get(HISTORY).await.status, 200);
}
