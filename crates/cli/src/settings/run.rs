//! What `run`, `start` and `wait` are to do.

use std::time::Duration;

use backup_core::{IfRunning, Limits, Spending};
use docspace_api::{Scope, StartBackup};

use super::{Setting, SettingsError, StoragePlan, file::RunTable, storage_layer::StorageLayer};
use crate::arguments::{DumpArgument, IfRunningWord, LimitArguments, SpendingArgument, StorageArguments};

/// The job as the settings describe it, each value with its origin.
#[derive(Debug)]
pub(crate) struct RunPlan {
    pub(crate) storage: StoragePlan,
    pub(crate) scope: Setting<Scope>,
    pub(crate) if_running: Setting<IfRunningWord>,
    pub(crate) allow_paid: Setting<bool>,
    pub(crate) limits: LimitsPlan,
}

/// How long to wait, each value with its origin.
#[derive(Debug)]
pub(crate) struct LimitsPlan {
    pub(crate) timeout: Setting<Duration>,
    pub(crate) stall_timeout: Setting<Duration>,
    pub(crate) recheck_after: Setting<Duration>,
}

/// The job, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunSettings {
    /// The backup to start.
    pub(crate) backup: StartBackup,
    /// What to do when one runs already.
    pub(crate) if_running: IfRunning,
    /// Whether it may cost money.
    pub(crate) spending: Spending,
    /// How long to wait.
    pub(crate) limits: Limits,
}

impl RunPlan {
    /// Flags over the file.
    pub(super) fn new(
        storage: &StorageArguments,
        if_running: Option<IfRunningWord>,
        limits: &LimitArguments,
        file: &RunTable,
    ) -> Result<Self, SettingsError> {
        let flag = if_running.map(|word| Setting::flag("--if-running", word));
        let if_running = flag.or_else(|| file.if_running.clone());
        Ok(Self {
            storage: StoragePlan::of(StorageLayer::typed(storage)?.over(&file.place)),
            scope: scope(storage.dump, file.dump.clone()),
            if_running: if_running.unwrap_or_else(|| Setting::by_default(IfRunningWord::Fail)),
            allow_paid: file.allow_paid.clone().unwrap_or_else(|| Setting::by_default(false)),
            limits: LimitsPlan::new(limits, file),
        })
    }

    /// The same, where a flag says whether it may cost money.
    pub(super) fn allowing(self, typed: SpendingArgument) -> Self {
        let flag = typed.allow_paid.map(|allow| Setting::flag("--allow-paid", allow));
        Self { allow_paid: flag.unwrap_or(self.allow_paid), ..self }
    }

    /// The job.
    ///
    /// # Errors
    ///
    /// When the storage, the folder and the parameters do not belong together.
    pub(crate) fn settings(&self) -> Result<RunSettings, SettingsError> {
        Ok(RunSettings {
            backup: StartBackup { target: self.storage.target()?, scope: self.scope.value },
            if_running: self.if_running.value.into(),
            spending: if self.allow_paid.value { Spending::Allowed } else { Spending::Never },
            limits: self.limits.limits(),
        })
    }
}

impl LimitsPlan {
    pub(super) fn new(typed: &LimitArguments, file: &RunTable) -> Self {
        let usual = Limits::default();
        let timeout = typed.timeout.map(|time| Setting::flag("--timeout", time));
        let stall_timeout = typed.stall_timeout.map(|time| Setting::flag("--stall-timeout", time));
        let or_usual =
            |setting: Option<Setting<Duration>>, usual| setting.unwrap_or_else(|| Setting::by_default(usual));
        Self {
            timeout: or_usual(timeout.or_else(|| file.timeout.clone()), usual.timeout),
            stall_timeout: or_usual(stall_timeout.or_else(|| file.stall_timeout.clone()), usual.stall_timeout),
            recheck_after: or_usual(file.recheck_after.clone(), usual.recheck_after),
        }
    }

    pub(super) fn limits(&self) -> Limits {
        Limits {
            timeout: self.timeout.value,
            stall_timeout: self.stall_timeout.value,
            recheck_after: self.recheck_after.value,
        }
    }
}

/// Which of the two kinds of backup is meant: `--dump`, else what the file says.
pub(super) fn scope(typed: DumpArgument, file: Option<Setting<bool>>) -> Setting<Scope> {
    let flag = typed.dump.map(|dump| Setting::flag("--dump", dump));
    let dump = flag.or(file).unwrap_or_else(|| Setting::by_default(false));
    dump.map(|dump| match dump {
        true => Scope::Server,
        false => Scope::Portal,
    })
}

impl From<IfRunningWord> for IfRunning {
    fn from(word: IfRunningWord) -> Self {
        match word {
            IfRunningWord::Fail => Self::Fail,
            IfRunningWord::Join => Self::Join,
            IfRunningWord::Wait => Self::Wait,
        }
    }
}
