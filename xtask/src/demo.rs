//! The main job with nothing set up: a mock portal is started, backed up and stopped.

use std::path::Path;
use std::process::{ExitCode, ExitStatus};

use crate::build::Programs;
use crate::cargo;
use crate::mock_portal::{API_KEY, MockPortal};
use crate::scratch::Scratch;
use crate::talk;
use crate::trouble::Trouble;

const PORTAL: [&str; 6] = ["--listen", "127.0.0.1:0", "--api-key", API_KEY, "--backup-duration", "8s"];

/// Runs the demo; the exit code is that of `docspace-backup run`.
///
/// Ctrl-C reaches all three programs at once, and each ends by itself.
pub(crate) fn run() -> Result<ExitCode, Trouble> {
    talk::say("demo: building docspace-backup and a mock portal; the first time this takes a few minutes");
    let programs = Programs::build()?;
    let home = Scratch::new()?;
    let log = home.path().join("mock-portal.log");
    let portal = MockPortal::start(&programs.mock_portal, &PORTAL, &log)?;
    talk::say(format_args!("demo: docspace-backup run, against the mock portal at {}", portal.address()));
    let status = back_up(&programs, &portal, home.path())?;
    drop(portal);
    if !status.success() {
        talk::say(format_args!("demo: the portal's log\n{}", std::fs::read_to_string(&log).unwrap_or_default()));
    }
    Ok(cargo::exit_code(status))
}

fn back_up(programs: &Programs, portal: &MockPortal, home: &Path) -> Result<ExitStatus, Trouble> {
    let mut command = programs.docspace_backup(home)?;
    command.arg("run").env("DOCSPACE_API_HOST", portal.address()).env("DOCSPACE_API_KEY", API_KEY);
    command.status().map_err(cargo::cannot_start("docspace-backup"))
}
