//! Who is told, ready to be told: channels with what each gets, in which manner, and in whose words.

use std::{io::Write, sync::Arc};

use notify::{DeliveryPolicy, Notifier, Subscription};

use super::{ChannelPlan, DeliveryPlan, Setting, Settings, SettingsError, channels, fallbacks};
use crate::template::Templates;

impl Settings<'_> {
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
