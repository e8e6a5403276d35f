//! The portal's official SDK for Python against a mock portal: what others wrote from the published interface gets along with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::build;
use crate::cargo;
use crate::environment;
use crate::mock_portal::{API_KEY, MockPortal};
use crate::scratch::Scratch;
use crate::talk;
use crate::trouble::Trouble;

const PORTAL: [&str; 6] = ["--listen", "127.0.0.1:0", "--api-key", API_KEY, "--backup-duration", "1500ms"];

/// An index that cannot be reached is known as such soon.
const INSTALL: [&str; 9] =
    ["-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "15", "--disable-pip-version-check"];

/// What marks an environment as complete, by what was asked for.
const INSTALLED: &str = "installed.txt";

/// Performs the operations; the exit code is 1 if one of them failed.
///
/// # Errors
///
/// The SDK cannot be had.
pub(crate) fn run() -> Result<ExitCode, Trouble> {
    perform(&python_with_sdk(Path::new("python3"), &cargo::target().join("sdk"))?)
}

/// As [`run`], but where the SDK cannot be had this is said, and no failure.
pub(crate) fn run_if_possible() -> Result<ExitCode, Trouble> {
    if_possible(python_with_sdk(Path::new("python3"), &cargo::target().join("sdk")), |python| perform(&python))
}

fn if_possible(
    python: Result<PathBuf, Trouble>,
    perform: impl FnOnce(PathBuf) -> Result<ExitCode, Trouble>,
) -> Result<ExitCode, Trouble> {
    match python {
        Ok(python) => perform(python),
        Err(trouble) => {
            talk::put(format_args!("left out: {}", trouble.chain()));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn perform(python: &Path) -> Result<ExitCode, Trouble> {
    let home = Scratch::new()?;
    let log = home.path().join("mock-portal.log");
    let portal = MockPortal::start(&build::mock_portal()?, &PORTAL, &log)?;
    let mut script = Command::new(python);
    environment::without_settings(&mut script);
    script.args(["-W", "ignore"]).arg(folder().join("backup_operations.py")); // The SDK warns of itself.
    script.env("DOCSPACE_API_HOST", portal.address()).env("DOCSPACE_API_KEY", API_KEY);
    let status = script.status().map_err(cargo::cannot_start("python"))?;
    drop(portal);
    if !status.success() {
        talk::say(format_args!("the portal's log\n{}", fs::read_to_string(&log).unwrap_or_default()));
    }
    Ok(cargo::exit_code(status))
}

/// The interpreter of a virtual environment that has the SDK in it, made anew where what was asked for has changed.
fn python_with_sdk(python: &Path, environment: &Path) -> Result<PathBuf, Trouble> {
    let requirements = folder().join("requirements.txt");
    let wanted = read(&requirements)?;
    let own_python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let marker = environment.join(INSTALLED);
    if fs::read_to_string(&marker).is_ok_and(|installed| installed == wanted) && own_python.exists() {
        return Ok(own_python);
    }
    quietly(Command::new(python).args(["-m", "venv", "--clear"]).arg(environment), "there is no Python with venv")?;
    let install = &mut Command::new(&own_python);
    install.args(INSTALL).arg("--requirement").arg(&requirements);
    quietly(install, "the SDK cannot be had from a package index")?;
    fs::write(&marker, wanted).map_err(Trouble::with(format!("cannot write {}", marker.display())))?;
    Ok(own_python)
}

/// Runs a program to its end without a word; the last line that it wrote is part of the trouble.
fn quietly(command: &mut Command, what: &str) -> Result<(), Trouble> {
    let output = command.output().map_err(Trouble::with(what))?;
    if output.status.success() {
        return Ok(());
    }
    let said =
        String::from_utf8_lossy(if output.stderr.is_empty() { &output.stdout } else { &output.stderr }).into_owned();
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim().to_owned();
    Err(Trouble::with(what)(Trouble::new(last)))
}

fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(Trouble::with(format!("cannot read {}", path.display())))
}

fn folder() -> PathBuf {
    cargo::root().join("xtask/sdk")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_python_the_step_is_left_out_and_the_chore_fails() {
        let home = Scratch::new().unwrap();
        let missing = || python_with_sdk(Path::new("/nowhere/python3"), home.path());
        assert!(missing().unwrap_err().chain().starts_with("there is no Python with venv: "));
        let code = if_possible(missing(), |_| panic!("there is nothing to perform with"));
        assert_eq!(code.unwrap(), ExitCode::SUCCESS);
    }

    #[test]
    fn a_failing_operation_is_a_failure_wherever_it_is_tried() {
        let code = if_possible(Ok("python".into()), |_| Ok(ExitCode::FAILURE));
        assert_eq!(code.unwrap(), ExitCode::FAILURE);
    }

    #[test]
    fn an_environment_that_is_complete_is_taken_as_it_is() {
        let home = Scratch::new().unwrap();
        let python = home.path().join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
        fs::create_dir_all(python.parent().unwrap()).unwrap();
        fs::write(&python, "").unwrap();
        let python_of = || python_with_sdk(Path::new("/nowhere/python3"), home.path());
        fs::write(home.path().join(INSTALLED), "another-sdk==1.0\n").unwrap();
        assert!(python_of().is_err(), "what was asked for has changed");
        fs::copy(folder().join("requirements.txt"), home.path().join(INSTALLED)).unwrap();
        assert_eq!(python_of().unwrap(), python);
    }

    #[cfg(unix)]
    #[test]
    fn the_last_words_of_a_program_that_fails_are_passed_on() {
        let shell = |script: &str| quietly(Command::new("/bin/sh").args(["-c", script]), "it cannot be had");
        assert!(shell("echo all is well >&2").is_ok());
        let trouble = shell("echo one >&2; echo no index; echo two >&2; echo >&2; exit 1").unwrap_err();
        assert_eq!(trouble.chain(), "it cannot be had: two");
        assert_eq!(shell("exit 1").unwrap_err().chain(), "it cannot be had: it said nothing");
    }
}
