//! `docspace-backup generate …`, as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use clap_complete::Shell;

/// Files for the place where the program will run
#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  docspace-backup generate completions bash")]
pub(crate) enum GenerateCommand {
    /// Completions for a shell, on stdout
    #[command(after_help = "\
Example:
  docspace-backup generate completions bash > /etc/bash_completion.d/docspace-backup")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    Man(ManArguments),
}

/// Manual pages: the main page on stdout, or all of them into a directory
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docspace-backup generate man /usr/local/share/man/man1")]
pub(crate) struct ManArguments {
    /// Directory for the pages, one per command; it is created if need be
    pub(crate) dir: Option<PathBuf>,
}
