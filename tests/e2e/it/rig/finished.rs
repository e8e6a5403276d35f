//! The program after its end: what it wrote, and its exit code.

use std::{
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::ExitStatus,
};

use expect_test::Expect;
use serde_json::Value;

use super::redact::redact;

/// A call of the program that is over.
pub(crate) struct Finished {
    pub(super) line: String,
    /// The exit code; the negative number of the signal that killed it.
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    home: PathBuf,
}

impl Finished {
    pub(super) fn new(line: String, status: ExitStatus, stdout: String, stderr: String, home: &Path) -> Self {
        let code = status.code().unwrap_or_else(|| -status.signal().unwrap_or_default());
        Self { line, code, stdout, stderr, home: home.to_owned() }
    }

    /// Makes sure of the exit code.
    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "exit code of {self}");
        self
    }

    /// The only thing on standard output: one JSON document with a schema version, whose exit code is the real one.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let document: Value = serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self}"));
        assert_eq!(document["schema_version"], 1, "{self}");
        assert_eq!(document["exit_code"], self.code, "{self}");
        document
    }

    /// Every line of standard output as a document.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {self}"));
        self.stdout.lines().map(parse).collect()
    }

    /// Compares both outputs and the exit code, with what differs from run to run taken out.
    #[track_caller]
    pub(crate) fn shows(&self, expected: Expect) {
        expected.assert_eq(&redact(&self.to_string(), &self.home));
    }

    /// The same for standard output alone.
    #[track_caller]
    pub(crate) fn prints(&self, expected: Expect) {
        expected.assert_eq(&redact(&self.stdout, &self.home));
    }

    /// The same for standard error alone.
    #[track_caller]
    pub(crate) fn says(&self, expected: Expect) {
        expected.assert_eq(&redact(&self.stderr, &self.home));
    }

    /// Makes sure that standard error holds the text.
    #[track_caller]
    pub(crate) fn mentions(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "{text:?} is missing from standard error of {self}");
        self
    }

    /// What follows `Label:` in its first line on standard output.
    #[track_caller]
    pub(crate) fn fact(&self, label: &str) -> &str {
        let prefix = format!("{label}:");
        let found = self.stdout.lines().find_map(|line| line.trim_start().strip_prefix(&prefix));
        found.unwrap_or_else(|| panic!("no {label} in {self}")).trim()
    }
}

impl std::fmt::Display for Finished {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, code, stdout, stderr, .. } = self;
        write!(f, "$ {line}\nexit code {code}\n--- stdout\n{stdout}--- stderr\n{stderr}")
    }
}
