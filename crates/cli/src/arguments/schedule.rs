//! `docspace-backup schedule …`, as typed.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use docspace_api::{BackupPeriod, BackupsStored, Hour, MonthDay, Weekday};

use super::{ConsentArguments, DumpArgument, StorageArguments};

/// The portal's own schedule: it makes backups by itself, without this program
///
/// A portal has at most one, and another one for dumps of the whole server. It keeps to the portal's time zone, and drops the
/// schedule when free backups or money run out.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docspace-backup schedule show
  docspace-backup schedule set --weekly mon --at 3 --keep 5 --folder 4711")]
pub(crate) enum ScheduleCommand {
    Show(ShowArguments),
    Set(SetArguments),
    Remove(RemoveArguments),
}

/// Show the schedule, when it runs next, and whether it is the one that the settings file declares
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docspace-backup schedule show --output json")]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    pub(crate) dump: DumpArgument,
}

/// Set the schedule, in place of the one that there is
///
/// Whatever is not given comes from the table [portals.NAME.schedule] of the settings file; storage, folder and parameters that
/// are not there either come from [run].
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docspace-backup schedule set
  docspace-backup schedule set --daily --at 3 --keep 7 --storage documents --folder 4711
  docspace-backup schedule set --monthly 15 --at 22 --dry-run")]
pub(crate) struct SetArguments {
    #[command(flatten)]
    pub(crate) times: TimesArguments,

    #[command(flatten)]
    pub(crate) storage: StorageArguments,

    #[command(flatten)]
    pub(crate) consent: ConsentArguments,
}

/// Remove the schedule; the copies that it made stay
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docspace-backup schedule remove --yes")]
pub(crate) struct RemoveArguments {
    #[command(flatten)]
    pub(crate) dump: DumpArgument,

    #[command(flatten)]
    pub(crate) consent: ConsentArguments,
}

/// When a schedule is due, and how much of it is kept.
#[derive(Debug, Clone, Default, Args)]
#[command(group = ArgGroup::new("days").args(["daily", "weekly", "monthly"]))]
pub(crate) struct TimesArguments {
    /// Every day
    #[arg(long)]
    pub(crate) daily: bool,

    /// Once a week, on this day
    #[arg(long, value_enum, ignore_case = true, value_name = "DAY")]
    pub(crate) weekly: Option<WeekdayWord>,

    /// Once a month, on this day: 1 to 31; months that lack it are skipped
    #[arg(long, value_name = "DAY", value_parser = parse_month_day)]
    pub(crate) monthly: Option<MonthDay>,

    /// At this hour by the portal's clock: 0 to 23 [default: 3]
    #[arg(long, value_name = "HOUR", value_parser = parse_hour)]
    pub(crate) at: Option<Hour>,

    /// How many scheduled copies the portal keeps: 1 to 30 [default: 7]
    #[arg(long, value_name = "N", value_parser = parse_keep)]
    pub(crate) keep: Option<BackupsStored>,
}

impl TimesArguments {
    /// The days that were given, with the flag that gave them.
    pub(crate) fn period(&self) -> Option<(&'static str, BackupPeriod)> {
        let weekly = self.weekly.map(|day| ("--weekly", BackupPeriod::EveryWeek(day.into())));
        let monthly = self.monthly.map(|day| ("--monthly", BackupPeriod::EveryMonth(day)));
        self.daily.then_some(("--daily", BackupPeriod::EveryDay)).or(weekly).or(monthly)
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WeekdayWord {
    #[value(alias = "monday")]
    Mon,
    #[value(alias = "tuesday")]
    Tue,
    #[value(alias = "wednesday")]
    Wed,
    #[value(alias = "thursday")]
    Thu,
    #[value(alias = "friday")]
    Fri,
    #[value(alias = "saturday")]
    Sat,
    #[value(alias = "sunday")]
    Sun,
}

impl From<WeekdayWord> for Weekday {
    fn from(word: WeekdayWord) -> Self {
        match word {
            WeekdayWord::Mon => Self::Monday,
            WeekdayWord::Tue => Self::Tuesday,
            WeekdayWord::Wed => Self::Wednesday,
            WeekdayWord::Thu => Self::Thursday,
            WeekdayWord::Fri => Self::Friday,
            WeekdayWord::Sat => Self::Saturday,
            WeekdayWord::Sun => Self::Sunday,
        }
    }
}

/// Reads `3`, `03` or `03:00`.
///
/// # Errors
///
/// A sentence that follows the name of the setting.
pub(crate) fn parse_hour(text: &str) -> Result<Hour, String> {
    let (hour, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "00"));
    if minutes != "00" {
        return Err("portals know whole hours alone: write 3 or 03:00".to_owned());
    }
    number(hour).and_then(Hour::new).ok_or_else(|| "an hour from 0 to 23 is expected".to_owned())
}

/// Reads a day of the month.
///
/// # Errors
///
/// As for [`parse_hour`].
pub(crate) fn parse_month_day(text: &str) -> Result<MonthDay, String> {
    number(text).and_then(MonthDay::new).ok_or_else(|| "a day from 1 to 31 is expected".to_owned())
}

/// Reads how many copies are kept.
///
/// # Errors
///
/// As for [`parse_hour`].
pub(crate) fn parse_keep(text: &str) -> Result<BackupsStored, String> {
    number(text).and_then(BackupsStored::new).ok_or_else(|| "a number from 1 to 30 is expected".to_owned())
}

/// Digits alone: no sign.
fn number(text: &str) -> Option<u8> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
