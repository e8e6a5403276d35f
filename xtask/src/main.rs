//! Every chore of this workspace: `cargo xtask CHORE`.
//!
//! A chore is one file and one arm of the `match` below. A step of the gate is a row in `ci`, a rule of tidy a function in `tidy`
//! with a test that sees it fail, a generated text a row in `generate` and a pair of markers in the file that shows it.

mod build;
mod cargo;
mod chaos;
mod ci;
mod demo;
mod environment;
mod features;
mod fuzz;
mod generate;
mod mock_portal;
mod scratch;
mod sdk;
mod talk;
mod test;
mod tidy;
mod trouble;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

/// The chores of this workspace.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Chore {
    /// Show the main job with nothing set up: a mock portal is started, backed up and stopped.
    Demo,
    /// Run every test of the workspace, documentation included, and end with `N passed, N failed`.
    Test {
        /// Passed on to `cargo test`: a part of a test's name, `--quiet` …
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<OsString>,
        /// Passed on to the test programs: `--nocapture`, `--skip NAME` …
        #[arg(last = true)]
        of_programs: Vec<OsString>,
    },
    /// Run the built program through every fault that is known, and print a table of what came of each.
    Chaos {
        /// A part of a scenario's name, or of its group's: only those are run.
        part: Option<OsString>,
        /// For the kills at random moments: the seed that an earlier table names.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Run all that has to pass before a change lands: what CI runs, word for word.
    Ci,
    /// Keep a mock portal running for play.
    #[command(disable_help_flag = true)]
    MockPortal {
        /// Passed on to the program `mock-portal`; try `--help`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Feed the readers of foreign bytes with whatever comes to a fuzzer's mind; needs a nightly toolchain and cargo-fuzz.
    Fuzz {
        /// One of the targets in fuzz/fuzz_targets; without it each in turn.
        target: Option<String>,
        /// How long each is fed.
        #[arg(long, value_name = "N", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
        seconds: u32,
    },
    /// Perform every backup operation of the portal's official Python SDK against a mock portal, one line for each.
    Sdk {
        /// Leave it out, and say why, where there is no Python with venv or no package index; otherwise that is a failure.
        #[arg(long)]
        if_possible: bool,
    },
    /// Check what the compiler cannot: crate arrows, manifests, licences, sizes, names, generated texts.
    Tidy,
    /// Write the generated texts anew.
    Generate {
        /// Change nothing; fail where a text is out of date.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let done = match Chore::parse() {
        Chore::Demo => demo::run(),
        Chore::Test { arguments, of_programs } => test::run(&arguments, &of_programs),
        Chore::Chaos { part, seed } => chaos::run(part, seed),
        Chore::Ci => ci::run(),
        Chore::MockPortal { arguments } => mock_portal::run(&arguments),
        Chore::Fuzz { target, seconds } => fuzz::run(target.as_deref(), seconds),
        Chore::Sdk { if_possible: true } => sdk::run_if_possible(),
        Chore::Sdk { if_possible: false } => sdk::run(),
        Chore::Tidy => tidy::run(),
        Chore::Generate { check: true } => generate::check(),
        Chore::Generate { check: false } => generate::write(),
    };
    done.unwrap_or_else(|trouble| {
        talk::say(format_args!("error: {}", trouble.chain()));
        ExitCode::FAILURE
    })
}
