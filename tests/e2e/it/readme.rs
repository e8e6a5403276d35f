//! What the README shows is what the program prints: each block after `<!-- shown: NAME -->` is run and compared.

use std::path::Path;

use mock_portal::JobPlan;

use crate::rig::{Finished, Program, portal, portal_of, redact};

const README: &str = include_str!("../../../README.md");

/// The block of that name: the command line, and what it is said to print.
fn shown(name: &str) -> (&'static str, &'static str) {
    let (_, after) = README.split_once(&format!("<!-- shown: {name} -->\n```console\n$ docspace-backup ")).unwrap();
    let (block, _) = after.split_once("```").unwrap();
    block.split_once('\n').unwrap()
}

/// Without what differs from portal to portal and from run to run: addresses, ids, times, sizes, the percentages that were met.
fn essence(text: &str) -> String {
    let text =
        text.replace("https://portal.example.com", "http://127.0.0.1:1").replace("portal.example.com", "127.0.0.1:1");
    let text = text.replace("1.4 GiB", "8.0 KiB");
    let lines = redact(&text, Path::new("/nowhere"));
    lines.lines().filter(|line| !line.contains(" % after ")).map(|line| format!("{}\n", line.trim_end())).collect()
}

fn printed(run: &Finished) -> String {
    essence(&format!("{}{}", run.stderr, run.stdout))
}

async fn check(program: &Program, name: &str, code: i32) {
    let (line, output) = shown(name);
    let run = program.run(line).await;
    assert_eq!(printed(run.exits(code)), essence(output), "the block {name:?} of README.md");
}

#[tokio::test]
async fn a_run_and_what_is_there_afterwards() {
    let portal = portal().await;
    let program = Program::of(&portal);
    check(&program, "run", 0).await;
    check(&program, "history", 0).await;
    check(&program, "status", 0).await;
}

#[tokio::test]
async fn a_failure() {
    let portal = portal_of(JobPlan::fail("No space left on device").at_percent(45)).await;
    check(&Program::of(&portal), "failure", 1).await;
}

#[test]
fn every_block_that_is_said_to_be_shown_is_compared() {
    let names: Vec<_> = README.split("<!-- shown: ").skip(1).filter_map(|rest| rest.split(' ').next()).collect();
    assert_eq!(names, ["run", "history", "status", "failure"]);
}
