//! `mock-portal`: a portal to play with.

fn main() -> std::process::ExitCode {
    mock_portal::run_program(std::env::args_os())
}
