//! The cancel as a value: what was seen goes in, what to do next comes out.

use std::time::Duration;

use docspace_api::{ApiErrorKind, BackupRecord, CancelReply, JobKind, JobState, Progress, Scope};

use super::{CancelLimits, CancelOrder, CancelOutcome, CancelVerdict};
use crate::{Event, Failure, Turn, looks::Looks};

/// Between looks at a job that was cancelled.
const INTERVAL: Duration = Duration::from_secs(2);

/// What came of the last [`CancelStep`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CancelSeen {
    /// Nothing: it begins, or a wait is over.
    Nothing,
    /// A slot, as a look showed it.
    Slot(Result<Option<Progress>, Failure>),
    /// The answer to the cancel.
    Answered(Result<CancelReply, Failure>),
    /// The history.
    History(Result<Vec<BackupRecord>, Failure>),
    /// Nothing: the look took too long.
    TimeUp,
    /// The caller asks to stop.
    StopAsked,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CancelStep {
    /// Look at a slot before anything is sent; trying again is worth while.
    Probe(Scope),
    /// Look at the job's slot once more; if it fails, the next look will do.
    Look,
    /// Send the cancel. This is asked for at most once.
    Cancel,
    /// Read the history.
    ReadHistory,
    /// Wait, and then say [`CancelSeen::Nothing`].
    Wait(Duration),
    /// Nothing more to do.
    Finish(Box<CancelVerdict>),
}

/// One cancel on its way from order to verdict.
///
/// ```
/// use std::time::Duration;
/// use backup_core::{CancelLimits, CancelSeen, CancelStep, Cancellation};
/// use docspace_api::Scope;
///
/// let mut cancellation = Cancellation::new(Scope::Portal.into(), CancelLimits::default());
/// // A cancel would hit the other slot too, so that one is looked at first.
/// assert_eq!(cancellation.step(CancelSeen::Nothing, Duration::ZERO).step, CancelStep::Probe(Scope::Server));
/// assert_eq!(cancellation.step(CancelSeen::Slot(Ok(None)), Duration::ZERO).step, CancelStep::Probe(Scope::Portal));
/// // Nothing runs, so nothing is sent.
/// let last = cancellation.step(CancelSeen::Slot(Ok(None)), Duration::ZERO).step;
/// assert!(matches!(last, CancelStep::Finish(_)));
/// ```
#[derive(Debug, Clone)]
pub struct Cancellation {
    order: CancelOrder,
    limits: CancelLimits,
    phase: Phase,
    /// The job that is to be cancelled, as it was last seen.
    job: Option<Progress>,
    looks: Looks,
    doubt: Option<Failure>,
}

/// Where a cancel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Before the look at the slot that the order is not about.
    ProbingOther,
    /// Before the look at the job's own slot.
    Probing,
    /// The cancel is sent.
    Sending,
    /// The cancel was sent.
    Watching { sent_at: Duration, gone_since: Option<Duration> },
    /// The job is over or gone, and the history is asked.
    Confirming,
}

impl Cancellation {
    /// A cancel that has not begun.
    pub fn new(order: CancelOrder, limits: CancelLimits) -> Self {
        Self { order, limits, phase: Phase::ProbingOther, job: None, looks: Looks::default(), doubt: None }
    }

    /// Decides what to do, after what was seen, at this time since it began.
    pub fn step(&mut self, seen: CancelSeen, now: Duration) -> Turn<CancelStep> {
        self.looks.pass_over_sleep(now);
        match seen {
            CancelSeen::Nothing => self.look(now),
            CancelSeen::Slot(Ok(slot)) => self.slot_seen(slot, now),
            CancelSeen::Slot(Err(failure)) => self.look_failed(failure, now),
            CancelSeen::Answered(reply) => self.answered(reply, now),
            CancelSeen::History(history) => self.history_read(history),
            CancelSeen::TimeUp => self.look_failed(no_answer(), now),
            CancelSeen::StopAsked => self.stopped(),
        }
    }

    /// How often a slot was looked at so far.
    pub fn looks(&self) -> u32 {
        self.looks.count()
    }

    fn look(&mut self, now: Duration) -> Turn<CancelStep> {
        self.looks.begin(now);
        match self.phase {
            Phase::ProbingOther => CancelStep::Probe(other(self.order.scope)).into(),
            Phase::Probing => CancelStep::Probe(self.order.scope).into(),
            Phase::Sending | Phase::Watching { .. } | Phase::Confirming => CancelStep::Look.into(),
        }
    }

    fn slot_seen(&mut self, slot: Option<Progress>, now: Duration) -> Turn<CancelStep> {
        self.looks.succeeded();
        match self.phase {
            Phase::ProbingOther => self.other_slot_seen(slot, now),
            Phase::Probing => self.probed(slot),
            Phase::Watching { sent_at, gone_since } => self.watched(slot, sent_at, gone_since, now),
            Phase::Sending | Phase::Confirming => self.look(now),
        }
    }

    /// The portal cancels in both slots at once (contract §4), so a job in the other one forbids it.
    fn other_slot_seen(&mut self, slot: Option<Progress>, now: Duration) -> Turn<CancelStep> {
        match slot {
            Some(job) if !job.state.is_over() => self.finish(CancelOutcome::OtherJob(job.task)),
            _ => {
                self.phase = Phase::Probing;
                self.look(now)
            }
        }
    }

    fn probed(&mut self, slot: Option<Progress>) -> Turn<CancelStep> {
        let Some(job) = slot.filter(|job| !job.state.is_over()) else {
            return self.finish(CancelOutcome::NothingToCancel);
        };
        if job.kind != JobKind::Backup || self.order.task.as_ref().is_some_and(|wanted| *wanted != job.task) {
            return self.finish(CancelOutcome::OtherJob(job.task));
        }
        let event = Event::Bound { task: job.task.clone(), joined: true };
        self.job = Some(job);
        self.phase = Phase::Sending;
        Turn { event: Some(event), step: CancelStep::Cancel }
    }

    /// Whatever the portal answers, only looks tell what became of the job; but a refusal left it alone.
    fn answered(&mut self, reply: Result<CancelReply, Failure>, now: Duration) -> Turn<CancelStep> {
        match reply {
            Err(failure) if !failure.kind.leaves_doubt() => self.finish(CancelOutcome::Refused(failure)),
            reply => {
                self.doubt = reply.err();
                self.phase = Phase::Watching { sent_at: now, gone_since: None };
                self.look(now)
            }
        }
    }

    fn watched(
        &mut self,
        slot: Option<Progress>,
        sent_at: Duration,
        gone_since: Option<Duration>,
        now: Duration,
    ) -> Turn<CancelStep> {
        let ours = |found: &Progress| self.job.as_ref().is_some_and(|job| job.task == found.task);
        match slot.filter(ours) {
            None => self.not_there(sent_at, gone_since, now),
            Some(job) if job.state.is_over() => {
                self.job = Some(job);
                self.confirm()
            }
            Some(job) => self.runs_on(job, sent_at, now),
        }
    }

    /// Also when another job is in the slot: ours may be hidden behind it, and a second cancel would hit that one.
    fn not_there(&mut self, sent_at: Duration, gone_since: Option<Duration>, now: Duration) -> Turn<CancelStep> {
        let since = gone_since.unwrap_or(now);
        if now.saturating_sub(since) >= self.limits.settle {
            return self.confirm();
        }
        self.phase = Phase::Watching { sent_at, gone_since: Some(since) };
        let is_news = gone_since.is_none();
        let event = self.job.as_ref().filter(|_| is_news).map(|job| Event::Missing(job.task.clone()));
        self.wait(INTERVAL, event, now)
    }

    fn runs_on(&mut self, job: Progress, sent_at: Duration, now: Duration) -> Turn<CancelStep> {
        let event = Event::Progress { percent: job.percent, state: job.state.clone(), elapsed: now };
        self.job = Some(job);
        self.phase = Phase::Watching { sent_at, gone_since: None };
        if now.saturating_sub(sent_at) >= self.limits.grace {
            return self.finish(CancelOutcome::StillRunning);
        }
        self.wait(INTERVAL, Some(event), now)
    }

    fn look_failed(&mut self, failure: Failure, now: Duration) -> Turn<CancelStep> {
        let Phase::Watching { sent_at, .. } = self.phase else {
            return self.probe_failed(failure, now);
        };
        let next_in = self.looks.failed(&failure, INTERVAL, now);
        let is_late = now.saturating_sub(sent_at) >= self.limits.grace;
        if is_late || self.looks.are_refused(&failure) {
            return self.finish(CancelOutcome::Unknown(Some(failure)));
        }
        self.wait(next_in, Some(Event::LookFailed { failure, next_in }), now)
    }

    /// Many portals and keys have no access to the slot for dumps; nothing of theirs runs there.
    fn probe_failed(&mut self, failure: Failure, now: Duration) -> Turn<CancelStep> {
        if self.phase == Phase::ProbingOther && failure.is_refusal() {
            return self.other_slot_seen(None, now);
        }
        self.finish(CancelOutcome::Refused(failure))
    }

    fn confirm(&mut self) -> Turn<CancelStep> {
        self.phase = Phase::Confirming;
        let event = self.job.as_ref().map(|job| Event::Confirming(job.task.clone()));
        Turn { event, step: CancelStep::ReadHistory }
    }

    fn history_read(&mut self, history: Result<Vec<BackupRecord>, Failure>) -> Turn<CancelStep> {
        let ours = |record: &BackupRecord| self.job.as_ref().is_some_and(|job| job.task == record.id);
        let testimony = history.map(|records| records.into_iter().find(ours));
        let state = self.job.as_ref().map(|job| job.state.clone());
        let outcome = match (state, &testimony) {
            (_, Ok(Some(_))) | (Some(JobState::Completed { .. }), _) => CancelOutcome::CompletedAnyway,
            (Some(JobState::Failed { reason }), _) => CancelOutcome::FailedAnyway(reason),
            (Some(JobState::Cancelled), _) | (_, Ok(None)) => CancelOutcome::Cancelled,
            (_, Err(failure)) => CancelOutcome::Unknown(Some(failure.clone())),
        };
        let (record, failure) = match testimony {
            Ok(record) => (record, None),
            Err(failure) => (None, Some(failure)),
        };
        self.finish_with(outcome, record, failure)
    }

    fn stopped(&mut self) -> Turn<CancelStep> {
        match self.phase {
            Phase::ProbingOther | Phase::Probing => self.finish(CancelOutcome::Stopped),
            Phase::Sending | Phase::Watching { .. } | Phase::Confirming => self.finish(CancelOutcome::Unknown(None)),
        }
    }

    fn wait(&mut self, interval: Duration, event: Option<Event>, now: Duration) -> Turn<CancelStep> {
        let wait = self.looks.wait(interval, Duration::MAX, now).unwrap_or(interval);
        Turn { event, step: CancelStep::Wait(wait) }
    }

    fn finish(&mut self, outcome: CancelOutcome) -> Turn<CancelStep> {
        self.finish_with(outcome, None, None)
    }

    fn finish_with(
        &mut self,
        outcome: CancelOutcome,
        record: Option<BackupRecord>,
        history: Option<Failure>,
    ) -> Turn<CancelStep> {
        let progress = self.job.take();
        let is_confirmed = progress.as_ref().is_some_and(|job| job.state == JobState::Cancelled);
        CancelStep::Finish(Box::new(CancelVerdict {
            outcome,
            task: progress.as_ref().map(|job| job.task.clone()),
            progress,
            record,
            is_confirmed,
            doubt: self.doubt.take(),
            history,
        }))
        .into()
    }
}

fn other(scope: Scope) -> Scope {
    match scope {
        Scope::Portal => Scope::Server,
        Scope::Server => Scope::Portal,
    }
}

fn no_answer() -> Failure {
    let kind = ApiErrorKind::TimedOut;
    Failure { kind, message: format!("cannot read the backup's progress: {kind}"), portal_message: None }
}
