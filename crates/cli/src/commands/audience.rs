//! Who is told: the channels, proved before the run, and what they are told at its start and after its end.

mod letters;
mod opening;
mod remarks;
mod send;

use std::{io::Write, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use journal::{Message, NewMessage, RunId};
use notify::{Notice, Notifier, NotifyErrorKind, Readers, Reminders, State, Subscription, preflight_all};

use crate::{
    arguments::OutputFormat,
    console::Console,
    exit_code::ExitCode,
    logbook::{Letters, Outbox, Record},
    notice::{notice, state},
    problem::Problem,
    report::{Account, Notification, Purpose},
    settings::{Route, Settings},
    signal::Signal,
    words,
};

pub(super) use opening::Opening;
pub(super) use remarks::subject;
pub(super) use send::Sending;

use letters::Happening;
use remarks::{absent, given_up};

/// The longest that a channel may take to prove its settings.
const PREFLIGHT: Duration = Duration::from_secs(10);

/// The channels of one command. Nobody is in the default one.
#[derive(Debug, Clone)]
pub(super) struct Audience {
    pub(super) subscriptions: Vec<Subscription>,
    /// The channels whose notices stand where the program talks: whoever reads them sees the run.
    screens: Vec<String>,
    /// All channels that the settings name.
    known: Vec<String>,
    /// Whether the answer will stand there too.
    is_answer_there: bool,
    reminders: Reminders,
    pub(super) give_up_after: Duration,
}

impl Audience {
    /// Nobody.
    pub(super) fn nobody() -> Self {
        Self {
            subscriptions: Vec::new(),
            screens: Vec::new(),
            known: Vec::new(),
            is_answer_there: false,
            reminders: Reminders::default(),
            give_up_after: Duration::MAX,
        }
    }

    /// The channels that the settings name, with their secrets fetched.
    pub(super) async fn ready(settings: &mut Settings<'_>, console: &Console) -> Result<Self, Problem> {
        let plans = settings.channel_plans()?.into_iter();
        let screens = plans.filter(|plan| matches!(plan.route, Route::Stdout { .. })).map(|plan| plan.name).collect();
        let is_answer_there = console.format == OutputFormat::Human;
        let subscriptions = settings.resolve_subscriptions(&[], stdout_for(console.format)).await?;
        let delivery = settings.delivery();
        let reminders = Reminders { first_after: delivery.remind_first.value, then_every: delivery.remind_every.value };
        let give_up_after = delivery.give_up_after.value;
        let known = subscriptions.iter().map(|to| to.channel.name().to_owned()).collect();
        Ok(Self { subscriptions, screens, known, is_answer_there, reminders, give_up_after })
    }

    /// The channels' names.
    pub(super) fn names(&self) -> Vec<String> {
        self.subscriptions.iter().map(|subscription| subscription.channel.name().to_owned()).collect()
    }

    /// A mistake in a channel's settings ends the run before it began; a server that is down does not: it may be up in time.
    pub(super) async fn check(&self, console: &Console) -> Result<(), Problem> {
        let channels: Vec<Arc<dyn Notifier>> =
            self.subscriptions.iter().map(|subscription| Arc::clone(&subscription.channel)).collect();
        for (name, result) in preflight_all(&channels, PREFLIGHT).await {
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

    /// Keeps the verdict and what everybody is to be told of it, so that no crash can lose it.
    pub(super) fn conclude(&self, account: &Account, record: &Record, outbox: &Outbox) {
        let ending = account.ending();
        if !self.has_news(account) {
            return record.ended(&ending);
        }
        let new_incident = new_id();
        let happening = self.happening(&account.portal.host, Some(record.run()), state(account), &new_incident);
        outbox.conclude(record, &ending, &account.portal.host, |past| {
            happening.letters(past, &self.subscriptions, |chapter| {
                notice(account, record.run().as_str(), chapter, happening.at)
            })
        });
    }

    /// Keeps a notice that is about no single run and no trouble, for everybody here, whatever they chose.
    pub(super) fn keep(&self, notice: &Notice, portal: &str, outbox: &Outbox) {
        let happening = self.happening(portal, None, notice.state, "");
        let names = self.subscriptions.iter().map(|to| to.channel.name());
        let messages: Vec<NewMessage> = names.map(|name| happening.message(name, notice)).collect();
        outbox.keep(portal, |_| Letters { messages: messages.clone(), incident: None });
    }

    /// Those of whom people read what they get.
    pub(super) fn of_people(mut self) -> Self {
        let screens = self.screens.clone();
        let is_read = |to: &Subscription| {
            to.readers == Readers::People || screens.iter().any(|screen| screen == to.channel.name())
        };
        self.subscriptions.retain(is_read);
        self
    }

    fn happening<'a>(
        &self,
        portal: &'a str,
        run: Option<&'a RunId>,
        state: State,
        new_incident: &'a str,
    ) -> Happening<'a> {
        Happening { portal, run, state, at: Timestamp::now(), new_incident, reminders: self.reminders }
    }

    /// Nothing is to be told but to the one at the keyboard: who has just pressed Ctrl-C, or waits for a backup that there is
    /// not, or that had ended before and was nobody's here.
    fn has_news(&self, account: &Account) -> bool {
        let is_old = account.had_ended() && !account.was_left;
        let has_nothing_new = account.outcome() == backup_core::Outcome::NotStarted || is_old;
        let is_private = account.purpose == Purpose::Wait && has_nothing_new;
        !(self.subscriptions.is_empty() || is_private || account.interrupted_by == Some(Signal::Interrupt))
    }

    /// Sends whatever waits, and adds to the account who was told of it. Who has pressed Ctrl-C wants to go.
    pub(super) async fn tell(&self, account: Account, record: &Record, outbox: &Outbox, console: &Console) -> Account {
        if self.subscriptions.is_empty() || account.interrupted_by == Some(Signal::Interrupt) {
            return account;
        }
        let sending = self.send(outbox, console, Some(record.run())).await;
        let notifications = sending.of_run(outbox, record.run());
        let is_on_screen = |told: &Notification| told.is_told() && self.screens.contains(&told.name);
        let is_told_here = self.is_answer_there && notifications.iter().any(is_on_screen);
        let given_up = self.give_up(outbox, console).iter().map(given_up).collect();
        Account { notifications, is_told_here, given_up, is_kept: outbox.is_durable(), ..account }
    }

    /// Sends whatever waits, and says what became of what is not about this run.
    pub(super) async fn send(&self, outbox: &Outbox, console: &Console, run: Option<&RunId>) -> Sending {
        let sending = Sending::of(outbox, &self.subscriptions).await;
        remarks::earlier(&sending, run, console);
        absent(&outbox.waiting(), &self.known).iter().for_each(|absent| console.warn(absent));
        sending
    }

    /// Gives up what has waited too long, and says so, also with `--quiet`.
    pub(super) fn give_up(&self, outbox: &Outbox, console: &Console) -> Vec<Message> {
        let age = SignedDuration::try_from(self.give_up_after).unwrap_or(SignedDuration::MAX);
        let kept_before = Timestamp::now().checked_sub(age).unwrap_or(Timestamp::MIN);
        let lost = outbox.give_up(kept_before);
        let hint = "mend the channel: `docspace-backup notify test` tries it";
        lost.iter().for_each(|message| console.error(&given_up(message), Some(hint)));
        lost
    }

    /// Who is told while the backup runs: not those who see the run anyway.
    pub(super) fn opening(&self) -> Opening {
        let is_elsewhere = |to: &&Subscription| !self.screens.iter().any(|screen| screen == to.channel.name());
        Opening::new(self.subscriptions.iter().filter(is_elsewhere).cloned().collect())
    }
}

/// A new id, for an incident or a notice.
pub(super) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Where a channel on standard output writes: where the answer is a document, a notice must not stand beside it.
pub(super) fn stdout_for(format: OutputFormat) -> fn() -> Box<dyn Write + Send> {
    match format {
        OutputFormat::Human => || Box::new(std::io::stdout()),
        OutputFormat::Json | OutputFormat::Jsonl | OutputFormat::Markdown => || Box::new(std::io::stderr()),
    }
}
