//! The program at a terminal: the bar, the report, and Ctrl-C.

use std::time::Duration;

use mock_portal::{Answer, Fault, JobPlan, Operation, SlotJob};

use crate::rig::{Program, Signal, Terminal, job, portal, portal_of};

/// A backup that no test sees the end of.
fn endless() -> JobPlan {
    JobPlan::succeed().lasting(Duration::from_secs(3600)).curve(&[(0.0, 40), (1.0, 90)])
}

#[tokio::test]
async fn a_bar_shows_percentage_elapsed_and_estimate_and_the_report_follows() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(3200))).await;
    let mut terminal = Terminal::start(&Program::of(&portal), "run --folder 123 --no-notify");
    for part in ["[=", "%", "elapsed", "left"] {
        terminal.shows(part).await;
    }
    let (screen, code) = terminal.finish().await;
    assert_eq!(code, 0, "{screen}");
    let (_, report) = screen.split_once("Backup completed after").unwrap_or_else(|| panic!("{screen}"));
    assert!(report.contains(&job(&portal)), "{screen}");
    assert!(!report.contains("elapsed"), "the bar is gone when the report comes: {screen}");
    assert!(!screen.contains("% after"), "a bar takes the place of lines: {screen}");
}

#[tokio::test]
async fn no_progress_draws_no_bar() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_millis(1500))).await;
    let (screen, code) = Terminal::start(&Program::of(&portal), "run --no-progress --no-notify").finish().await;
    assert_eq!(code, 0, "{screen}");
    assert!(!screen.contains("elapsed") && !screen.contains("[="), "{screen}");
}

#[tokio::test]
async fn colours_are_for_terminals_that_want_them() {
    for (flags, is_coloured) in [("status", true), ("status --color never", false)] {
        let portal = portal().await;
        portal.set_troubles([mock_portal::Trouble::KeyRefused]);
        let (screen, code) = Terminal::start(&Program::of(&portal), flags).finish().await;
        assert_eq!(code, 4, "{screen}");
        assert_eq!(screen.contains("\u{1b}[31;1merror:"), is_coloured, "{screen}");
    }
}

#[tokio::test]
async fn ctrl_c_ends_the_waiting_and_says_how_to_take_it_up() {
    let portal = portal_of(endless()).await;
    let program = Program::of(&portal);
    let mut terminal = Terminal::start(&program, "run --folder 123");
    terminal.shows("elapsed").await;
    terminal.press_ctrl_c();
    let (screen, code) = terminal.finish().await;
    assert_eq!(code, 130, "{screen}");
    assert!(screen.contains("goes on at the portal"), "{screen}");
    assert!(screen.contains(&format!("docspace-backup wait {}", job(&portal))), "{screen}");
    assert!(!screen.contains("[ADMIN NOTIFICATION]"), "whoever pressed it knows: {screen}");
}

#[tokio::test]
async fn an_interrupted_run_is_taken_up_and_seen_through() {
    let portal = portal_of(JobPlan::succeed().lasting(Duration::from_secs(4))).await;
    let program = Program::of(&portal);
    let run = program.start("run --folder 123 --output json");
    portal.wait_for_calls(Operation::Progress, 2).await;
    run.signal(Signal::Interrupt).await;
    let run = run.finish().await;
    let document = run.exits(130).json();
    assert_eq!(document["outcome"], "still_running");
    assert_eq!(document["error"]["code"], "interrupted");
    let id = job(&portal);
    assert!(document["error"]["hint"].as_str().unwrap().contains(&format!("docspace-backup wait {id}")), "{run}");
    let wait = program.run(&format!("wait {id} --output json")).await;
    let document = wait.exits(0).json();
    assert_eq!([&document["outcome"], &document["backup"]["id"]], ["completed", id.as_str()]);
    assert_eq!(portal.calls_of(Operation::Start).len(), 1);
}

#[tokio::test]
async fn a_terminated_run_tells_the_people_whom_it_was_to_tell() {
    let portal = portal_of(endless()).await;
    let run = Program::of(&portal).start("run --folder 123");
    portal.wait_for_calls(Operation::Progress, 2).await;
    run.signal(Signal::Terminate).await;
    let run = run.finish().await;
    assert!(run.exits(143).stdout.starts_with("[ADMIN NOTIFICATION]"), "{run}");
    run.mentions(&format!("docspace-backup wait {}", job(&portal)));
}

#[tokio::test]
async fn a_second_ctrl_c_ends_at_once() {
    let portal = portal().await;
    portal.inject(Fault::on(Operation::Start).hang());
    let program =
        Program::of(&portal).settings_alone("[portals.main]\nrequest_timeout = \"10m\"\nretry_for = \"20m\"\n");
    let mut run = program.start("run --folder 123");
    portal.wait_for_calls(Operation::Start, 1).await;
    run.signal(Signal::Interrupt).await;
    run.says("stopping").await; // The start is under way, and its answer is waited for.
    run.signal(Signal::Interrupt).await;
    run.finish().await.exits(130);
}

#[tokio::test]
async fn whoever_waits_for_another_job_can_leave() {
    let portal = portal().await;
    portal.put_in_slot(SlotJob::running_for(Duration::from_secs(600)));
    let run = Program::of(&portal).start("run --folder 123 --if-running wait --output json");
    portal.wait_for_calls(Operation::Progress, 2).await;
    run.signal(Signal::Interrupt).await;
    let document = run.finish().await.exits(130).json();
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["busy", "interrupted"]);
    assert_eq!(portal.calls_of(Operation::Start), []);
}

#[tokio::test]
async fn a_portal_that_hangs_holds_nobody() {
    let portal = portal().await;
    portal.inject(Fault::on(Operation::Progress).always().hang());
    let run = Program::of(&portal).settings_alone("").start("run --folder 123 --output json");
    portal.wait_for_calls(Operation::Progress, 1).await;
    run.signal(Signal::Interrupt).await;
    assert_eq!(run.finish().await.exits(130).json()["outcome"], "not_started");
}

#[tokio::test]
async fn a_doubt_that_is_cut_short_stays_a_doubt() {
    let portal = portal().await;
    portal.inject(Fault::on(Operation::Start).answer(Answer::gateway(502)));
    let mut run = Program::of(&portal).settings_alone("").start("run --folder 123 --output json");
    run.says("looking whether").await;
    run.signal(Signal::Terminate).await;
    let document = run.finish().await.exits(143).json();
    assert_eq!([&document["outcome"], &document["error"]["code"]], ["lost", "start_unknown"]);
    assert_eq!(portal.calls_of(Operation::Start).len(), 1);
}
