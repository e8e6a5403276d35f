//! The restore as a value: what was seen goes in, what to do next comes out. No clock, no network, no sleep.

use std::time::Duration;

use docspace_api::{BackupRecord, Progress, Scope, StartRestore, TaskId, TenantStatus};

use super::{RestoreOrder, RestoreVerdict, aftermath::Aftermath};
use crate::{
    Event, Failure, Limits, Outcome, Reason, Turn, Warning, doubt::Doubt, followed::Followed, looks::Looks,
    verdict::Judgement,
};

/// What came of the last [`RestoreStep`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreSeen {
    /// Nothing: the restore begins, or a wait is over.
    Nothing,
    /// The slot for restores.
    Slot(Result<Option<Progress>, Failure>),
    /// The history.
    History(Result<Vec<BackupRecord>, Failure>),
    /// A slot for backups.
    Backups(Result<Option<Progress>, Failure>),
    /// The answer to the start.
    Started(Result<Option<Progress>, Failure>),
    /// The answer to the key.
    Key(Result<(), Failure>),
    /// What the portal says of itself.
    Status(Result<TenantStatus, Failure>),
    /// Nothing, and [`timeout`](Limits::timeout) is over.
    TimeUp,
    /// The caller asks to stop.
    StopAsked,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreStep {
    /// Look at the slot for restores, without the key, before anything has begun; trying again is worth while.
    Probe,
    /// Read the history, for the record that is to be put back.
    ReadHistory,
    /// Look at a slot for backups: a restore under a running backup would spoil both.
    ProbeBackups(Scope),
    /// Send the start. This is asked for at most once.
    Start(StartRestore),
    /// Look at the slot for restores once more, without the key; if it fails, the next look will do.
    Look,
    /// Ask whether the portal still takes the key.
    AskKey,
    /// Ask what the portal says of itself.
    AskStatus,
    /// Wait, and then say [`RestoreSeen::Nothing`].
    Wait(Duration),
    /// Nothing more to do.
    Finish(Box<RestoreVerdict>),
}

/// One restore on its way from order to verdict.
///
/// ```
/// use std::time::Duration;
/// use backup_core::{Limits, Restoration, RestoreOrder, RestoreSeen, RestoreStep};
/// use docspace_api::{NotifyUsers, RestoreSource, Scope, StartRestore};
///
/// let source = RestoreSource::DocumentsFile { file: 555 };
/// let start = StartRestore { source, notify_users: NotifyUsers::No, scope: Scope::Portal };
/// let mut restoration = Restoration::new(RestoreOrder::Start(start.clone()), Limits::default());
///
/// assert_eq!(restoration.step(RestoreSeen::Nothing, Duration::ZERO).step, RestoreStep::Probe);
/// // No restore runs. Does a backup?
/// let step = restoration.step(RestoreSeen::Slot(Ok(None)), Duration::ZERO).step;
/// assert_eq!(step, RestoreStep::ProbeBackups(Scope::Portal));
/// assert_eq!(restoration.step(RestoreSeen::Backups(Ok(None)), Duration::ZERO).step, RestoreStep::Start(start));
/// ```
#[derive(Debug, Clone)]
pub struct Restoration {
    pub(super) order: RestoreOrder,
    pub(super) limits: Limits,
    pub(super) phase: Phase,
    /// What was in the slot before the start: never ours, once it is over.
    pub(super) previous: Option<TaskId>,
    pub(super) record: Option<BackupRecord>,
    pub(super) job: Option<Job>,
    pub(super) looks: Looks,
    pub(super) warnings: Vec<Warning>,
}

/// Where a restore stands.
#[derive(Debug, Clone)]
pub(super) enum Phase {
    /// Before the first look.
    Probing,
    /// The history is asked for the record.
    Checking,
    /// The slots for backups are looked at, this one now.
    ProbingBackups(Scope),
    /// The start is sent.
    Starting,
    /// The start got no proper answer.
    Doubting(Doubt),
    /// Our job is known and runs.
    Watching,
    /// Our job has not been in the slot since.
    Missing(Duration),
    /// It is over, as far as we are concerned; the key and the portal are asked.
    After(Aftermath),
}

/// The job that is ours.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) task: TaskId,
    pub(super) is_joined: bool,
    pub(super) course: Followed,
}

impl Restoration {
    /// A restore that has not begun.
    pub fn new(order: RestoreOrder, limits: Limits) -> Self {
        Self {
            order,
            limits,
            phase: Phase::Probing,
            previous: None,
            record: None,
            job: None,
            looks: Looks::default(),
            warnings: Vec::new(),
        }
    }

    /// Decides what to do, after what was seen, at this time since the restore began.
    pub fn step(&mut self, seen: RestoreSeen, now: Duration) -> Turn<RestoreStep> {
        if let (Some(overslept), Some(job)) = (self.looks.pass_over_sleep(now), &mut self.job) {
            job.course.pass_over_sleep(overslept);
        }
        match seen {
            RestoreSeen::Nothing => self.look(now),
            RestoreSeen::Slot(Ok(slot)) => self.slot_seen(slot, now),
            RestoreSeen::Slot(Err(failure)) => self.look_failed(failure, now),
            RestoreSeen::History(history) => self.history_read(history),
            RestoreSeen::Backups(slot) => self.backups_seen(slot),
            RestoreSeen::Started(answer) => self.start_answered(answer, now),
            RestoreSeen::Key(answer) => self.key_asked(answer),
            RestoreSeen::Status(answer) => self.status_asked(answer),
            RestoreSeen::TimeUp => self.give_up(Reason::TimedOut),
            RestoreSeen::StopAsked => self.give_up(Reason::Interrupted),
        }
    }

    /// How often the slot for restores was looked at so far.
    pub fn looks(&self) -> u32 {
        self.looks.count()
    }

    /// When the job began, counted from the beginning of the restore; `None` while there is none.
    pub fn job_since(&self) -> Option<Duration> {
        self.job.as_ref().map(|job| job.course.since)
    }

    pub(super) fn look(&mut self, now: Duration) -> Turn<RestoreStep> {
        self.looks.begin(now);
        if matches!(self.phase, Phase::Probing) { RestoreStep::Probe.into() } else { RestoreStep::Look.into() }
    }

    fn slot_seen(&mut self, slot: Option<Progress>, now: Duration) -> Turn<RestoreStep> {
        self.looks.succeeded();
        match &self.phase {
            Phase::Probing => self.probed(slot, now),
            Phase::Doubting(doubt) => self.looked_in_doubt(doubt.clone(), slot, now),
            Phase::After(_) => RestoreStep::AskKey.into(),
            Phase::Checking | Phase::ProbingBackups(_) | Phase::Starting | Phase::Watching | Phase::Missing(_) => {
                self.job_seen(slot, now)
            }
        }
    }

    /// Waits until `interval` after the last look began, or until the time is up.
    pub(super) fn wait(&mut self, interval: Duration, event: Option<Event>, now: Duration) -> Turn<RestoreStep> {
        let left = self.limits.timeout.saturating_sub(now);
        match self.looks.wait(interval, left, now) {
            Some(wait) => Turn { event, step: RestoreStep::Wait(wait) },
            None => self.give_up(Reason::TimedOut),
        }
    }

    /// Ends the waiting at once: what runs goes on without us, and what is known already is kept.
    pub(super) fn give_up(&mut self, reason: Reason) -> Turn<RestoreStep> {
        let aftermath = match (self.phase.clone(), &self.job) {
            (Phase::After(aftermath), _) => aftermath,
            (_, Some(_)) => Aftermath::of(Judgement::because(Outcome::StillRunning, reason)),
            (Phase::Doubting(doubt), None) => {
                Aftermath::of(Judgement::because(Outcome::Lost, Reason::StartUnknown(doubt.failure)))
            }
            (Phase::Starting, None) => Aftermath::of(Judgement::because(Outcome::Lost, reason)),
            (_, None) => Aftermath::of(Judgement::because(Outcome::NotStarted, reason)),
        };
        self.finish(aftermath)
    }

    /// Ends where nothing was started, so that nothing needs to be asked.
    pub(super) fn refuse(&mut self, outcome: Outcome, reason: Reason) -> Turn<RestoreStep> {
        self.finish(Aftermath::of(Judgement::because(outcome, reason)))
    }

    pub(super) fn finish(&mut self, aftermath: Aftermath) -> Turn<RestoreStep> {
        let Aftermath { judgement, key, status } = aftermath;
        let job = self.job.as_ref();
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.extend(judgement.warnings);
        RestoreStep::Finish(Box::new(RestoreVerdict {
            outcome: judgement.outcome,
            reason: judgement.reason,
            warnings,
            task: job.map(|job| job.task.clone()),
            progress: job.and_then(|job| job.course.last.clone()),
            record: self.record.take(),
            joined: job.is_some_and(|job| job.is_joined),
            key,
            status,
        }))
        .into()
    }
}
