//! Cargo and other programs, started from the root of the workspace.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

use crate::environment;
use crate::trouble::Trouble;

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask is a folder of the workspace")
}

/// The folder for all that is built.
pub(crate) fn target() -> PathBuf {
    environment::read("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The cargo that runs this program, at the root of the workspace.
pub(crate) fn command() -> Command {
    let mut command = Command::new(environment::read("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    environment::without_cargo_own(&mut command);
    command.current_dir(root());
    command
}

/// Runs a program to its end and gives what it wrote to stdout; stderr is the caller's.
///
/// # Errors
///
/// The program could not be started, or it ended with another code than 0.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>, Trouble> {
    let name = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let output = command.stderr(std::process::Stdio::inherit()).output().map_err(cannot_start(&name))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(Trouble::new(format!("{name} failed ({})", output.status))),
    }
}

/// For `map_err` of a start.
pub(crate) fn cannot_start(program: &str) -> impl FnOnce(std::io::Error) -> Trouble + use<> {
    Trouble::with(format!("cannot start {program}"))
}

/// The code to pass on: the program's own, or as a shell has it, 128 and the number of the signal that ended it.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().or_else(|| signal(status).map(|number| 128 + number));
    code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// Becomes the program, so that whoever ends this process ends that one.
///
/// # Errors
///
/// The program could not be started.
#[cfg(unix)]
pub(crate) fn become_program(program: PathBuf, arguments: &[OsString]) -> Result<ExitCode, Trouble> {
    let error = std::os::unix::process::CommandExt::exec(Command::new(&program).args(arguments));
    Err(cannot_start(&program.to_string_lossy())(error))
}

/// Runs the program to its end; there is no way to become it here.
///
/// # Errors
///
/// The program could not be started.
#[cfg(not(unix))]
pub(crate) fn become_program(program: PathBuf, arguments: &[OsString]) -> Result<ExitCode, Trouble> {
    let status = Command::new(&program).args(arguments).status();
    status.map(exit_code).map_err(cannot_start(&program.to_string_lossy()))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    fn check(raw: i32, code: u8) {
        assert_eq!(exit_code(ExitStatus::from_raw(raw)), ExitCode::from(code), "wait status {raw}");
    }

    #[test]
    fn the_code_of_a_program_is_passed_on() {
        check(0, 0);
        check(17 << 8, 17);
    }

    #[test]
    fn a_program_ended_by_a_signal_is_a_failure_as_in_a_shell() {
        check(2, 130);
        check(15, 143);
    }
}
