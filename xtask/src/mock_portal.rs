//! The mock portal: as a chore, which becomes it, and as a child that ends with its owner.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};

use crate::build;
use crate::cargo;
use crate::trouble::Trouble;

/// A key of the right form that opens nothing but a portal that was started with it.
pub(crate) const API_KEY: &str = "sk-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Becomes the mock portal.
pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode, Trouble> {
    cargo::become_program(build::mock_portal()?, arguments)
}

/// A running mock portal, ended on drop.
#[derive(Debug)]
pub(crate) struct MockPortal {
    child: Child,
    address: String,
}

impl MockPortal {
    /// Starts the program and waits until it says where it listens; what it logs goes to the file `log`.
    ///
    /// # Errors
    ///
    /// The program ends, or says something else. The log is part of the message.
    pub(crate) fn start(program: &Path, arguments: &[&str], log: &Path) -> Result<Self, Trouble> {
        let file = File::create(log).map_err(Trouble::with(format!("cannot write {}", log.display())))?;
        let command = &mut Command::new(program);
        let mut child = command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()
            .map_err(cargo::cannot_start("the mock portal"))?;
        let stdout = child.stdout.take();
        // From here on the drop of `portal` ends the child.
        let mut portal = Self { child, address: String::new() };
        let address = stdout.and_then(first_address);
        portal.address = address.ok_or_else(|| said_nothing(log))?;
        Ok(portal)
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for MockPortal {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads the address from the first line, and all that follows so that the program never waits for a reader.
fn first_address(stdout: ChildStdout) -> Option<String> {
    let mut lines = BufReader::new(stdout);
    let mut line = String::new();
    lines.read_line(&mut line).ok()?;
    std::thread::spawn(move || io::copy(&mut lines, &mut io::sink()));
    address(&line).map(str::to_owned)
}

fn address(line: &str) -> Option<&str> {
    let address = line.trim_end().strip_prefix("listening on ")?;
    address.starts_with("http://").then_some(address)
}

fn said_nothing(log: &Path) -> Trouble {
    let log = std::fs::read_to_string(log).unwrap_or_default();
    Trouble::new(format!("the mock portal did not say where it listens\n{log}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_on_the_first_line() {
        assert_eq!(address("listening on http://127.0.0.1:4711\n"), Some("http://127.0.0.1:4711"));
        assert_eq!(address("listening on port 4711\n"), None);
        assert_eq!(address(""), None);
    }

    #[cfg(unix)]
    mod with_a_shell_in_its_place {
        use super::*;
        use crate::scratch::Scratch;

        fn start(script: &str) -> Result<MockPortal, Trouble> {
            let folder = Scratch::new().unwrap();
            MockPortal::start(Path::new("/bin/sh"), &["-c", script], &folder.path().join("log"))
        }

        #[test]
        fn a_portal_that_listens_is_ended_on_drop() {
            let portal = start("echo listening on http://127.0.0.1:1; exec sleep 600").unwrap();
            assert_eq!(portal.address(), "http://127.0.0.1:1");
            let process = portal.child.id();
            assert!(lives(process));
            drop(portal);
            assert!(!lives(process));
        }

        fn lives(process: u32) -> bool {
            let kill = &mut Command::new("kill");
            kill.args(["-0", &process.to_string()]).stderr(Stdio::null()).status().unwrap().success()
        }

        #[test]
        fn a_portal_that_cannot_listen_is_quoted() {
            let trouble = start("echo address in use >&2; exit 1").unwrap_err();
            assert_eq!(trouble.to_string(), "the mock portal did not say where it listens\naddress in use\n");
        }
    }
}
