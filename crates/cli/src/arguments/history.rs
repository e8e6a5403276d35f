//! `docspace-backup history`, as typed.

use std::num::NonZeroUsize;

use clap::Args;

use super::DumpArgument;

/// List the backups on the portal, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  docspace-backup history --limit 5 --output json")]
pub(crate) struct HistoryArguments {
    #[command(flatten)]
    pub(crate) dump: DumpArgument,

    /// List at most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<NonZeroUsize>,
}
