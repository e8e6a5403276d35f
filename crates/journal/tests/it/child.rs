//! A test that runs a second time in a process of its own, and plays another role there.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStderr, Command, Stdio};

const ROLE: &str = "JOURNAL_TEST_ROLE";
const FOLDER: &str = "JOURNAL_TEST_FOLDER";

/// What this process is to do, and with the journal in which folder; none if it is the one that tests.
pub(crate) fn role() -> Option<(String, PathBuf)> {
    #[expect(clippy::disallowed_methods, reason = "no setting: it tells the processes of a test apart")]
    let variable = |name| std::env::var(name).ok();
    Some((variable(ROLE)?, variable(FOLDER)?.into()))
}

/// Says something to the process that tests. Standard output is no way, for the test harness writes there.
pub(crate) fn say(line: &str) {
    writeln!(io::stderr(), "{line}").unwrap();
}

/// Waits until the process that tests kills this one, or is gone itself.
pub(crate) fn stay() {
    io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

/// The other process; it is killed when this is dropped.
pub(crate) struct Child {
    process: std::process::Child,
    lines: BufReader<ChildStderr>,
}

impl Child {
    /// Runs `test`, by its full name, once more in this role.
    pub(crate) fn start(test: &str, role: &str, folder: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", test, "--nocapture"]).env(ROLE, role).env(FOLDER, folder);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap());
        Self { process, lines }
    }

    /// What it says next; none when it is gone.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let length = self.lines.read_line(&mut line).unwrap();
        (length > 0).then(|| line.trim_end().to_owned())
    }

    /// Kills it (on Unix with SIGKILL), and returns what it had said besides.
    pub(crate) fn kill(mut self) -> Vec<String> {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::iter::from_fn(|| self.line()).collect()
    }

    /// Waits until it is gone by itself, as a test that has passed.
    pub(crate) fn pass(mut self) {
        let said: Vec<String> = std::iter::from_fn(|| self.line()).collect();
        assert!(self.process.wait().unwrap().success(), "{}", said.join("\n"));
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        drop((self.process.kill(), self.process.wait()));
    }
}
