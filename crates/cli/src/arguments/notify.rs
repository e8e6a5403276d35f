//! `docspace-backup notify …`, as typed.

use clap::{Args, Subcommand};

/// Who is told, and whether that works
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Example:
  docspace-backup notify test email")]
pub(crate) enum NotifyCommand {
    /// List the channels; asks no secret and sends nothing
    #[command(after_help = "Example:\n  docspace-backup notify list")]
    List,
    Test(TestArguments),
}

/// Send a test notice
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docspace-backup notify test email slack")]
pub(crate) struct TestArguments {
    /// Channels to try [default: all]
    #[arg(value_name = "CHANNEL")]
    pub(crate) channels: Vec<String>,
}
