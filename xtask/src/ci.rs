//! The gate: every check that a change has to pass, in the order in which a failure is cheapest to find.

use std::fmt;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::cargo;
use crate::features;
use crate::talk;
use crate::trouble::Trouble;

const WARNINGS_ARE_ERRORS: &str = "-D warnings";

/// One check: a cargo command that stands alone, so that whoever sees it fail can type it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    arguments: String,
    rustdocflags: Option<&'static str>,
}

impl Step {
    fn new(arguments: impl Into<String>) -> Self {
        Self { arguments: arguments.into(), rustdocflags: None }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(flags) = self.rustdocflags {
            write!(f, "RUSTDOCFLAGS='{flags}' ")?;
        }
        write!(f, "cargo {}", self.arguments)
    }
}

/// Runs the gate and stops at the first step that fails; the exit code is that of the step.
pub(crate) fn run() -> Result<ExitCode, Trouble> {
    pass_all(&steps(&features::of_notify()?), perform)
}

/// All steps; `alone` are the features of `notify` that have to build so.
fn steps(alone: &[String]) -> Vec<Step> {
    let mut steps = vec![
        Step::new("fmt --all --check"),
        Step::new(format!("clippy --workspace --all-targets --all-features -- {WARNINGS_ARE_ERRORS}")),
        Step::new(notify_with("")),
    ];
    steps.extend(alone.iter().map(|feature| Step::new(notify_with(&format!(" --features {feature}")))));
    steps.extend([
        Step {
            arguments: "doc --workspace --all-features --no-deps".to_owned(),
            rustdocflags: Some(WARNINGS_ARE_ERRORS),
        },
        Step::new("xtask tidy"), // the generated texts are part of it
        Step::new("xtask sdk --if-possible"),
        Step::new("xtask chaos"),
        Step::new("xtask test -- --skip chaos::"), // that was the step before
    ]);
    steps
}

fn notify_with(features: &str) -> String {
    format!("clippy --package notify --no-default-features{features} -- {WARNINGS_ARE_ERRORS}")
}

/// The last word is that of the last step: the tests' own summary.
fn pass_all(steps: &[Step], mut perform: impl FnMut(&Step) -> Result<ExitCode, Trouble>) -> Result<ExitCode, Trouble> {
    let start = now();
    for (number, step) in (1..).zip(steps) {
        let place = format!("ci {number}/{}, {} after its beginning", steps.len(), seconds(start.elapsed()));
        talk::say(format_args!("\n{place}: {step}"));
        let code = perform(step)?;
        if code != ExitCode::SUCCESS {
            talk::say(format_args!("ci {number}/{}: failed", steps.len()));
            return Ok(code);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn perform(step: &Step) -> Result<ExitCode, Trouble> {
    let mut command = cargo::command();
    command.args(words(&step.arguments)).envs(step.rustdocflags.map(|flags| ("RUSTDOCFLAGS", flags)));
    command.status().map(cargo::exit_code).map_err(cargo::cannot_start("cargo"))
}

fn words(arguments: &str) -> impl Iterator<Item = &str> {
    arguments.split_whitespace()
}

#[expect(clippy::disallowed_methods, reason = "what a developer waits for is real time; no test pauses it")]
fn now() -> Instant {
    Instant::now()
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_gate_has_these_steps_and_ends_with_the_tests() {
        let steps = steps(&["email".to_owned(), "slack".to_owned()]);
        let shown: String = steps.iter().map(|step| format!("{step}\n")).collect();
        expect![[r#"
            cargo fmt --all --check
            cargo clippy --workspace --all-targets --all-features -- -D warnings
            cargo clippy --package notify --no-default-features -- -D warnings
            cargo clippy --package notify --no-default-features --features email -- -D warnings
            cargo clippy --package notify --no-default-features --features slack -- -D warnings
            RUSTDOCFLAGS='-D warnings' cargo doc --workspace --all-features --no-deps
            cargo xtask tidy
            cargo xtask sdk --if-possible
            cargo xtask chaos
            cargo xtask test -- --skip chaos::
        "#]]
        .assert_eq(&shown);
    }

    #[test]
    fn the_first_failing_step_ends_the_gate_with_its_code() {
        let steps = ["one", "two", "three"].map(Step::new);
        let mut seen = Vec::new();
        let code = pass_all(&steps, |step| {
            seen.push(step.arguments.clone());
            Ok(ExitCode::from(if step.arguments == "two" { 101 } else { 0 }))
        });
        assert_eq!(code.unwrap(), ExitCode::from(101));
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn a_gate_whose_steps_all_pass_is_passed() {
        let code = pass_all(&[Step::new("one"), Step::new("two")], |_| Ok(ExitCode::SUCCESS));
        assert_eq!(code.unwrap(), ExitCode::SUCCESS);
    }
}
