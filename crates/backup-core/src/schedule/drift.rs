//! Whether the schedule at the portal is the one that was declared.

use std::{collections::BTreeMap, fmt};

use docspace_api::{BackupPeriod, BackupTarget, CronParams, NewSchedule, Schedule, StorageType};

/// The schedule that a portal should have.
pub type Declared = NewSchedule;

/// One way in which the portal's schedule is not the declared one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The portal has no schedule. It drops one by itself when free backups or money run out (contract §7).
    Missing,
    /// The copies go to another kind of place.
    Storage {
        /// As declared.
        declared: StorageType,
        /// As the portal tells it.
        actual: StorageType,
    },
    /// The copies go to another folder or directory.
    Folder {
        /// As declared.
        declared: String,
        /// As the portal tells it.
        actual: String,
    },
    /// The provider is told something else.
    Parameter {
        /// The provider's key, `module` among them.
        name: String,
        /// As declared.
        declared: String,
        /// As the portal tells it.
        actual: Option<String>,
    },
    /// It runs at another time.
    Time {
        /// As declared.
        declared: CronParams,
        /// As the portal tells it.
        actual: CronParams,
    },
    /// Another number of copies is kept.
    Kept {
        /// As declared.
        declared: u32,
        /// As the portal tells it.
        actual: u32,
    },
}

impl fmt::Display for Difference {
    /// A sentence without its full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the portal has no schedule"),
            Self::Storage { declared, actual } => write!(f, "copies go to {actual:?}, not to {declared:?}"),
            Self::Folder { declared, actual } => write!(f, "copies go to folder {actual}, not to {declared}"),
            Self::Parameter { name, declared, actual: Some(actual) } => write!(f, "{name} is {actual}, not {declared}"),
            Self::Parameter { name, declared, actual: None } => write!(f, "{name} is not set to {declared}"),
            Self::Time { declared, actual } => write!(f, "it runs {}, not {}", Words(actual), Words(declared)),
            Self::Kept { declared, actual } => write!(f, "the newest {actual} of its copies are kept, not {declared}"),
        }
    }
}

/// A time as people say it: "every Monday at 03:00".
struct Words<'a>(&'a CronParams);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.period {
            BackupPeriod::EveryDay => f.write_str("every day")?,
            BackupPeriod::EveryWeek(weekday) => write!(f, "every {weekday:?}")?,
            BackupPeriod::EveryMonth(day) => write!(f, "on day {} of each month", day.get())?,
        }
        write!(f, " at {:02}:00", self.0.hour.get())
    }
}

/// How the portal's schedule differs from the declared one; nothing where they agree.
///
/// What the portal does not tell, and what it adds by itself, is no difference. The two must be of one scope.
pub fn drift(declared: &Declared, actual: Option<&Schedule>) -> Vec<Difference> {
    let Some(actual) = actual else { return vec![Difference::Missing] };
    let mut differences = place(&declared.target, actual);
    if declared.cron != actual.cron {
        differences.push(Difference::Time { declared: declared.cron, actual: actual.cron });
    }
    let kept = u32::from(declared.backups_stored.get());
    if let Some(actual) = actual.backups_stored.filter(|actual| *actual != kept) {
        differences.push(Difference::Kept { declared: kept, actual });
    }
    differences
}

fn place(target: &BackupTarget, actual: &Schedule) -> Vec<Difference> {
    let declared = target.storage();
    if declared != actual.storage {
        return vec![Difference::Storage { declared, actual: actual.storage }];
    }
    match target {
        BackupTarget::DataStore => Vec::new(),
        BackupTarget::Documents { folder } => other_folder(&folder.to_string(), actual),
        BackupTarget::ThirdpartyDocuments { folder } | BackupTarget::Local { directory: folder } => {
            other_folder(folder, actual)
        }
        BackupTarget::ThirdPartyConsumer { module, params } => other_parameters(module, params, &actual.params),
    }
}

fn other_folder(declared: &str, actual: &Schedule) -> Vec<Difference> {
    let other = actual.folder.as_ref().filter(|folder| *folder != declared);
    other
        .map(|actual| Difference::Folder { declared: declared.to_owned(), actual: actual.clone() })
        .into_iter()
        .collect()
}

fn other_parameters(
    module: &str,
    params: &BTreeMap<String, String>,
    actual: &BTreeMap<String, String>,
) -> Vec<Difference> {
    let declared = std::iter::once(("module", module)).chain(params.iter().map(|(name, value)| (&**name, &**value)));
    declared
        .filter(|(name, value)| actual.get(*name).is_none_or(|actual| actual != value))
        .map(|(name, value)| Difference::Parameter {
            name: name.to_owned(),
            declared: value.to_owned(),
            actual: actual.get(name).cloned(),
        })
        .collect()
}
