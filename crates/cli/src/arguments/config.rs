//! `docspace-backup config …`, as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// The settings file
#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  docspace-backup config check")]
pub(crate) enum ConfigCommand {
    Init(InitArguments),
    /// Show every setting in force and where it comes from; secrets are neither fetched nor shown
    #[command(after_help = "Example:\n  docspace-backup config show --output json")]
    Show,
    /// Check all settings and fetch every secret, but talk to no portal and no channel
    #[command(after_help = "Example:\n  docspace-backup config check --config ./new.toml")]
    Check,
}

/// Write a commented settings file to start from
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docspace-backup config init /etc/docspace-backup/config.toml")]
pub(crate) struct InitArguments {
    /// Replace the file if it exists
    #[arg(long)]
    pub(crate) force: bool,

    /// Where to write it [default: --config, DOCSPACE_BACKUP_CONFIG, else the file of this user]
    pub(crate) path: Option<PathBuf>,
}
