//! `docspace-backup folders`, as typed.

use clap::Args;

/// Find the id of a folder for `--folder`, by name or path
///
/// Without a name the uppermost ones are listed: My documents, what lies in it, and the rooms.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup folders
  docspace-backup folders Operations/Backups
  docspace-backup folders Backups --output json")]
pub(crate) struct FoldersArguments {
    /// Name of the folder, the end of the path to it, or its id; a "/" at the beginning makes it the whole path
    pub(crate) name: Option<String>,
}
