//! One slot: what a start does when a job is there already.

use std::time::Duration;

use mock_portal::{JobPlan, SlotJob};

use crate::client::{Client, HISTORY, PROGRESS, TEMPORARY};

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test(start_paused = true)]
async fn a_busy_start_answers_200_with_the_running_item_and_ignores_the_request() {
    let client = Client::new().await;
    let foreign = client.portal.put_in_slot(SlotJob::running_for(Duration::from_secs(50)));
    client.portal.plan_next_job(JobPlan::fail("laid out for our own job"));
    let item = client.start(TEMPORARY).await.response();
    assert_eq!(item["taskId"], foreign);
    assert_eq!(item["status"], 1);
    assert_eq!(client.portal.starts(), 0);
    assert_ne!(client.after(51.0).await["error"], "laid out for our own job");
    let ours = client.started().await;
    assert_ne!(ours, foreign);
    assert_eq!(client.after(101.0).await["error"], "laid out for our own job", "the plan waited for a start");
}

#[tokio::test(start_paused = true)]
async fn a_finished_job_lingers_for_a_day_and_gives_way_to_a_start() {
    let client = Client::new().await;
    let yesterday = client.portal.put_in_slot(SlotJob::finished(20 * HOUR));
    let item = client.get(PROGRESS).await.response();
    assert_eq!((item["taskId"].as_str(), item["isCompleted"].as_bool()), (Some(&*yesterday), Some(true)));
    let ours = client.started().await;
    assert_ne!(ours, yesterday);
    assert_eq!(client.get(PROGRESS).await.response()["taskId"], ours);
    assert_eq!(client.get(HISTORY).await.response()[0]["id"], yesterday);
    assert_eq!(client.portal.starts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_finished_job_is_forgotten_after_a_day() {
    let client = Client::new().await;
    client.portal.put_in_slot(SlotJob::finished(23 * HOUR).task_id("7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11"));
    assert_eq!(client.get(PROGRESS).await.response()["taskId"], "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11");
    assert!(client.after(3601.0).await.is_null());
}

#[tokio::test(start_paused = true)]
async fn a_frozen_job_swallows_starts_until_it_is_cancelled() {
    let client = Client::new().await;
    client.portal.plan_next_job(JobPlan::freeze(37));
    let frozen = client.started().await;
    for _ in 0..3 {
        let item = client.after(1000.0).await;
        assert_eq!((item["progress"].as_u64(), item["isCompleted"].as_bool()), (Some(37), Some(false)));
        assert_eq!(client.started().await, frozen);
    }
    assert_eq!(client.portal.starts(), 1);
    assert_eq!(client.post(crate::client::CANCEL, "").await.response(), true);
    assert_ne!(client.started().await, frozen);
}

#[tokio::test(start_paused = true)]
async fn a_job_that_died_early_makes_every_start_fail() {
    let client = Client::new().await;
    client.portal.plan_next_job(JobPlan::die_early());
    client.started().await;
    let item = client.after(2.0).await;
    assert_eq!((item["status"].as_u64(), item["isCompleted"].as_bool()), (Some(4), Some(false)));
    assert!(client.start(TEMPORARY).await.shape().starts_with("500 A One or more errors occurred."));
}

#[tokio::test(start_paused = true)]
async fn a_lost_start_is_repaired_by_another_under_the_same_id() {
    let client = Client::new().await;
    client.portal.plan_next_job(JobPlan::never_taken());
    let id = client.started().await;
    assert_eq!(client.after(1000.0).await["status"], 0);
    assert_eq!(client.started().await, id);
    let item = client.after(101.0).await;
    assert_eq!((item["isCompleted"].as_bool(), item["taskId"].as_str()), (Some(true), Some(&*id)));
    assert_eq!(client.portal.starts(), 1);
}
