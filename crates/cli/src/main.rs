//! The program `docspace-backup`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main_impl(std::env::args_os()).into()
}
