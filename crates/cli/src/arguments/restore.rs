//! `docspace-backup restore`, as typed.

use clap::Args;
use docspace_api::TaskId;

use super::{ConsentArguments, LimitArguments, SpendingArgument, StorageArguments};

/// Put a copy back: the portal becomes what it was then, and everything made since is lost
///
/// Shows what will happen, wants the portal's name typed, makes a fresh backup first, and follows the restore to its end.
/// The API key does not outlive a restore of a portal.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --folder 4711 --dry-run
  docspace-backup restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --folder 4711
  docspace-backup restore 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --no-backup --yes --portal-name Acme")]
pub(crate) struct RestoreArguments {
    /// Id of the backup to put back, as `history` lists it; with --follow, the id of the restore
    #[arg(required_unless_present_any = ["file", "follow"], conflicts_with = "file")]
    pub(crate) id: Option<TaskId>,

    /// Put back the file of this id instead: a number in the portal's documents, the drive's own text on a connected drive
    #[arg(long, value_name = "ID", conflicts_with = "follow")]
    pub(crate) file: Option<String>,

    /// Start nothing; follow a restore that runs, or tell how one ended
    #[arg(long)]
    pub(crate) follow: bool,

    /// Make no fresh backup first
    #[arg(long)]
    pub(crate) no_backup: bool,

    /// Name of the portal, which must be right; it takes the place of the question together with --yes
    #[arg(long, value_name = "NAME", requires = "yes")]
    pub(crate) portal_name: Option<String>,

    /// Have the portal mail all its users
    #[arg(long)]
    pub(crate) notify_users: bool,

    #[command(flatten)]
    pub(crate) consent: ConsentArguments,

    #[command(flatten, next_help_heading = "The fresh backup")]
    pub(crate) storage: StorageArguments,

    #[command(flatten)]
    pub(crate) spending: SpendingArgument,

    #[command(flatten)]
    pub(crate) limits: LimitArguments,
}
