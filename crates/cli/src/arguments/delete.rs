//! `docspace-backup delete`, as typed.

use clap::{ArgGroup, Args};
use docspace_api::TaskId;

use super::{ConsentArguments, DumpArgument};

/// Delete backups from the portal for good, records and files
///
/// Shows what will be deleted and asks first. If one of the ids is unknown, nothing is deleted at all. A file in documents is not
/// moved to the trash but gone, and at a hosted portal a deleted backup still counts for the month's free ones.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").args(["ids", "all"]).required(true))]
#[command(after_help = "\
Examples:
  docspace-backup delete 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11
  docspace-backup delete --all --dump --dry-run")]
pub(crate) struct DeleteArguments {
    /// Ids of the backups, as `history` lists them
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<TaskId>,

    /// Delete all backups that `history` lists at this moment
    #[arg(long)]
    pub(crate) all: bool,

    #[command(flatten)]
    pub(crate) dump: DumpArgument,

    #[command(flatten)]
    pub(crate) consent: ConsentArguments,
}
