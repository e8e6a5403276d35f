//! `docspace-backup doctor`, as typed.

use clap::Args;

use super::{SpendingArgument, StorageArguments};

/// Check whether this key can do the backup, what it will cost, and what is wrong
///
/// Takes the same flags as `run` and checks the settings, the portal, the key, the price, the place for the copy and the channels.
/// Nothing is started, changed or sent. The exit code is 0 if all is well, 3 if something should be known or could not be found
/// out, and otherwise that of the worst failure.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup doctor
  docspace-backup doctor --storage documents --folder 4711 --output json")]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    pub(crate) storage: StorageArguments,

    #[command(flatten)]
    pub(crate) spending: SpendingArgument,

    /// Leave the channels out
    #[arg(long)]
    pub(crate) no_notify: bool,
}
