//! Data on standard output, talk on standard error, and what happens when nobody reads.

use mock_portal::{JobPlan, Trouble};

use crate::rig::{Program, portal, portal_of};

#[tokio::test]
async fn errors_are_talk_even_when_quiet() {
    let portal = portal().await;
    portal.set_troubles([Trouble::KeyRefused]);
    let told = Program::of(&portal).run("status --quiet").await;
    assert_eq!(told.exits(4).stdout, "");
    told.mentions("error: ").mentions("hint: ");
}

#[tokio::test]
async fn a_quiet_failure_still_gives_its_reason() {
    let portal = portal_of(JobPlan::fail("Disk full")).await;
    let told = Program::of(&portal).run("run --folder 123 --quiet --no-notify").await;
    assert!(told.exits(1).stderr.starts_with("error: the portal reports: Disk full\n"), "{told}");
}

#[tokio::test]
async fn verbose_tells_the_calls_and_twice_verbose_each_request() {
    let portal = portal().await;
    let program = Program::of(&portal);
    let plain = program.run("status").await.stderr.len();
    let twice = program.run("status -vv").await.stderr;
    assert_eq!(plain, 0);
    assert!(twice.contains("status=200") && twice.contains("duration_ms="), "{twice}");
    let filtered = program.run("status -vv").await.stderr;
    assert!(filtered.contains("DEBUG"), "{filtered}");
}

#[tokio::test]
async fn a_filter_of_ones_own_replaces_the_log() {
    let portal = portal().await;
    let program = Program::of(&portal).env("RUST_LOG", "off");
    assert_eq!(program.run("status -vv").await.exits(0).stderr, "");
}

#[tokio::test]
async fn colours_can_be_asked_for_and_refused() {
    let portal = portal().await;
    portal.set_troubles([Trouble::KeyRefused]);
    let is_coloured = async |program: Program, line: &str| program.run(line).await.stderr.contains('\u{1b}');
    assert!(!is_coloured(Program::of(&portal), "status").await);
    assert!(is_coloured(Program::of(&portal), "status --color always").await);
    assert!(is_coloured(Program::of(&portal).env("CLICOLOR_FORCE", "1"), "status").await);
    let both = Program::of(&portal).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!is_coloured(both, "status").await);
}

#[tokio::test]
async fn a_reader_that_has_left_is_no_failure_of_the_backup() {
    for form in ["human", "json", "jsonl", "markdown"] {
        let portal = portal().await;
        let run = Program::of(&portal).run_unread(&format!("run --folder 123 --output {form}")).await;
        assert!(!run.stderr.contains("panicked"), "{run}");
        assert!([0, 16].contains(&run.code), "{run}");
        assert_eq!(portal.starts(), 1);
    }
}

#[tokio::test]
async fn more_is_said_each_time_it_is_asked_for() {
    let portal = portal().await;
    let program = Program::of(&portal);
    let usual = program.run("run --folder 123").await;
    assert!(!usual.stderr.contains("portal call"), "{usual}");
    let verbose = program.run("run --folder 123 -v").await;
    assert!(verbose.stderr.contains("operation=\"start the backup\""), "{verbose}");
    let debug = program.run("run --folder 123 -vv").await;
    assert!(debug.stderr.lines().count() > verbose.stderr.lines().count(), "{debug}");
}
