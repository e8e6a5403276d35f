//! `docspace-backup cancel`, as typed.

use std::time::Duration;

use clap::Args;
use docspace_api::TaskId;

use super::{ConsentArguments, DumpArgument, parse_duration};

/// Cancel the backup that runs, and wait until it is really gone
///
/// Shows what runs and asks first. The cancel is sent once, to the backup that was shown and no other; where nothing runs,
/// nothing is sent and the exit code is 0. A backup that was nearly done may complete all the same, and one that no
/// worker had begun may still run: then the exit code is 3.
/// Portals can do this from DocSpace 3.7.1 on.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup cancel
  docspace-backup cancel 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --yes --timeout 5m")]
pub(crate) struct CancelArguments {
    /// Id of the backup; if it does not run, nothing is done and the exit code is 10 [default: the one that runs]
    pub(crate) id: Option<TaskId>,

    #[command(flatten)]
    pub(crate) dump: DumpArgument,

    /// How long the backup may run on after the cancel [default: 1m]
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub(crate) timeout: Option<Duration>,

    #[command(flatten)]
    pub(crate) consent: ConsentArguments,
}
