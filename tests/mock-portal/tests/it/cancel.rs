//! Cancelling, which is asynchronous and fuzzy.

use std::time::Duration;

use mock_portal::{Config, SlotJob};
use serde_json::json;

use crate::client::{CANCEL, Client, HISTORY};

#[tokio::test(start_paused = true)]
async fn a_cancelled_job_is_gone_and_comes_back_with_status_3() {
    let client = Client::new().await;
    client.started().await;
    client.after(36.0).await;
    assert_eq!(client.post(CANCEL, "").await.response(), true);
    assert!(client.after(1.0).await.is_null());
    let item = client.after(10.0).await;
    assert_eq!((&item["isCompleted"], &item["status"], &item["progress"]), (&json!(true), &json!(3), &json!(45)));
    assert_eq!((&item["warning"], &item["error"]), (&json!("Backup cancelled"), &json!("")));
    client.after(100.0).await;
    assert_eq!(client.get(HISTORY).await.json()["count"], 0);
}

#[tokio::test(start_paused = true)]
async fn a_new_job_is_shadowed_by_the_cancelled_one_that_comes_back() {
    let client = Client::new().await;
    let old = client.started().await;
    client.after(36.0).await;
    client.post(CANCEL, "").await;
    let new = client.started().await;
    assert_ne!(new, old);
    assert_eq!(client.after(10.0).await["taskId"], old);
    client.after(100.0).await;
    assert_eq!(client.get(HISTORY).await.response()[0]["id"], new, "it ran all the same");
}

#[tokio::test(start_paused = true)]
async fn true_means_that_something_was_there_and_not_that_it_ran() {
    let client = Client::new().await;
    assert_eq!(client.post(CANCEL, "").await.response(), false);
    client.portal.put_in_slot(SlotJob::finished(Duration::from_secs(60)));
    assert_eq!(client.post(CANCEL, "").await.response(), true);
    assert!(client.after(0.0).await.is_null());
    assert_eq!(client.post(CANCEL, "").await.response(), false);
}

#[tokio::test]
async fn older_portals_have_no_cancel() {
    let client = Client::of(Config { version: "3.7.0".into(), ..Config::default() }).await;
    assert_eq!(client.post(CANCEL, "").await.shape(), "404 D");
}
