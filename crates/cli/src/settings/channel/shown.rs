//! A setting of a channel as it may be shown.

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use notify::State;

use crate::settings::{SecretSource, Setting};

/// One value, by what may be seen of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shown<'a> {
    /// All of it.
    Text(&'a Setting<String>),
    /// All of them.
    Texts(&'a Setting<Vec<String>>),
    /// All of them.
    States(&'a Setting<BTreeSet<State>>),
    /// All of it.
    Word(&'a Setting<&'static str>),
    /// All of it.
    Path(&'a Setting<PathBuf>),
    /// All of it.
    Switch(&'a Setting<bool>),
    /// All of it.
    Time(&'a Setting<Duration>),
    /// Only where it is fetched from.
    Secret(&'a Setting<SecretSource>),
    /// Only that there is one.
    Hidden(&'a Setting<Vec<String>>),
}
