//! Every fault that is known against the built program, and the table of what came of each.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cargo;
use crate::trouble::Trouble;

/// The table is printed by a test. What it needs is built as for all other tests, so that nothing is built twice.
const TESTS: [&str; 8] = ["test", "--workspace", "--all-features", "--test", "it", "chaos::", "--", "--nocapture"];

/// To which rows the table is limited.
const PART: &str = "DOCSPACE_CHAOS_PART";

/// What the random rows come of.
const SEED: &str = "DOCSPACE_CHAOS_SEED";

/// Runs the scenarios whose name has the part in it; the exit code is cargo's.
pub(crate) fn run(part: Option<OsString>, seed: Option<u64>) -> Result<ExitCode, Trouble> {
    let mut command = cargo::command();
    command.args(TESTS).envs(part.map(|part| (PART, part))).envs(seed.map(|seed| (SEED, seed.to_string())));
    command.status().map(cargo::exit_code).map_err(cargo::cannot_start("cargo test"))
}
