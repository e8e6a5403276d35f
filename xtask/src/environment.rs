//! The environment that a chore was started in, and what of it the programs it starts may see.

use std::ffi::OsString;
use std::process::Command;

/// Set for the one package that cargo runs. A build script that watches them would run again each time
/// that a developer changes between `cargo xtask test` and `cargo test`.
const CARGO_OWN: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];

/// What `docspace-backup` takes settings from.
const SETTINGS: [&str; 4] = ["DOCSPACE_", "SMTP_URL", "SLACK_WEBHOOK_URL", "CREDENTIALS_DIRECTORY"];

/// The value of a variable, if it is set.
#[expect(clippy::disallowed_methods, reason = "chores have no settings stage; this is the one place that reads")]
pub(crate) fn read(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Keeps from a cargo what the outer cargo told this program about itself.
pub(crate) fn without_cargo_own(command: &mut Command) {
    remove(command, &CARGO_OWN);
}

/// Keeps the developer's own settings of `docspace-backup` from a program.
pub(crate) fn without_settings(command: &mut Command) {
    remove(command, &SETTINGS);
}

fn remove(command: &mut Command, prefixes: &[&str]) {
    for (name, _) in std::env::vars_os() {
        if starts_with_any(&name.to_string_lossy(), prefixes) {
            command.env_remove(name);
        }
    }
}

fn starts_with_any(name: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_program_is_kept_away_and_nothing_else() {
        let kept = |name: &str| !starts_with_any(name, &SETTINGS);
        for setting in ["DOCSPACE_API_KEY", "DOCSPACE_PORTAL", "SMTP_URL", "SLACK_WEBHOOK_URL", "CREDENTIALS_DIRECTORY"]
        {
            assert!(!kept(setting), "{setting}");
        }
        for other in ["PATH", "HOME", "TERM", "RUST_LOG", "SSL_CERT_FILE"] {
            assert!(kept(other), "{other}");
        }
    }

    #[test]
    fn a_nested_cargo_keeps_its_home_and_target_folder() {
        let kept = |name: &str| !starts_with_any(name, &CARGO_OWN);
        assert!(kept("CARGO_HOME") && kept("CARGO_TARGET_DIR"));
        assert!(!kept("CARGO_PKG_NAME") && !kept("CARGO_MANIFEST_DIR"));
    }
}
