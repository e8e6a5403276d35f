//! `docspace-backup wait`, as typed, and the limits of waiting that `run` shares.

use std::time::Duration;

use clap::Args;
use docspace_api::TaskId;

use super::{DumpArgument, parse_duration};

/// Wait for the end of a backup that runs, report it and tell people
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup wait
  docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 --timeout 2h")]
pub(crate) struct WaitArguments {
    /// Id of the backup [default: the one that runs]
    pub(crate) id: Option<TaskId>,

    #[command(flatten)]
    pub(crate) dump: DumpArgument,

    #[command(flatten)]
    pub(crate) limits: LimitArguments,

    /// Tell nobody
    #[arg(long)]
    pub(crate) no_notify: bool,
}

/// How long to wait.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct LimitArguments {
    /// How long to wait for the end; the backup itself goes on [default: 6h]
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub(crate) timeout: Option<Duration>,

    /// How long nothing may move before the backup counts as stalled; resting at 90 % (upload), or at 0 % of a dump, is
    /// normal and does not count [default: 30m]
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub(crate) stall_timeout: Option<Duration>,
}
