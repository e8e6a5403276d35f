//! `docspace-backup status`, as typed.

use clap::Args;

use super::DumpArgument;

/// Look at the backup that runs, or at the last one that the portal remembers
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  docspace-backup status --watch")]
pub(crate) struct StatusArguments {
    /// Keep looking until the backup has ended
    #[arg(long)]
    pub(crate) watch: bool,

    #[command(flatten)]
    pub(crate) dump: DumpArgument,
}
