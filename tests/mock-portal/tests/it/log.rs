//! What a test can learn from the portal, and wait for.

use expect_test::expect;
use mock_portal::{DEMO_KEY, JobPlan, Operation};

use crate::client::{Client, HISTORY, PROGRESS, VERSION};

#[tokio::test(start_paused = true)]
async fn the_log_tells_each_call_without_the_key() {
    let client = Client::new().await;
    let id = client.started().await;
    client.after(50.0).await;
    client.after(55.0).await;
    client.started().await;
    client.get(&format!("{HISTORY}?dump=false")).await;
    client.send(client.request("GET", PROGRESS).header("authorization", DEMO_KEY)).await.unwrap();
    client.get("/nowhere").await;
    let second = &client.portal.jobs()[1].task_id;
    let log = client.portal.log();
    assert!(!log.contains(DEMO_KEY));
    let calls: Vec<_> = client.portal.calls().iter().map(ToString::to_string).collect();
    let told = calls.join("\n").replace(&id, "ID").replace(&id[..8], "ID").replace(second, "ID2");
    expect![[r#"
        POST /api/2.0/backup/startbackup -> 200 backup ID started: ID at 0 %
        GET /api/2.0/backup/getbackupprogress -> 200 ID at 63 %
        GET /api/2.0/backup/getbackupprogress -> 200 ID at 100 %, completed
        POST /api/2.0/backup/startbackup -> 200 backup ID2 started: ID2 at 0 %
        GET /api/2.0/backup/getbackuphistory?dump=false -> 200 1 records
        GET /api/2.0/backup/getbackupprogress -> 401 (bare key)
        GET /nowhere -> 404"#]]
    .assert_eq(&told.replace(&second[..8], "ID2"));
}

#[tokio::test]
async fn a_state_that_comes_is_waited_for() {
    let client = Client::new().await;
    let (snapshot, _) = tokio::join!(client.portal.wait_for_calls(Operation::Version, 2), async {
        client.get(VERSION).await;
        client.get(VERSION).await;
    });
    assert_eq!(snapshot.count(Operation::Version), 2);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_only_time_brings_is_waited_for() {
    let client = Client::new().await;
    client.portal.plan_next_job(JobPlan::succeed().lasting(std::time::Duration::from_secs(5)));
    client.started().await;
    let over = |jobs: &[mock_portal::JobTimes]| jobs[0].ends.is_some_and(|end| end <= tokio::time::Instant::now());
    client.portal.wait_for(|snapshot| over(&snapshot.jobs)).await;
    assert!(client.portal.ended_at().is_some());
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "GET /api/2.0/settings/version/build -> 200")]
async fn a_state_that_never_comes_is_a_failure_with_the_log() {
    let client = Client::new().await;
    client.get(VERSION).await;
    client.portal.wait_for_calls(Operation::Start, 1).await;
}
