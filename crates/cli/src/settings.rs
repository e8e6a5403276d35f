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

use std::{io::Write, path::PathBuf, sync::Arc};

use backup_core::{IfRunning, Limits};
use docspace_api::{NewSchedule, Scope};
use notify::{DeliveryPolicy, Notifier, Subscription};

use crate::{
    arguments::{
        DoctorArguments, DumpArgument, GlobalArguments, IfRunningWord, LimitArguments, RestoreArguments, RunArguments,
        StartArguments, StorageArguments, TimesArguments,
    },
    template::Templates,
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

    /// The channels of those names, all of them if there is no name, with their secrets fetched, each with what it gets
    /// and in which manner; `stdout` gives what a channel on standard output writes to.
    ///
    /// # Errors
    ///
    /// The first setting of a channel that is missing or cannot be used; a name that no channel has.
    pub(crate) async fn resolve_subscriptions(
        &mut self,
        names: &[String],
        stdout: fn() -> Box<dyn Write + Send>,
    ) -> Result<Vec<Subscription>, SettingsError> {
        let plans = channels::select(self.channel_plans()?, names)?;
        let (mut subscriptions, mut mistakes) = (Vec::with_capacity(plans.len()), Vec::new());
        for plan in &plans {
            let channel = self.build_channel(plan, stdout, &mut mistakes).await;
            subscriptions.extend(channel.map(|channel| subscription(plan, channel)));
            if !mistakes.is_empty() {
                return Err(mistakes.swap_remove(0));
            }
        }
        Ok(subscriptions)
    }

    /// One channel, with its secrets fetched; adds to `mistakes` all of its settings that are missing or cannot be used.
    /// `None` where there is such a one.
    pub(crate) async fn build_channel(
        &mut self,
        plan: &ChannelPlan,
        stdout: fn() -> Box<dyn Write + Send>,
        mistakes: &mut Vec<SettingsError>,
    ) -> Option<Arc<dyn Notifier>> {
        let channel = plan.build(stdout, self.environment, &mut self.warnings, mistakes).await;
        channel.map(|channel| self.templates().spoken_by(channel))
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

    /// The channels as the settings describe them; no secret is fetched.
    ///
    /// # Errors
    ///
    /// When `SMTP_URL` is set without `DOCSPACE_ADMIN_EMAIL`, or a fallback leads nowhere or in a circle.
    pub(crate) fn channel_plans(&self) -> Result<Vec<ChannelPlan>, SettingsError> {
        let (plans, mistakes) = self.channel_plans_with_mistakes()?;
        mistakes.into_iter().next().map_or(Ok(plans), Err)
    }

    /// The same with every fallback that leads nowhere or in a circle.
    ///
    /// # Errors
    ///
    /// When `SMTP_URL` is set without `DOCSPACE_ADMIN_EMAIL`.
    pub(crate) fn channel_plans_with_mistakes(&self) -> Result<(Vec<ChannelPlan>, Vec<SettingsError>), SettingsError> {
        let plans = channels::plan(self.file.channels.as_deref(), self.environment)?;
        let mistakes = fallbacks::mistakes(&plans);
        Ok((plans, mistakes))
    }

    /// The words of the notices.
    fn templates(&self) -> Templates {
        let [subject, text] = self.template_settings().map(|template| template.map(|template| template.value.clone()));
        Templates { subject, text }
    }

    /// The templates of subject and text, with their origins.
    pub(crate) fn template_settings(&self) -> [Option<&Setting<String>>; 2] {
        [self.file.templates.subject.as_ref(), self.file.templates.text.as_ref()]
    }

    /// What holds for the notices of all channels.
    pub(crate) fn delivery(&self) -> DeliveryPlan {
        DeliveryPlan::new(&self.file.delivery)
    }

    /// Where a setting of that profile is to be written.
    fn file_hint(&self, profile: &str) -> String {
        let path = self.path.as_ref().map(|path| path.value.clone());
        let path = path.or_else(|| self.environment.user_file()).unwrap_or_else(|| self.environment.system_file());
        format!("under [portals.{profile}] in {}", path.display())
    }
}

fn subscription(plan: &ChannelPlan, channel: Arc<dyn Notifier>) -> Subscription {
    let usual = DeliveryPolicy::default();
    let time_limit = plan.terms.time_limit.as_ref().map_or(usual.time_limit, |limit| limit.value);
    Subscription {
        channel,
        readers: plan.readers(),
        states: plan.states(),
        policy: DeliveryPolicy { time_limit, ..usual },
        fallback: plan.terms.fallback.as_ref().map(|fallback| fallback.value.clone()),
    }
}

#[cfg(test)]
mod tests;
