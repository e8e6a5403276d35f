//! `docspace-backup runs`, as typed.

use std::num::NonZeroUsize;

use clap::Args;

/// List what this machine remembers of its runs, newest first, failed ones too
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  docspace-backup runs --limit 10 --output json")]
pub(crate) struct RunsArguments {
    /// At most so many, the newest
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<NonZeroUsize>,
}
