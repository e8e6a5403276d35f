//! What was typed: the command line, before anything is looked up or compared with other settings.

mod cancel;
mod config;
mod consent;
mod delete;
mod doctor;
mod dump;
mod duration;
mod folders;
mod generate;
mod global;
mod history;
mod notify;
mod restore;
mod run;
mod runs;
mod schedule;
mod since;
mod spending;
mod start;
mod status;
mod storage;
mod wait;

pub(crate) use cancel::CancelArguments;
pub(crate) use config::{ConfigCommand, InitArguments};
pub(crate) use consent::ConsentArguments;
pub(crate) use delete::DeleteArguments;
pub(crate) use doctor::DoctorArguments;
pub(crate) use dump::DumpArgument;
pub(crate) use duration::parse_duration;
pub(crate) use folders::FoldersArguments;
pub(crate) use generate::{GenerateCommand, ManArguments};
pub(crate) use global::{Color, GlobalArguments, OutputFormat};
pub(crate) use history::HistoryArguments;
pub(crate) use notify::{DigestArguments, NotifyCommand, RetryArguments, TestArguments};
pub(crate) use restore::RestoreArguments;
pub(crate) use run::{IfRunningWord, RunArguments};
pub(crate) use runs::RunsArguments;
pub(crate) use schedule::{
    RemoveArguments, ScheduleCommand, SetArguments, ShowArguments, TimesArguments, WeekdayWord, parse_hour, parse_keep,
    parse_month_day,
};
pub(crate) use since::{Since, parse_since};
pub(crate) use spending::SpendingArgument;
pub(crate) use start::StartArguments;
pub(crate) use status::StatusArguments;
pub(crate) use storage::{StorageArguments, StorageWord};
pub(crate) use wait::{LimitArguments, WaitArguments};

use clap::{Parser, Subcommand};

use crate::exit_code::ExitCode;

/// Backs up an ONLYOFFICE DocSpace portal: starts the backup once, waits for it, finds out how it ended, and tells people.
///
/// Settings come from flags, then from the environment, then from the settings file, then from defaults.
#[derive(Debug, Parser)]
#[command(
    name = "docspace-backup",
    version,
    propagate_version = false,
    arg_required_else_help = true,
    subcommand_required = true,
    after_help = EXAMPLE,
    after_long_help = format!("{EXAMPLE}\n\n{}", exit_codes())
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: GlobalArguments,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLE: &str = "Example:\n  DOCSPACE_API_HOST=https://portal.example.com DOCSPACE_API_KEY=… docspace-backup run";

fn exit_codes() -> String {
    let line = |code: &ExitCode| format!("  {:>3}  {}", code.number(), code.meaning());
    let lines: Vec<String> = ExitCode::ALL.iter().map(line).collect();
    format!("Exit codes:\n{}", lines.join("\n"))
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(RunArguments),
    Start(StartArguments),
    Wait(WaitArguments),
    Status(StatusArguments),
    Cancel(CancelArguments),
    History(HistoryArguments),
    Delete(DeleteArguments),
    Folders(FoldersArguments),
    Restore(RestoreArguments),
    #[command(subcommand)]
    Schedule(ScheduleCommand),
    Doctor(DoctorArguments),
    Runs(RunsArguments),
    #[command(subcommand)]
    Notify(NotifyCommand),
    #[command(subcommand)]
    Config(ConfigCommand),
    #[command(subcommand)]
    Generate(GenerateCommand),
}

#[cfg(test)]
mod tests;
