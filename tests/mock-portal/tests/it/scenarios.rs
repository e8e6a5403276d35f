//! Each scenario does what its summary says.

use std::fmt::Write;

use expect_test::expect;
use mock_portal::Scenario;

use crate::client::{Answer, CANCEL, Client, HISTORY, PROGRESS, RESTORE_PROGRESS, START, START_RESTORE, TEMPORARY};

fn told(answer: reqwest::Result<Answer>) -> String {
    match answer {
        Err(error) if error.is_timeout() => "no answer".to_owned(),
        Err(_) => "broken".to_owned(),
        Ok(answer) if answer.status == 200 && answer.content_type.starts_with("text/html") => "a page".to_owned(),
        Ok(answer) if answer.status == 200 => item(&answer),
        Ok(answer) => answer.shape(),
    }
}

fn item(answer: &Answer) -> String {
    let envelope = answer.json();
    let Some(item) = envelope.get("response") else { return "absent".to_owned() };
    if let Some(records) = item.as_array() {
        return format!("{} records", records.len());
    }
    let mut text = format!("status {} at {}", item["status"], item["progress"]);
    if item["isCompleted"] == true {
        text.push_str(" completed");
    }
    for field in ["error", "warning"] {
        if let Some(value) = item[field].as_str().filter(|value| !value.is_empty()) {
            write!(text, ", {field}: {value}").unwrap();
        }
    }
    text
}

/// A start, a look in the middle and one at the end, and the history.
async fn story(scenario: Scenario) -> String {
    let client = Client::new().await;
    client.portal.play(scenario);
    let start = told(client.try_post(START, TEMPORARY).await);
    tokio::time::advance(std::time::Duration::from_secs(53)).await;
    let middle = told(client.try_get(PROGRESS).await);
    tokio::time::advance(std::time::Duration::from_secs(53)).await;
    let end = told(client.try_get(PROGRESS).await);
    let history = told(client.try_get(HISTORY).await);
    let starts = client.portal.starts();
    format!("{scenario}: {}\n    {start} | {middle} | {end} | {history} | starts: {starts}\n", scenario.summary())
}

#[tokio::test(start_paused = true)]
async fn every_scenario_tells_its_story() {
    let mut stories = String::new();
    for scenario in Scenario::ALL {
        stories.push_str(&story(scenario).await);
    }
    expect![[r#"
        success: every backup completes
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        fail: every backup fails with a reason that has <markup> & *stars* in it
            status 0 at 0 | status 2 at 64 completed, error: Disk full: <!channel> could not write <b>core</b> & *rooms* | status 2 at 64 completed, error: Disk full: <!channel> could not write <b>core</b> & *rooms* | 0 records | starts: 1
        warn: every backup completes with a warning: files were skipped
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed, warning: Some files could not be read and were skipped: 3 files | 1 records | starts: 1
        late-error: every backup completes and then turns into an error, though its file exists
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed, error: The audit event could not be saved | 1 records | starts: 1
        vanish: the job disappears at 60 % but ends up in the history
            status 0 at 0 | absent | absent | 1 records | starts: 1
        lost: the job disappears at 60 % and leaves no trace
            status 0 at 0 | absent | absent | 0 records | starts: 1
        freeze: the worker dies at 37 %: the job stands still and blocks every start
            status 0 at 0 | status 1 at 37 | status 1 at 37 | 0 records | starts: 1
        cancelled: somebody cancels the job at 50 %
            status 0 at 0 | status 3 at 50 completed, warning: Backup cancelled | status 3 at 50 completed, warning: Backup cancelled | 0 records | starts: 1
        die-early: the job dies before it begins: status 4 with an error, not completed
            status 0 at 0 | status 4 at 0, error: One or more errors occurred. (The tenant could not be resolved.) | status 4 at 0, error: One or more errors occurred. (The tenant could not be resolved.) | 0 records | starts: 1
        slow-start: the job waits in the queue for half of its time
            status 0 at 0 | status 1 at 7 | status 2 at 100 completed | 1 records | starts: 1
        lost-start: the start event gets lost: the job stays at 0 until somebody starts again
            status 0 at 0 | status 0 at 0 | status 0 at 0 | 0 records | starts: 1
        busy: somebody else's backup runs for another minute
            status 1 at 62 | status 1 at 90 | status 2 at 100 completed | 1 records | starts: 0
        yesterday: the slot still shows a backup that finished 20 hours ago
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 2 records | starts: 1
        flaky: looks at the progress fail in turn: 502, reset, cut short, late, 429
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        start-doubt: the start is answered by 502 although the job begins
            502 E | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        start-cut: the connection of the start is reset although the job begins
            broken | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        start-refused: the start is answered by 502 and no job begins
            502 E | absent | absent | 0 records | starts: 0
        throttled: the first two starts, progress looks and history readings get 429
            429 D | 429 D | 429 D | 429 D | starts: 0
        login-page: a proxy answers every call by its login page with 200
            a page | a page | a page | a page | starts: 0
        hanging: no call is ever answered
            no answer | no answer | no answer | no answer | starts: 0
        key-refused: the key is expired or deleted: 401
            401 D | 401 D | 401 D | 401 D | starts: 0
        read-only-key: the key may only read: 403 without a body for a start
            403 D | absent | absent | 0 records | starts: 0
        room-admin: the key's user is no administrator: 403 with an error
            403 A Access denied | 403 A Access denied | 403 A Access denied | 403 A Access denied | starts: 0
        restoring: a restore runs: 403 problem details
            403 B | 403 B | 403 B | 403 B | starts: 0
        unpaid: the tariff is not paid: backups run, the history answers 402
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 402 B | starts: 1
        storage-full: the storage is full: 402 for a start into documents
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        scheduled: a daily schedule is due, and runs within five seconds unless a backup runs
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        paid: a hosted portal without free backups: each one is paid from the wallet
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        cancel-lost: every cancel is lost: the job goes on unseen and ends up in the history
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
        restore-crash: the next restore dies at 40 % and leaves the portal closed for ever
            status 0 at 0 | status 1 at 67 | status 2 at 100 completed | 1 records | starts: 1
    "#]].assert_eq(&stories);
}

#[test]
fn scenarios_are_found_by_their_names() {
    for scenario in Scenario::ALL {
        assert_eq!(scenario.name().parse(), Ok(scenario));
    }
    let unknown = "sucess".parse::<Scenario>().unwrap_err().to_string();
    assert!(unknown.starts_with("there is no scenario \"sucess\", only success, fail, "), "{unknown}");
}

#[tokio::test(start_paused = true)]
async fn a_due_schedule_runs_by_itself() {
    let client = Client::new().await;
    client.portal.play(Scenario::Scheduled);
    assert!(client.after(4.0).await.is_null());
    assert_eq!(client.after(10.0).await["status"], 1);
}

#[tokio::test(start_paused = true)]
async fn backups_without_a_free_one_are_paid() {
    let client = Client::new().await;
    client.portal.play(Scenario::Paid);
    client.started().await;
    client.after(100.0).await;
    assert!(client.portal.records()[0].paid);
}

#[tokio::test(start_paused = true)]
async fn a_lost_cancel_ends_in_the_history() {
    let client = Client::new().await;
    client.portal.play(Scenario::CancelLost);
    let id = client.started().await;
    client.after(36.0).await;
    assert_eq!(client.post(CANCEL, "").await.response(), true);
    assert!(client.after(100.0).await.is_null());
    assert_eq!(client.get(HISTORY).await.response()[0]["id"], id);
}

#[tokio::test(start_paused = true)]
async fn a_crashed_restore_leaves_the_portal_closed() {
    let client = Client::new().await;
    client.portal.play(Scenario::RestoreCrash);
    let id = client.started().await;
    client.after(100.0).await;
    client.post(START_RESTORE, &format!(r#"{{"backupId": "{id}"}}"#)).await.response();
    tokio::time::advance(std::time::Duration::from_secs(1000)).await;
    assert_eq!(client.get(HISTORY).await.shape(), "403 B");
    assert_eq!(client.get_anonymously(RESTORE_PROGRESS).await.response()["progress"], 40);
}
