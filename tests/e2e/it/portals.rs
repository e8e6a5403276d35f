//! Portals of other kinds: old ones, rented ones, ones that do not pay, ones that lose a start.

use std::time::Duration;

use mock_portal::{Answer, Config, Fault, JobPlan, MockPortal, Operation, SlotJob, Trouble, Vanish};
use serde_json::Value;

use crate::rig::{Program, portal, portal_of};

async fn run(portal: &MockPortal, flags: &str, exit: i32) -> Value {
    Program::of(portal).run(&format!("run --output json {flags}")).await.exits(exit).json()
}

fn quick(config: Config) -> Config {
    Config { backup_duration: Duration::from_millis(300), ..config }
}

#[tokio::test]
async fn a_portal_that_knows_no_status_is_understood() {
    for version in ["2.5.0", "3.6.0.100", "3.7.0"] {
        let config = quick(Config { version: version.to_owned(), ..Config::default() });
        let portal = MockPortal::start(config).await;
        let document = run(&portal, "--folder 123", 0).await;
        assert_eq!([&document["outcome"], &document["portal"]["version"]], ["completed", version]);
        portal.plan_next_job(JobPlan::fail("no"));
        assert_eq!(run(&portal, "--folder 123", 1).await["outcome"], "failed");
    }
}

#[tokio::test]
async fn a_portal_that_does_not_tell_its_version_is_backed_up_all_the_same() {
    let portal = portal().await;
    portal.inject(Fault::on(Operation::Version).always().answer(Answer::gateway(502)));
    let document = run(&portal, "--folder 123", 0).await;
    assert_eq!([&document["outcome"], &document["portal"]["version"]], [&Value::from("completed"), &Value::Null]);
}

#[tokio::test]
async fn a_rented_portal_makes_no_dumps_and_has_no_local_directories() {
    let portal = MockPortal::start(quick(Config { standalone: false, ..Config::default() })).await;
    assert_eq!(run(&portal, "--dump", 4).await["error"]["code"], "forbidden");
    let local = run(&portal, "--storage local --param filePath=/backups", 1).await;
    assert_eq!([&local["outcome"], &local["error"]["code"]], ["not_started", "refused"]);
    assert_eq!(portal.starts(), 0);
}

#[tokio::test]
async fn a_folder_that_is_closed_is_not_allowed() {
    let portal = portal().await;
    assert_eq!(run(&portal, "--folder 2", 4).await["error"]["code"], "forbidden");
}

#[tokio::test]
async fn an_unpaid_portal_hides_its_history_and_the_progress_has_the_word() {
    let portal = portal().await;
    portal.set_troubles([Trouble::Unpaid]);
    let document = run(&portal, "--folder 123", 3).await;
    assert_eq!(document["outcome"], "completed_with_warnings");
    assert!(document["warnings"][0].as_str().unwrap().contains("402"), "{document}");
}

#[tokio::test]
async fn a_vanished_job_of_which_nobody_can_say_anything_is_lost() {
    let portal = portal_of(JobPlan::vanish(Vanish::WithRecord, 30)).await;
    portal.set_troubles([Trouble::Unpaid]);
    let document = run(&portal, "--folder 123", 17).await;
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["lost", "vanished"]);
}

#[tokio::test]
async fn a_start_that_no_worker_ever_takes_is_stalled() {
    let portal = portal_of(JobPlan::never_taken()).await;
    let document = run(&portal, "--folder 123 --stall-timeout 2s", 8).await;
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["still_running", "stalled"]);
    assert_eq!(portal.calls_of(Operation::Start).len(), 1);
}

#[tokio::test]
async fn a_stalled_job_of_somebody_else_is_not_waited_for_forever() {
    let portal = portal().await;
    portal.put_in_slot(SlotJob::new(JobPlan::freeze(37).lasting(Duration::from_secs(1)), Duration::from_secs(60)));
    let document = run(&portal, "--folder 123 --if-running wait --stall-timeout 2s --timeout 6s", 11).await;
    assert_eq!(document["outcome"], "busy");
    assert_eq!(portal.calls_of(Operation::Start), []);
}

#[tokio::test]
async fn a_portal_that_is_down_for_a_while_is_waited_for() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(2500))).await;
    portal.inject(Fault::on(Operation::Progress).nth(2).times(3).answer(Answer::gateway(502)));
    assert_eq!(run(&portal, "--folder 123", 0).await["outcome"], "completed");
}

#[tokio::test]
async fn a_portal_on_this_machine_is_called_without_the_proxy_of_the_environment() {
    let portal = portal().await;
    let program = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"]
        .into_iter()
        .fold(Program::of(&portal), |program, name| program.env(name, "http://127.0.0.1:9"));
    program.run("run --folder 123").await.exits(0);
}

/// The portal stands behind a proxy that knows it by name; here the mock portal is both.
#[tokio::test]
async fn a_portal_elsewhere_is_called_through_the_proxy_of_the_environment() {
    let portal = portal().await;
    let program =
        Program::of(&portal).env("DOCSPACE_API_HOST", "http://portal.invalid").env("HTTP_PROXY", &portal.url());
    program.run("run --folder 123 --allow-http").await.exits(0);
    assert_eq!(portal.starts(), 1);
}
