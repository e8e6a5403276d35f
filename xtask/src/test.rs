//! The whole suite, with a closing line for those who only want the numbers.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ExitCode, Stdio};

use crate::cargo;
use crate::environment;
use crate::talk;
use crate::trouble::Trouble;

/// The tests of the built program wait more than they compute: more of them at once than there are cores.
const THREADS: &str = "8";

/// Runs `cargo test` over everything, and ends with `N passed, N failed`; the exit code is cargo's.
pub(crate) fn run(arguments: &[OsString], of_programs: &[OsString]) -> Result<ExitCode, Trouble> {
    let mut tests = start(arguments, of_programs)?;
    let output = tests.stdout.take().expect("`start` asks for a pipe");
    let tally = pass_through(BufReader::new(output), &mut io::stdout().lock());
    let status = tests.wait().map_err(Trouble::with("cannot wait for cargo"))?;
    if !status.success() && tally.failed == 0 {
        talk::say("error: not every test could be run; what cargo says above is the reason");
    }
    talk::put(tally);
    Ok(cargo::exit_code(status))
}

fn start(arguments: &[OsString], of_programs: &[OsString]) -> Result<Child, Trouble> {
    let mut command = cargo::command();
    command.args(["test", "--workspace", "--all-features", "--no-fail-fast"]);
    command.args(arguments);
    if !of_programs.is_empty() {
        command.arg("--").args(of_programs);
    }
    if environment::read("RUST_TEST_THREADS").is_none() {
        command.env("RUST_TEST_THREADS", THREADS);
    }
    command.stdout(Stdio::piped()).spawn().map_err(cargo::cannot_start("cargo test"))
}

/// How many tests ended how, over all test programs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Tally {
    /// Adds what a line such as `test result: ok. 3 passed; 0 failed; …` says; other lines say nothing.
    fn add(&mut self, line: &str) {
        if line.starts_with("test result: ") {
            self.passed += before(line, "passed;");
            self.failed += before(line, "failed;");
        }
    }
}

/// The number that stands before a word.
fn before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// Copies line by line and counts; output that ends in the middle is copied as far as it goes.
fn pass_through(mut from: impl BufRead, to: &mut impl Write) -> Tally {
    let mut tally = Tally::default();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        // A reader that went away must not end the tests: their exit code still speaks.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        tally.add(&String::from_utf8_lossy(&line));
        line.clear();
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, line: &str) {
        let mut copy = Vec::new();
        assert_eq!(pass_through(output.as_bytes(), &mut copy).to_string(), line);
        assert_eq!(String::from_utf8(copy).unwrap(), output);
    }

    #[test]
    fn the_results_of_all_test_programs_are_summed() {
        check(
            "running 3 tests\n\
             test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
             test result: FAILED. 40 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s\n",
            "43 passed, 2 failed",
        );
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        check("test result: \u{1b}[32mok\u{1b}[0m. 7 passed; 0 failed; 0 ignored\n", "7 passed, 0 failed");
    }

    #[test]
    fn what_a_test_prints_is_no_result() {
        check("we expected 5 passed; 1 failed; of these\nno line end", "0 passed, 0 failed");
    }

    #[test]
    fn a_reader_that_went_away_does_not_stop_the_count() {
        let lines = "test result: ok. 1 passed; 0 failed;\n".repeat(2);
        assert_eq!(pass_through(lines.as_bytes(), &mut [0_u8; 4].as_mut_slice()).passed, 2);
    }
}
