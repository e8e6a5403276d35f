//! The programs of the workspace, built as a stranger would build them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::cargo;
use crate::environment;
use crate::trouble::Trouble;

/// The paths of both programs.
///
/// They are built together: two builds with other features each would compile the dependencies twice.
#[derive(Debug)]
pub(crate) struct Programs {
    pub(crate) docspace_backup: PathBuf,
    pub(crate) mock_portal: PathBuf,
}

impl Programs {
    /// Builds both, without a word unless something is wrong.
    ///
    /// # Errors
    ///
    /// The workspace does not compile.
    pub(crate) fn build() -> Result<Self, Trouble> {
        let messages = build(&["cli", "mock-portal"])?;
        Ok(Self {
            docspace_backup: executable(&messages, "docspace-backup")?,
            mock_portal: executable(&messages, "mock-portal")?,
        })
    }

    /// The program `docspace-backup`, with no settings but those that the caller adds.
    ///
    /// `home` takes the place of the developer's own configuration and state.
    ///
    /// # Errors
    ///
    /// `home` cannot be written.
    pub(crate) fn docspace_backup(&self, home: &Path) -> Result<Command, Trouble> {
        let settings = home.join("docspace-backup");
        std::fs::create_dir_all(&settings)
            .and_then(|()| std::fs::write(settings.join("config.toml"), NO_SETTINGS))
            .map_err(Trouble::with(format!("cannot write {}", settings.display())))?;
        let mut command = Command::new(&self.docspace_backup);
        environment::without_settings(&mut command);
        command.env("XDG_CONFIG_HOME", home).env("XDG_STATE_HOME", home).env("NO_PROXY", "127.0.0.1");
        Ok(command)
    }
}

/// Builds the mock portal alone, for which the rest need not compile.
///
/// # Errors
///
/// It does not compile.
pub(crate) fn mock_portal() -> Result<PathBuf, Trouble> {
    executable(&build(&["mock-portal"])?, "mock-portal")
}

/// Builds the programs of some packages, and gives what cargo says of each thing that it built.
fn build(packages: &[&str]) -> Result<String, Trouble> {
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    let mut command = cargo::command();
    command.args(["build", "--quiet", "--bins", "--message-format=json-render-diagnostics"]).args(packages);
    let messages = cargo::output(&mut command)?;
    String::from_utf8(messages).map_err(Trouble::with("cargo wrote something that is no text"))
}

/// A settings file that is found before the one of the system.
const NO_SETTINGS: &str = "# No settings.\n";

/// What cargo says of each thing that it built.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

fn executable(messages: &str, name: &str) -> Result<PathBuf, Trouble> {
    let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<Artifact>(line).ok());
    let mut named = artifacts.filter(|artifact| artifact.target.name == name);
    named.find_map(|artifact| artifact.executable).ok_or_else(|| Trouble::new(format!("cargo built no program {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const MESSAGES: &str = r#"
{"reason":"compiler-artifact","target":{"name":"mock_portal","kind":["lib"]},"executable":null}
{"reason":"compiler-artifact","target":{"name":"mock-portal","kind":["bin"]},"executable":"/t/debug/mock-portal"}
{"reason":"build-finished","success":true}
"#;

    #[test]
    fn the_path_of_a_program_is_what_cargo_says() {
        assert_eq!(executable(MESSAGES, "mock-portal").unwrap(), Path::new("/t/debug/mock-portal"));
    }

    #[test]
    fn the_program_finds_an_empty_settings_file_and_nothing_of_the_developer() {
        let home = Scratch::new().unwrap();
        let programs = Programs { docspace_backup: "docspace-backup".into(), mock_portal: "mock-portal".into() };
        let command = programs.docspace_backup(home.path()).unwrap();
        for variable in ["XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            let value = command.get_envs().find(|(name, _)| *name == variable).and_then(|(_, value)| value);
            assert_eq!(value, Some(home.path().as_os_str()), "{variable}");
        }
        let file = home.path().join("docspace-backup/config.toml");
        assert_eq!(std::fs::read_to_string(file).unwrap(), NO_SETTINGS);
    }

    #[test]
    fn a_program_that_was_not_built_is_named() {
        let trouble = executable(MESSAGES, "docspace-backup").unwrap_err();
        assert_eq!(trouble.to_string(), "cargo built no program docspace-backup");
    }
}
