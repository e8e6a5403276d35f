//! Cancelling, which is asynchronous and fuzzy.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{CancelPlan, Config, SlotJob};
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

/// A job that is cancelled at 45 %, then looked at: right away, after the cleaner's tick, at the end, and in history.
async fn story(plan: CancelPlan) -> String {
    let client = Client::new().await;
    client.portal.plan_cancels(plan);
    let task = client.started().await;
    client.after(36.0).await;
    assert_eq!(client.post(CANCEL, "").await.response(), true);
    let mut seen = Vec::new();
    for seconds in [0.0, 10.0, 60.0] {
        let item = client.after(seconds).await;
        assert!(item.is_null() || item["taskId"] == task);
        let told = || format!("{} at {}", item["status"], item["progress"]);
        seen.push(if item.is_null() { "absent".to_owned() } else { told() });
    }
    let records = client.get(HISTORY).await.json()["count"].to_string();
    format!("{plan:?}: {}, records: {records}\n", seen.join(", "))
}

#[tokio::test(start_paused = true)]
async fn what_a_cancel_does_can_be_planned() {
    let mut stories = String::new();
    for plan in [
        CancelPlan::ByPhase,
        CancelPlan::Stays,
        CancelPlan::ComesBack,
        CancelPlan::Lost,
        CancelPlan::LostUnseen,
        CancelPlan::TooLate,
    ] {
        stories.push_str(&story(plan).await);
    }
    expect![[r#"
        ByPhase: absent, 3 at 45, 3 at 45, records: 0
        Stays: absent, absent, absent, records: 0
        ComesBack: absent, 3 at 45, 3 at 45, records: 0
        Lost: absent, 1 at 58, 2 at 100, records: 1
        LostUnseen: absent, absent, absent, records: 1
        TooLate: absent, absent, 2 at 100, records: 1
    "#]]
    .assert_eq(&stories);
}

#[tokio::test(start_paused = true)]
async fn a_cancel_before_the_worker_or_after_the_record_changes_nothing_in_the_end() {
    for seconds in [0.5, 98.5] {
        let client = Client::new().await;
        let task = client.started().await;
        client.after(seconds).await;
        assert_eq!(client.post(CANCEL, "").await.response(), true);
        assert!(client.after(0.1).await.is_null());
        let item = client.after(101.0 - seconds).await;
        assert_eq!((&item["taskId"], &item["status"]), (&json!(task), &json!(2)));
    }
}
