//! `docspace-backup history`, as typed.

use std::num::NonZeroUsize;

use clap::Args;

use super::{DumpArgument, Since, StorageWord, parse_since};

/// List the backups on the portal, newest first
///
/// Sizes and folders are looked up in the folders that copies usually go to: those of the settings, of the portal's schedule, and
/// of earlier runs on this machine.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup history --limit 5 --output json
  docspace-backup history --since 7d --storage documents")]
pub(crate) struct HistoryArguments {
    #[command(flatten)]
    pub(crate) dump: DumpArgument,

    /// List at most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<NonZeroUsize>,

    /// List only what was made since then: 7d, 12h, 2026-07-01 or 2026-07-01T12:00:00Z; without a zone it is UTC
    #[arg(long, value_name = "TIME|DURATION", value_parser = parse_since, allow_hyphen_values = true)]
    pub(crate) since: Option<Since>,

    /// List only what lies there
    #[arg(long, value_enum, ignore_case = true, value_name = "WORD")]
    pub(crate) storage: Option<StorageWord>,
}
