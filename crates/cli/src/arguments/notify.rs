//! `docspace-backup notify …`, as typed.

use clap::{Args, Subcommand};

use super::{Since, parse_since};

/// Who is told, and whether that works
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docspace-backup notify test email
  docspace-backup notify retry")]
pub(crate) enum NotifyCommand {
    /// List the channels; asks no secret and sends nothing
    #[command(after_help = "Example:\n  docspace-backup notify list")]
    List,
    Test(TestArguments),
    Retry(RetryArguments),
    Digest(DigestArguments),
}

/// Send a test notice
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup notify test email slack
  docspace-backup notify test --dry-run")]
pub(crate) struct TestArguments {
    /// Channels to try [default: all]
    #[arg(value_name = "CHANNEL")]
    pub(crate) channels: Vec<String>,

    /// Show what a failed backup would look like on each channel, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Send again what could not be delivered
///
/// The order of each channel is kept. What has waited longer than `delivery.give_up_after` is given up after this try.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docspace-backup notify retry")]
pub(crate) struct RetryArguments {
    /// Show what waits, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Tell people of several runs in one message, the failures first
///
/// It goes to the channels that people read, whatever states they get, and to standard output.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docspace-backup notify digest --since 7d")]
pub(crate) struct DigestArguments {
    /// Begin there: 24h, 7d, 2026-07-01 or 2026-07-01T12:00:00Z; without a zone it is UTC
    #[arg(long, value_name = "TIME|DURATION", value_parser = parse_since, default_value = "24h", allow_hyphen_values = true)]
    pub(crate) since: Since,
}
