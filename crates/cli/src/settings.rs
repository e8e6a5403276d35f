//! What the settings mean: flag, environment, file and default laid over each other, each value with its origin.

mod certificates;
mod channel;
mod channels;
mod delivery;
mod document;
mod environment;
mod error;
mod fallbacks;
mod file;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod mail_address;
mod nearest;
mod origin;
mod overrides;
mod portal;
mod profile;
mod run;
mod schedule;
mod secret;
mod small_file;
mod storage;
mod storage_layer;
mod subscriptions;
mod table;
mod talk;
mod value;

pub(crate) use channel::{ChannelPlan, Route, Shown};
pub(crate) use delivery::DeliveryPlan;
pub(crate) use environment::Environment;
pub(crate) use error::{SettingsError, SettingsErrorKind};
pub(crate) use origin::{Origin, Setting};
pub(crate) use portal::{PortalPlan, PortalSettings};
pub(crate) use run::{LimitsPlan, RunPlan, RunSettings};
pub(crate) use schedule::SchedulePlan;
pub(crate) use secret::SecretSource;
pub(crate) use storage::StoragePlan;
pub(crate) use talk::{Talk, Volume};

use std::path::PathBuf;

use backup_core::{IfRunning, Limits};
use docspace_api::{NewSchedule, Scope};

use crate::arguments::{
    DoctorArguments, DumpArgument, GlobalArguments, IfRunningWord, LimitArguments, RestoreArguments, RunArguments,
    StartArguments, StorageArguments, TimesArguments,
};
use file::{FileSettings, ScheduleTable};

/// The commented settings file that `config init` writes.
pub(crate) const SAMPLE: &str = include_str!("../config/default.toml");

/// All settings of one call, of which each command takes what it needs: no secret is fetched that is not.
#[derive(Debug)]
pub(crate) struct Settings<'a> {
    global: &'a GlobalArguments,
    environment: &'a Environment,
    path: Option<Setting<PathBuf>>,
    file: FileSettings,
    warnings: Vec<String>,
}

impl<'a> Settings<'a> {
    /// Finds the settings file and reads it.
    ///
    /// # Errors
    ///
    /// The first mistake in the file, or that the file which was named is not there.
    pub(crate) fn load(global: &'a GlobalArguments, environment: &'a Environment) -> Result<Self, SettingsError> {
        let (settings, mistakes) = Self::load_with_mistakes(global, environment);
        match mistakes.into_iter().next() {
            Some(mistake) => Err(mistake),
            None => Ok(settings),
        }
    }

    /// The same, with every mistake in the file; what could be read is there.
    pub(crate) fn load_with_mistakes(
        global: &'a GlobalArguments,
        environment: &'a Environment,
    ) -> (Self, Vec<SettingsError>) {
        let path = file::find(global, environment);
        let (file, mistakes) = path.as_ref().map(|path| file::read(path, environment)).unwrap_or_default();
        let warnings = Vec::new();
        let settings = Self { global, environment, path, file, warnings };
        (settings, mistakes)
    }

    /// What surrounds the program.
    pub(crate) fn environment(&self) -> &Environment {
        self.environment
    }

    /// The settings file in force.
    pub(crate) fn path(&self) -> Option<&Setting<PathBuf>> {
        self.path.as_ref()
    }

    /// Where a settings file is looked for when none is named.
    pub(crate) fn usual_places(&self) -> String {
        file::usual_places(self.environment)
    }

    /// What is not wrong but should be known, as far as it was met until now.
    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The portal, with its key fetched.
    ///
    /// # Errors
    ///
    /// When the profile is unknown, or a setting of the portal is missing or cannot be used.
    pub(crate) async fn resolve_portal(&mut self) -> Result<PortalSettings, SettingsError> {
        self.portal_plan()?.resolve(self.environment, &mut self.warnings).await
    }

    /// What `run` is to do.
    ///
    /// # Errors
    ///
    /// When storage, folder and parameters do not belong together, or a parameter is given twice.
    pub(crate) fn resolve_run(&self, typed: &RunArguments) -> Result<RunSettings, SettingsError> {
        self.run_plan(&typed.storage, typed.if_running, &typed.limits)?.allowing(typed.spending).settings()
    }

    /// What `start` is to do. It cannot wait for another backup: a file that says so counts as `fail`.
    ///
    /// # Errors
    ///
    /// As for [`resolve_run`](Self::resolve_run).
    pub(crate) fn resolve_start(&self, typed: &StartArguments) -> Result<RunSettings, SettingsError> {
        let plan = self.run_plan(&typed.storage, typed.if_running, &LimitArguments::default())?;
        let settings = plan.allowing(typed.spending).settings()?;
        let if_running = match settings.if_running {
            IfRunning::Fail | IfRunning::Wait => IfRunning::Fail,
            IfRunning::Join => IfRunning::Join,
        };
        Ok(RunSettings { if_running, ..settings })
    }

    /// The backup that `restore` makes first.
    ///
    /// # Errors
    ///
    /// As for [`resolve_run`](Self::resolve_run).
    pub(crate) fn resolve_fresh_backup(&self, typed: &RestoreArguments) -> Result<RunSettings, SettingsError> {
        let plan = self.run_plan(&typed.storage, Some(IfRunningWord::Fail), &typed.limits)?;
        plan.allowing(typed.spending).settings()
    }

    /// What `doctor` is to check.
    ///
    /// # Errors
    ///
    /// As for [`resolve_run`](Self::resolve_run).
    pub(crate) fn resolve_doctor(&self, typed: &DoctorArguments) -> Result<RunSettings, SettingsError> {
        self.run_plan(&typed.storage, None, &LimitArguments::default())?.allowing(typed.spending).settings()
    }

    /// How long `wait` waits.
    pub(crate) fn resolve_limits(&self, typed: &LimitArguments) -> Limits {
        LimitsPlan::new(typed, &self.file.run).limits()
    }

    /// Which kind of backup `wait`, `status` and `history` look at.
    pub(crate) fn resolve_scope(&self, typed: DumpArgument) -> Scope {
        run::scope(typed, self.file.run.dump.clone()).value
    }

    /// The folders that the file names for copies, in the form in which it does: hints where copies may lie, and no more.
    pub(crate) fn folders(&self) -> Vec<String> {
        let declared = self.file.portals.values().filter_map(|profile| profile.schedule.as_ref());
        let places = std::iter::once(&self.file.run.place).chain(declared.map(|schedule| &schedule.place));
        places.filter_map(|place| place.folder.as_ref()).map(|folder| folder.value.clone()).collect()
    }

    /// The portal's own schedule as flags and file describe it.
    ///
    /// # Errors
    ///
    /// When the profile is unknown, or a parameter is given twice.
    pub(crate) fn schedule_plan(
        &self,
        times: &TimesArguments,
        storage: &StorageArguments,
    ) -> Result<SchedulePlan, SettingsError> {
        let name = self.profile_name()?;
        let hint = self.file_hint(&format!("{name}.schedule"));
        SchedulePlan::new(times, storage, self.schedule_table(&name), &self.file.run, hint)
    }

    /// The schedule that the file declares for the portal; `None` where it declares none.
    ///
    /// # Errors
    ///
    /// When the profile is unknown, or storage, folder and parameters do not belong together.
    pub(crate) fn declared_schedule(&self) -> Result<Option<NewSchedule>, SettingsError> {
        self.declared_schedule_plan()?.map(|plan| plan.schedule()).transpose()
    }

    /// The same, each value with its origin.
    ///
    /// # Errors
    ///
    /// When the profile is unknown.
    pub(crate) fn declared_schedule_plan(&self) -> Result<Option<SchedulePlan>, SettingsError> {
        if self.schedule_table(&self.profile_name()?).is_none() {
            return Ok(None);
        }
        self.schedule_plan(&TimesArguments::default(), &StorageArguments::default()).map(Some)
    }

    /// Which of the two schedules `schedule show` and `schedule remove` are about.
    ///
    /// # Errors
    ///
    /// When the profile is unknown.
    pub(crate) fn resolve_schedule_scope(&self, typed: DumpArgument) -> Result<Scope, SettingsError> {
        let storage = StorageArguments { dump: typed, ..StorageArguments::default() };
        Ok(self.schedule_plan(&TimesArguments::default(), &storage)?.scope.value)
    }

    fn profile_name(&self) -> Result<String, SettingsError> {
        Ok(profile::choose(self.global, self.environment, self.path.as_ref(), &self.file)?.value)
    }

    fn schedule_table(&self, profile: &str) -> Option<&ScheduleTable> {
        self.file.portals.get(profile)?.schedule.as_ref()
    }

    /// The portal as the settings describe it; no secret is fetched.
    ///
    /// # Errors
    ///
    /// When the profile is unknown, or two settings contradict each other.
    pub(crate) fn portal_plan(&self) -> Result<PortalPlan, SettingsError> {
        let over = overrides::read_overrides(self.global, self.environment)?;
        let name = profile::choose(self.global, self.environment, self.path.as_ref(), &self.file)?;
        let profile = self.file.portals.get(&name.value);
        let file_hint = self.file_hint(&name.value);
        Ok(PortalPlan::new(name, over, profile, file_hint))
    }

    /// Each profile of the file by itself, without flags and environment; no secret is fetched.
    pub(crate) fn profile_plans(&self) -> Vec<PortalPlan> {
        let plans = self.file.portals.iter().map(|(name, profile)| {
            let over = portal::Overrides::default();
            PortalPlan::new(Setting::by_default(name.clone()), over, Some(profile), self.file_hint(name))
        });
        plans.collect()
    }

    /// Checks what stands in one of [`profile_plans`](Self::profile_plans). A profile need not be complete by itself.
    ///
    /// # Errors
    ///
    /// The first of its settings that cannot be used.
    pub(crate) async fn check_profile(&mut self, plan: &PortalPlan) -> Result<(), SettingsError> {
        plan.check(self.environment, &mut self.warnings).await
    }

    /// The job as the settings describe it.
    ///
    /// # Errors
    ///
    /// When a parameter is given twice.
    pub(crate) fn run_plan(
        &self,
        storage: &StorageArguments,
        if_running: Option<IfRunningWord>,
        limits: &LimitArguments,
    ) -> Result<RunPlan, SettingsError> {
        RunPlan::new(storage, if_running, limits, &self.file.run)
    }

    /// Where a setting of that profile is to be written.
    fn file_hint(&self, profile: &str) -> String {
        let path = self.path.as_ref().map(|path| path.value.clone());
        let path = path.or_else(|| self.environment.user_file()).unwrap_or_else(|| self.environment.system_file());
        format!("under [portals.{profile}] in {}", path.display())
    }
}

#[cfg(test)]
mod tests;
