//! One run sends one start, whatever becomes of its answer, and knows in the end whether a backup began.

use mock_portal::{Answer, Fault, Operation};
use serde_json::Value;

use crate::rig::{Program, portal};

/// Runs a backup whose start meets the fault; gives the report.
async fn run(fault: Fault, starts: usize, exit: i32) -> Value {
    let portal = portal().await;
    portal.inject(fault);
    let run = Program::of(&portal).run("run --folder 123 --output json").await;
    assert_eq!(portal.calls_of(Operation::Start).len(), 1, "{run}{}", portal.log());
    assert_eq!(portal.starts(), starts, "{run}{}", portal.log());
    let document = run.exits(exit).json();
    let id = portal.jobs().first().map(|job| job.task_id.clone());
    assert_eq!(document["backup"]["id"].as_str(), id.as_deref(), "{run}");
    document
}

/// The job began, and the run sees it through; the doubt is told as a note.
async fn check_begun(fault: Fault) {
    let document = run(fault.after_effect(), 1, 0).await;
    assert_eq!([&document["outcome"], &document["error"]], [&Value::from("completed"), &Value::Null]);
    assert!(document["backup"]["file_name"].is_string(), "{document}");
    assert!(document["notes"][0].as_str().unwrap().contains("start"), "{document}");
}

/// Nothing began, and the run says so instead of sending again; `…` in the message stands for the system's own words.
async fn check_not_begun(fault: Fault, exit: i32, message: &str) {
    let document = run(fault.before_effect(), 0, exit).await;
    assert_eq!(document["outcome"], "not_started");
    assert!(document["error"]["hint"].is_string(), "{document}");
    let told = document["error"]["message"].as_str().unwrap();
    let (beginning, end) = message.split_once('…').unwrap_or((message, ""));
    assert!(told.starts_with(beginning) && told.ends_with(end), "{told}");
}

fn start() -> Fault {
    Fault::on(Operation::Start)
}

#[tokio::test]
async fn a_502_after_the_effect_is_seen_through() {
    check_begun(start().answer(Answer::gateway(502))).await;
}

#[tokio::test]
async fn a_502_before_the_effect_is_an_honest_end() {
    check_not_begun(
        start().answer(Answer::gateway(502)),
        75,
        "cannot start the backup: status 502, and no backup began",
    )
    .await;
}

#[tokio::test]
async fn a_reset_after_the_effect_is_seen_through() {
    check_begun(start().reset()).await;
}

#[tokio::test]
async fn a_reset_before_the_effect_is_an_honest_end() {
    check_not_begun(start().reset(), 75, "cannot start the backup: the connection broke…, and no backup began").await;
}

#[tokio::test]
async fn a_closed_connection_after_the_effect_is_seen_through() {
    check_begun(start().close()).await;
}

#[tokio::test]
async fn silence_after_the_effect_is_seen_through() {
    check_begun(start().hang()).await;
}

#[tokio::test]
async fn silence_before_the_effect_is_an_honest_end() {
    check_not_begun(start().hang(), 75, "cannot start the backup: no answer in time…, and no backup began").await;
}

#[tokio::test]
async fn a_truncated_answer_is_seen_through() {
    check_begun(start().cut_body_after(20)).await;
}

#[tokio::test]
async fn a_truncated_answer_without_effect_is_an_honest_end() {
    check_not_begun(start().cut_body_after(20), 75, "cannot start the backup: status 502, and no backup began").await;
}

#[tokio::test]
async fn an_answer_that_is_a_login_page_is_seen_through() {
    check_begun(start().answer(Answer::login_page())).await;
}

#[tokio::test]
async fn a_throttled_start_is_not_sent_again_either() {
    check_not_begun(
        start().answer(Answer::throttled(None)),
        75,
        "cannot start the backup: the portal asks to slow down (429)",
    )
    .await;
}

#[tokio::test]
async fn the_portals_own_500_is_a_refusal() {
    let refusal = Answer::exception(500, "System.Exception", "Access denied");
    check_not_begun(
        start().answer(refusal),
        1,
        "cannot start the backup: status 500; the portal says: Access denied, and no backup began",
    )
    .await;
}

#[tokio::test]
async fn the_portals_own_500_after_the_effect_is_seen_through() {
    check_begun(start().answer(Answer::exception(500, "System.Exception", "The bus is down"))).await;
}

#[tokio::test]
async fn an_answer_without_a_job_is_looked_into() {
    check_begun(start().answer(Answer::json(200, r#"{"count":0,"links":[],"status":0,"statusCode":200}"#))).await;
}
