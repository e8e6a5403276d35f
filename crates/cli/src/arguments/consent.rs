//! How somebody agrees to what cannot be taken back.

use clap::Args;

/// What every command takes that destroys something.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct ConsentArguments {
    /// Do it without asking; what has to be asked is not done without a terminal unless this is given
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Show what would be done, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}
