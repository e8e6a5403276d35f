//! The life of a job as the progress endpoint tells it.

use mock_portal::{Config, JobPlan, Vanish};
use serde_json::json;

use crate::client::{Client, HISTORY, LONG, PROGRESS};

#[tokio::test]
async fn nothing_in_the_queue_leaves_the_response_out() {
    let client = Client::new().await;
    let envelope = client.get(PROGRESS).await.json();
    assert_eq!(envelope.get("response"), None);
    assert_eq!(envelope["count"], 0);
    assert_eq!(envelope["status"], 0);
    assert_eq!(envelope["statusCode"], 200);
    assert_eq!(envelope["links"], json!([{"href": format!("{}{PROGRESS}", client.portal.url()), "action": "GET"}]));
}

#[tokio::test(start_paused = true)]
async fn a_success_is_seen_with_status_1_first_and_its_link_before_the_end() {
    let client = Client::new().await;
    let id = client.started().await;
    assert_eq!(client.after(36.0).await["progress"], 45);
    let resting = client.after(44.0).await;
    assert_eq!((&resting["progress"], &resting["link"]), (&json!(90), &json!("")));
    let uploaded = client.after(16.0).await;
    assert!(uploaded["link"].as_str().unwrap().starts_with("/storage/backup/root/acme_"), "{uploaded}");
    assert_eq!(uploaded["isCompleted"], false);
    let first = client.after(4.0).await;
    assert_eq!((&first["isCompleted"], &first["progress"], &first["status"]), (&json!(true), &json!(100), &json!(1)));
    let last = client.after(1.0).await;
    assert_eq!(last["status"], 2);
    assert_eq!(last["taskId"], id);
    assert_eq!(last["error"], "");
    assert_eq!(last.get("warning"), None);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_completed_with_status_2_and_not_in_the_history() {
    let client = Client::new().await;
    client.portal.plan_next_job(JobPlan::fail("disk full").at_percent(45));
    client.started().await;
    let item = client.after(60.0).await;
    assert_eq!((&item["isCompleted"], &item["status"], &item["progress"]), (&json!(true), &json!(2), &json!(45)));
    assert_eq!(item["error"], "disk full");
    tokio::time::advance(LONG).await;
    assert_eq!(client.get(HISTORY).await.response(), json!([]));
}

#[tokio::test(start_paused = true)]
async fn a_warning_is_shown_from_3_6_on_and_a_status_from_3_7_1_on() {
    for (version, warned, has_status) in [("3.7.2", true, true), ("3.6.0", true, false), ("3.5.1", false, false)] {
        let client = Client::of(Config { version: version.into(), ..Config::default() }).await;
        client.portal.plan_next_job(JobPlan::succeed().warning("3 files skipped"));
        client.started().await;
        let item = client.after(101.0).await;
        assert_eq!(item.get("warning").is_some(), warned, "{version}");
        assert_eq!(item.get("status").is_some(), has_status, "{version}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_vanished_job_is_absent_and_perhaps_recorded() {
    for (kind, records) in [(Vanish::WithRecord, 1), (Vanish::WithoutRecord, 0)] {
        let client = Client::new().await;
        client.portal.plan_next_job(JobPlan::vanish(kind, 60));
        client.started().await;
        assert_eq!(client.after(40.0).await["isCompleted"], false);
        assert!(client.after(20.0).await.is_null());
        assert_eq!(client.get(HISTORY).await.json()["count"], 0, "not yet in any case");
        tokio::time::advance(LONG).await;
        assert_eq!(client.get(HISTORY).await.json()["count"], records, "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_error_leaves_file_and_record() {
    let client = Client::new().await;
    client.portal.plan_next_job(JobPlan::late_error("audit failed"));
    let id = client.started().await;
    assert_eq!(client.after(100.0).await["error"], "");
    assert_eq!(client.after(1.0).await["error"], "audit failed");
    assert_eq!(client.get(HISTORY).await.response()[0]["id"], id);
}

#[tokio::test(start_paused = true)]
async fn a_curve_of_ones_own_is_followed() {
    let client = Client::new().await;
    client.portal.plan_every_job(JobPlan::succeed().curve(&[(0.0, 0), (0.5, 0), (0.5, 50), (1.0, 50)]));
    client.started().await;
    assert_eq!(client.after(49.0).await["progress"], 0);
    assert_eq!(client.after(4.0).await["progress"], 50);
    assert_eq!(client.after(40.0).await["progress"], 50);
}

#[tokio::test(start_paused = true)]
async fn plans_are_taken_in_turn_and_then_the_usual_one() {
    let client = Client::new().await;
    client.portal.plan_next_job(JobPlan::fail("first"));
    client.portal.plan_next_job(JobPlan::fail("second"));
    for expected in ["first", "second", "", ""] {
        client.started().await;
        assert_eq!(client.after(101.0).await["error"], expected);
    }
    assert_eq!(client.portal.starts(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_job_can_be_compared_with_its_notice() {
    let client = Client::new().await;
    let id = client.started().await;
    assert_eq!(client.portal.ended_at(), None);
    client.after(103.0).await;
    let ended = client.portal.ended_at().unwrap();
    assert_eq!(ended.elapsed().as_secs(), 3);
    let jobs = client.portal.jobs();
    assert_eq!(jobs[0].task_id, id);
    assert_eq!(jobs[0].ends, Some(ended));
    assert_eq!(ended - jobs[0].since, LONG);
}

#[tokio::test]
async fn a_dump_parameter_that_is_none_is_a_binding_error() {
    let client = Client::new().await;
    let answer = client.get(&format!("{PROGRESS}?dump=abc")).await;
    assert_eq!(answer.shape(), "400 C \"One or more validation errors occurred.\" 1/400");
}
