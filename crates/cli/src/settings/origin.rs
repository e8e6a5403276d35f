//! Where a value comes from, which every error names and `config show` lists.

use std::{fmt, path::PathBuf};

/// The place a value was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A flag, as it is typed: `--host`.
    Flag(&'static str),
    /// An environment variable, by its name.
    Environment(String),
    /// A settings file.
    File {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Nobody said anything.
    Default,
}

impl Origin {
    /// An environment variable.
    pub(crate) fn environment(name: &str) -> Self {
        Self::Environment(name.to_owned())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::Environment(name) => f.write_str(name),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

impl<T> Setting<T> {
    /// A value that a flag gave.
    pub(crate) fn flag(flag: &'static str, value: T) -> Self {
        let origin = Origin::Flag(flag);
        Self { value, origin }
    }

    /// A value that nobody gave.
    pub(crate) fn by_default(value: T) -> Self {
        let origin = Origin::Default;
        Self { value, origin }
    }

    /// The same setting, borrowed.
    pub(crate) fn as_ref(&self) -> Setting<&T> {
        Setting { value: &self.value, origin: self.origin.clone() }
    }

    /// The same origin with another value.
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Setting<U> {
        Setting { value: change(self.value), origin: self.origin }
    }
}
