//! `docspace-backup start`, as typed.

use clap::{Args, builder::PossibleValuesParser, builder::TypedValueParser};

use super::{IfRunningWord, SpendingArgument, StorageArguments};

/// Start a backup and do not wait for its end
///
/// Prints the backup's id, which `docspace-backup wait ID` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  docspace-backup start --storage documents --folder 4711")]
pub(crate) struct StartArguments {
    #[command(flatten)]
    pub(crate) storage: StorageArguments,

    /// What to do when a backup runs already: fail with code 11, or print the id of the running one [default: fail]
    #[arg(long, value_name = "WORD", value_parser = fail_or_join())]
    pub(crate) if_running: Option<IfRunningWord>,

    #[command(flatten)]
    pub(crate) spending: SpendingArgument,

    /// Tell nobody
    #[arg(long)]
    pub(crate) no_notify: bool,

    /// Check everything and say what would be done, but start nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

fn fail_or_join() -> impl TypedValueParser<Value = IfRunningWord> {
    PossibleValuesParser::new(["fail", "join"]).map(|word| match word.as_str() {
        "join" => IfRunningWord::Join,
        _ => IfRunningWord::Fail,
    })
}
