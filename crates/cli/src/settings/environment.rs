//! What surrounds the program, as a value: read once from the process, written down in tests.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fmt,
    io::{self, IsTerminal, Read},
    path::PathBuf,
};

use super::{Origin, Setting, SettingsError};

/// Variables, standard input, and the place of the machine's settings file.
pub(crate) struct Environment {
    variables: BTreeMap<OsString, OsString>,
    stdin: Stdin,
    system_file: PathBuf,
}

enum Stdin {
    Process,
    #[cfg(any(test, fuzzing))]
    Text(Vec<u8>),
}

impl Environment {
    /// The environment of this process.
    pub(crate) fn of_process() -> Self {
        Self {
            variables: std::env::vars_os().collect(),
            stdin: Stdin::Process,
            system_file: PathBuf::from("/etc/docspace-backup/config.toml"),
        }
    }

    /// An environment of these variables alone, for tests; `stdin` is what is piped in.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn of(variables: &[(&str, &str)], stdin: &str) -> Self {
        Self {
            variables: variables.iter().map(|(name, value)| (name.into(), value.into())).collect(),
            stdin: Stdin::Text(stdin.into()),
            system_file: PathBuf::from("/nonexistent/config.toml"),
        }
    }

    /// Sets one more variable, for tests.
    #[cfg(test)]
    pub(crate) fn set(&mut self, name: &str, value: &OsStr) {
        self.variables.insert(name.into(), value.into());
    }

    /// A variable as it is; one that is empty or white space counts as not set.
    pub(crate) fn raw(&self, name: &str) -> Option<&OsStr> {
        let value = self.variables.get(OsStr::new(name))?;
        let blank = value.to_str().is_some_and(|text| text.trim().is_empty());
        (!blank).then_some(value.as_os_str())
    }

    /// A variable as text, without white space around it.
    ///
    /// # Errors
    ///
    /// When its bytes are not UTF-8. They are not repeated.
    pub(crate) fn text(&self, name: &str) -> Result<Option<Setting<String>>, SettingsError> {
        let origin = Origin::environment(name);
        match self.raw(name).map(OsStr::to_str) {
            None => Ok(None),
            Some(Some(text)) => Ok(Some(Setting { value: text.trim().to_owned(), origin })),
            Some(None) => {
                let mistake = SettingsError::new("environment variable", "its value is not text (UTF-8)");
                Err(mistake.at(&origin).with_hint("set it anew, or unset it"))
            }
        }
    }

    /// A variable as a path.
    pub(crate) fn path(&self, name: &str) -> Option<Setting<PathBuf>> {
        self.raw(name).map(|value| Setting { value: PathBuf::from(value), origin: Origin::environment(name) })
    }

    /// This user's settings file, whether it exists or not; `None` without a home.
    pub(crate) fn user_file(&self) -> Option<PathBuf> {
        let configured = self.raw("XDG_CONFIG_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
        let folder = configured.or_else(|| self.home().map(|home| home.join(".config")))?;
        Some(folder.join("docspace-backup").join("config.toml"))
    }

    /// Where this user's programs keep what they remember, whether it exists or not; `None` without a home.
    pub(crate) fn state_folder(&self) -> Option<PathBuf> {
        let configured = self.raw("XDG_STATE_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
        let folder = configured.or_else(|| self.home().map(|home| home.join(".local/state")))?;
        Some(folder.join("docspace-backup"))
    }

    /// The machine's settings file, whether it exists or not.
    pub(crate) fn system_file(&self) -> PathBuf {
        self.system_file.clone()
    }

    /// Replaces a leading `~/` by this user's home.
    pub(crate) fn expand_home(&self, path: &str) -> PathBuf {
        match (path.strip_prefix("~/"), self.home()) {
            (Some(rest), Some(home)) => home.join(rest),
            (Some(_), None) | (None, _) => PathBuf::from(path),
        }
    }

    /// At most `limit` bytes of standard input. `None` when it is a terminal: nobody is to type a secret where it shows.
    pub(super) fn read_stdin(&self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        match &self.stdin {
            Stdin::Process if io::stdin().is_terminal() => return Ok(None),
            Stdin::Process => io::stdin().lock().take(limit).read_to_end(&mut bytes)?,
            #[cfg(any(test, fuzzing))]
            Stdin::Text(text) => text.as_slice().take(limit).read_to_end(&mut bytes)?,
        };
        Ok(Some(bytes))
    }

    fn home(&self) -> Option<PathBuf> {
        self.raw("HOME").map(PathBuf::from)
    }
}

impl fmt::Debug for Environment {
    /// The names alone: any value may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.variables.keys()).finish()
    }
}
