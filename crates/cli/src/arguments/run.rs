//! `docspace-backup run`, as typed.

use std::fmt;

use clap::{Args, ValueEnum};

use super::{LimitArguments, SpendingArgument, StorageArguments};

/// Back up the portal: start the backup, wait for its end, report it and tell people
///
/// Ctrl-C ends the waiting, not the backup; `docspace-backup wait` takes it up again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup run
  docspace-backup run --storage documents --folder 4711 --if-running wait
  docspace-backup run --output json --no-notify")]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) storage: StorageArguments,

    /// What to do when a backup runs already; one that this machine started by the same order is joined [default: fail]
    #[arg(long, value_enum, value_name = "WORD")]
    pub(crate) if_running: Option<IfRunningWord>,

    #[command(flatten)]
    pub(crate) limits: LimitArguments,

    #[command(flatten)]
    pub(crate) spending: SpendingArgument,

    /// Tell nobody
    #[arg(long)]
    pub(crate) no_notify: bool,

    /// Check everything and say what would be done, but start nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What to do when a backup runs already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IfRunningWord {
    /// Start nothing and exit with code 11
    Fail,
    /// Take the running backup for ours
    Join,
    /// Wait for its end, then start ours
    Wait,
}

impl fmt::Display for IfRunningWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fail => "fail",
            Self::Join => "join",
            Self::Wait => "wait",
        })
    }
}
