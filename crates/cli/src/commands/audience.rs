//! Who is told: the channels, proved before the run and told after it.

use std::{io::Write, sync::Arc, time::Duration};

use backup_core::Outcome;
use futures_util::future::join_all;
use journal::DeliveryRecord;
use notify::{Delivery, DeliveryPolicy, Notice, Notifier, NotifyErrorKind, deliver_all, preflight_all};

use crate::{
    arguments::OutputFormat,
    console::Console,
    exit_code::ExitCode,
    logbook::Record,
    notice::notice,
    problem::Problem,
    report::{Account, Purpose},
    settings::{Route, Settings},
    signal::Signal,
    words,
};

/// The longest that a channel may take to prove its settings.
const PREFLIGHT: Duration = Duration::from_secs(10);

/// The channels of one run. Nobody is in the default one.
#[derive(Debug, Default)]
pub(super) struct Audience {
    channels: Vec<Arc<dyn Notifier>>,
    /// The channels whose notices stand on the standard output on which the answer will stand.
    here: Vec<String>,
}

impl Audience {
    /// The channels that the settings name, with their secrets fetched.
    pub(super) async fn ready(settings: &mut Settings<'_>, console: &Console) -> Result<Self, Problem> {
        let here = match console.format {
            OutputFormat::Human => settings.channel_plans()?,
            OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Markdown => Vec::new(),
        };
        let here = here.into_iter().filter(|plan| matches!(plan.route, Route::Stdout { .. }));
        let here = here.map(|plan| plan.name).collect();
        let channels = settings.resolve_channels(&[], stdout_for(console.format)).await?;
        Ok(Self { channels, here })
    }

    /// The channels' names.
    pub(super) fn names(&self) -> Vec<String> {
        self.channels.iter().map(|channel| channel.name().to_owned()).collect()
    }

    /// A mistake in a channel's settings ends the run before it began; a server that is down does not: it may be up in time.
    pub(super) async fn check(&self, console: &Console) -> Result<(), Problem> {
        for (name, result) in preflight_all(&self.channels, PREFLIGHT).await {
            let Err(error) = result else { continue };
            if error.kind() == NotifyErrorKind::Settings {
                let problem =
                    Problem::new("settings", ExitCode::Usage, format!("{name}: {}", words::why_not_told(&error)));
                return Err(problem.with_hint("mend the channel's settings; `docspace-backup notify test` tries them"));
            }
            console.warn(&format!("{name} may not be told at the end: {}", words::why_not_told(&error)));
        }
        Ok(())
    }

    /// What everybody is to be told, kept in the record before the verdict is, so that no crash can lose it; `None` where
    /// there is nothing to tell but to the one at the keyboard: who has just pressed Ctrl-C, or waits for a backup that there
    /// is not, or that had ended before.
    pub(super) fn owe(&self, account: &Account, record: &Record) -> Option<Notice> {
        let has_nothing_new = account.outcome() == Outcome::NotStarted || account.had_ended();
        let is_private = account.purpose == Purpose::Wait && has_nothing_new;
        if self.channels.is_empty() || is_private || account.interrupted_by == Some(Signal::Interrupt) {
            return None;
        }
        let notice = notice(account, record.id());
        record.owe(&notice, &self.names());
        Some(notice)
    }

    /// Tells everybody.
    pub(super) async fn tell(&self, account: Account, notice: Option<Notice>, record: &Record) -> Account {
        let Some(notice) = notice else { return account };
        let deliveries = self.deliver(&notice, |_| true, record).await;
        let is_here = |delivery: &Delivery| delivery.result.is_ok() && self.here.contains(&delivery.name);
        let is_told_here = deliveries.iter().any(is_here);
        Account { deliveries, is_told_here, ..account }
    }

    /// Tells those whom an earlier process did not reach; the result is about all whom it was to reach.
    pub(super) async fn tell_the_rest(
        &self,
        notice: &Notice,
        before: &[DeliveryRecord],
        record: &Record,
    ) -> Vec<Delivery> {
        let told = |name: &str| before.iter().find(|channel| channel.channel == name && channel.delivered);
        let done = before.iter().filter(|channel| channel.delivered).map(|channel| Delivery {
            name: channel.channel.clone(),
            attempts: channel.attempts,
            result: Ok(()),
        });
        let rest = self.deliver(notice, |name| told(name).is_none(), record).await;
        done.chain(rest).collect()
    }

    /// Side by side, each result kept as soon as it is known.
    async fn deliver(&self, notice: &Notice, is_due: impl Fn(&str) -> bool, record: &Record) -> Vec<Delivery> {
        let due = self.channels.iter().filter(|channel| is_due(channel.name()));
        let each = due.map(|channel| async move {
            let delivered = deliver_all(std::slice::from_ref(channel), notice, &DeliveryPolicy::default()).await;
            delivered.iter().for_each(|delivery| record.told(delivery));
            delivered
        });
        join_all(each).await.into_iter().flatten().collect()
    }
}

/// Where a channel on standard output writes: where the answer is a document, a notice must not stand beside it.
pub(super) fn stdout_for(format: OutputFormat) -> fn() -> Box<dyn Write + Send> {
    match format {
        OutputFormat::Human => || Box::new(std::io::stdout()),
        OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Markdown => || Box::new(std::io::stderr()),
    }
}
