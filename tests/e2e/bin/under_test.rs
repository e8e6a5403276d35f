//! The same program a second time: cargo tells a package's tests the path of that package's programs alone.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main_impl(std::env::args_os()).into()
}
