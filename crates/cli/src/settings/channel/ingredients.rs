//! What a channel is made from: secrets fetched, files read, mistakes noted with their places.

use std::{io::Write, path::PathBuf, sync::Arc, time::Duration};

use notify::{Notifier, NotifyError};
use secrecy::SecretString;

use super::ChannelPlan;
use crate::settings::{Environment, Origin, SecretSource, Setting, SettingsError, certificates::read_ca};

/// What the settings of one channel are made from.
pub(super) struct Ingredients<'a> {
    pub(super) plan: &'a ChannelPlan,
    pub(super) stdout: fn() -> Box<dyn Write + Send>,
    pub(super) environment: &'a Environment,
    pub(super) warnings: &'a mut Vec<String>,
    pub(super) mistakes: &'a mut Vec<SettingsError>,
}

/// A part of a channel, if it can be had.
pub(super) type Made<T> = Result<T, Noted>;

/// It cannot, and why is among the mistakes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted;

/// The setting that is most likely wrong when a channel cannot be made.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// One of several: what is wrong says which.
    Channel,
    /// This one.
    Setting(&'static str, &'a Origin),
}

impl Ingredients<'_> {
    /// What the channel is called.
    pub(super) fn name(&self) -> &str {
        &self.plan.name
    }

    /// How long one notice may take, if somebody said so.
    pub(super) fn time_limit(&self) -> Option<Duration> {
        self.plan.terms.time_limit.as_ref().map(|limit| limit.value)
    }

    /// The secret of that setting.
    pub(super) async fn fetch(&mut self, key: &str, source: &Setting<SecretSource>) -> Made<SecretString> {
        let secret = source.fetch(&self.plan.setting(key), self.environment, self.warnings).await;
        self.noted(secret)
    }

    /// The same for one that need not be there.
    pub(super) async fn fetch_any(
        &mut self,
        key: &str,
        source: Option<&Setting<SecretSource>>,
    ) -> Made<Option<SecretString>> {
        match source {
            Some(source) => self.fetch(key, source).await.map(Some),
            None => Ok(None),
        }
    }

    /// The certificates in the file of `ca_file`, if there is one.
    pub(super) fn certificates(&mut self, file: Option<&Setting<PathBuf>>) -> Made<Option<String>> {
        let read = read_ca(&self.plan.setting("ca_file"), file);
        self.noted(read)
    }

    /// The notifier, or what it finds wrong with its settings; its words never hold a secret.
    pub(super) fn made<N: Notifier + 'static>(
        &mut self,
        place: Place<'_>,
        hint: &str,
        made: Result<N, NotifyError>,
    ) -> Made<Arc<dyn Notifier>> {
        let made = made.map_err(|error| self.mistake(place, hint, error.message()));
        self.noted(made.map(|notifier| Arc::new(notifier) as Arc<dyn Notifier>))
    }

    /// The same for one whose preflight leaves the machine alone.
    pub(super) async fn proven(
        &mut self,
        place: Place<'_>,
        hint: &str,
        notifier: Arc<dyn Notifier>,
    ) -> Made<Arc<dyn Notifier>> {
        let proven = notifier.preflight().await.map_err(|error| self.mistake(place, hint, error.message()));
        self.noted(proven.map(|()| notifier))
    }

    /// The result, its mistake noted.
    pub(super) fn noted<T>(&mut self, result: Result<T, SettingsError>) -> Made<T> {
        result.map_err(|mistake| {
            self.mistakes.push(mistake);
            Noted
        })
    }

    fn mistake(&self, place: Place<'_>, hint: &str, problem: &str) -> SettingsError {
        let (setting, origin) = match place {
            Place::Channel => (format!("notify.{}", self.plan.name), &self.plan.origin),
            Place::Setting(key, origin) => (self.plan.setting(key), origin),
        };
        SettingsError::new(setting, problem).at(origin).with_hint(hint)
    }
}
