//! Secrets: where they are fetched from. They live in `SecretString` alone, and only for as long as they are needed.

mod command;

use std::{fmt, path::Path, path::PathBuf, time::Duration};

use secrecy::SecretString;

use super::{Environment, Setting, SettingsError, small_file::read_text};

/// The most a secret may be long: 64 KiB.
const LIMIT: u64 = 64 * 1024;

/// How long a command may take to print a secret.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a secret is fetched from. `Display` and `Debug` tell the place, and never more of a command than its program.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum SecretSource {
    /// An environment variable.
    Environment(String),
    /// A file; a line break at its end is not part of the secret.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A program and its arguments; the first line that it prints is the secret.
    Command(Vec<String>),
}

impl SecretSource {
    /// The file, or standard input for `-`.
    pub(super) fn from_path(path: &Path) -> Self {
        match path.to_str() {
            Some("-") => Self::Stdin,
            Some(_) | None => Self::File(path.to_owned()),
        }
    }
}

impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(name) => write!(f, "env {name}"),
            Self::File(path) if may_be_a_secret(path) => f.write_str("file (hidden: it looks like a secret)"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Stdin => f.write_str("stdin"),
            Self::Command(words) => write!(f, "command {}", words.first().map_or("", String::as_str)),
        }
    }
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretSource({self})")
    }
}

impl Setting<SecretSource> {
    /// Fetches the secret of that setting, and adds to `warnings` where it lies open to others.
    ///
    /// # Errors
    ///
    /// When there is none at that place, it is empty, or the command fails or takes longer than 30 s.
    pub(super) async fn fetch(
        &self,
        setting: &str,
        environment: &Environment,
        warnings: &mut Vec<String>,
    ) -> Result<SecretString, SettingsError> {
        let read = match &self.value {
            SecretSource::Environment(name) => from_environment(name, environment),
            SecretSource::File(path) => from_file(path),
            SecretSource::Stdin => from_stdin(environment),
            SecretSource::Command(words) => command::first_line(words, PATIENCE).await,
        };
        let text = read.and_then(not_empty).map_err(|problem| {
            let hint = hint_for(&self.value);
            SettingsError::new(setting, problem).at(&self.origin).with_hint(hint)
        })?;
        warnings.extend(open_to_others(setting, &self.value));
        Ok(text)
    }
}

/// Whether an environment variable can have that name.
pub(super) fn is_variable_name(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

fn from_environment(name: &str, environment: &Environment) -> Result<String, String> {
    match environment.text(name) {
        Ok(Some(text)) => Ok(text.value),
        Ok(None) => Err(format!("the environment variable {name} is not set, or empty")),
        Err(_) => Err(format!("the environment variable {name} is not text (UTF-8)")),
    }
}

fn from_file(path: &Path) -> Result<String, String> {
    if may_be_a_secret(path) && !path.exists() {
        return Err("this looks like the secret itself, not like the path of a file".to_owned());
    }
    let text = read_text(path, LIMIT).map_err(|fault| fault.to_string())?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn from_stdin(environment: &Environment) -> Result<String, String> {
    let bytes = match environment.read_stdin(LIMIT + 1) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err("standard input is a terminal: nothing is piped in".to_owned()),
        Err(error) => return Err(format!("standard input cannot be read: {}", error.kind())),
    };
    match String::from_utf8(bytes) {
        Ok(text) if text.len() as u64 <= LIMIT => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
        Ok(_) => Err("what is piped in is larger than 64 KiB".to_owned()),
        Err(_) => Err("what is piped in is not text (UTF-8)".to_owned()),
    }
}

fn not_empty(text: String) -> Result<SecretString, String> {
    match text.trim().is_empty() {
        true => Err("the secret is empty".to_owned()),
        false => Ok(SecretString::from(text)),
    }
}

fn hint_for(source: &SecretSource) -> String {
    match source {
        SecretSource::Environment(name) => {
            format!("set {name} where the program runs, or fetch the secret from elsewhere")
        }
        SecretSource::File(_) => "name a readable file that holds the secret and nothing else".to_owned(),
        SecretSource::Stdin => "pipe the secret in: pass show docspace | docspace-backup … --api-key-file -".to_owned(),
        SecretSource::Command(_) => "run the command yourself: its first line must be the secret".to_owned(),
    }
}

/// Whether somebody may have given a secret where a path belongs.
fn may_be_a_secret(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let last = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    text.contains("://") || text.contains(":/") || ["sk-", "xox", "Bearer "].iter().any(|start| last.starts_with(start))
}

#[cfg(unix)]
fn open_to_others(setting: &str, source: &SecretSource) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    let SecretSource::File(path) = source else { return None };
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let open = metadata.permissions().mode() & 0o004 != 0;
    open.then(|| format!("{setting}: everybody on this machine can read {}: chmod o-r it", path.display()))
}

#[cfg(not(unix))]
fn open_to_others(_: &str, _: &SecretSource) -> Option<String> {
    None
}
