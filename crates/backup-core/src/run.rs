//! The workflow as a value: what was seen goes in, what to do next comes out. No clock, no network, no sleep.

mod bind;
mod confirm;
mod look;
mod watch;

use std::time::Duration;

use docspace_api::{BackupRecord, JobState, Progress, StartBackup, TaskId};

use crate::{
    Earlier, Failure, Limits, Order, Outcome, Pace, Reason, Turn, Verdict, Warning, doubt::Doubt, followed::Followed,
    looks::Looks, verdict::Judgement,
};

/// What came of the last [`Step`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: the run begins, or a wait is over.
    Nothing,
    /// The slot, as a look showed it.
    Slot(Result<Option<Progress>, Failure>),
    /// The answer to the start.
    Started(Result<Option<Progress>, Failure>),
    /// The history.
    History(Result<Vec<BackupRecord>, Failure>),
    /// Nothing, and [`timeout`](Limits::timeout) is over.
    TimeUp,
    /// The caller asks to stop.
    StopAsked,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Look at the slot for the first time; nothing has begun, so trying again is worth while.
    Probe,
    /// Look at the slot once more; if it fails, the next look will do.
    Look,
    /// Send the start. A run asks for this at most once.
    Start(StartBackup),
    /// Read the history.
    ReadHistory,
    /// Wait, and then say [`Seen::Nothing`].
    Wait(Duration),
    /// Nothing more to do.
    Finish(Box<Verdict>),
}

/// One backup on its way from order to verdict.
///
/// ```
/// use std::time::Duration;
/// use backup_core::{IfRunning, Limits, Order, Run, Seen, Step, Until};
/// use docspace_api::{BackupTarget, Scope, StartBackup};
///
/// let backup = StartBackup { target: BackupTarget::DataStore, scope: Scope::Portal };
/// let order = Order::Start { backup: backup.clone(), if_running: IfRunning::Fail, until: Until::Ended, earlier: None };
/// let mut run = Run::new(order, Limits::default());
///
/// assert_eq!(run.step(Seen::Nothing, Duration::ZERO).step, Step::Probe);
/// // The slot is empty, so the backup can be started.
/// assert_eq!(run.step(Seen::Slot(Ok(None)), Duration::ZERO).step, Step::Start(backup));
/// ```
#[derive(Debug, Clone)]
pub struct Run {
    order: Order,
    limits: Limits,
    phase: Phase,
    /// What was in the slot before the start: never ours, once it is over.
    previous: Option<TaskId>,
    job: Option<Job>,
    looks: Looks,
    warnings: Vec<Warning>,
}

/// Where a run stands.
#[derive(Debug, Clone)]
enum Phase {
    /// Before the first look.
    Probing,
    /// A foreign job holds the slot, and we wait for its end.
    Queued(Pace),
    /// The start is sent.
    Starting,
    /// The start got no proper answer.
    Doubting(Doubt),
    /// Our job is known and runs.
    Watching,
    /// Our job has left the slot.
    Missing(confirm::Absence),
    /// Our job is over, and the history is asked.
    Confirming(JobState),
}

/// The job that is ours.
#[derive(Debug, Clone)]
struct Job {
    task: TaskId,
    belonging: Belonging,
    had_ended: bool,
    course: Followed,
}

impl Job {
    fn is_joined(&self) -> bool {
        self.belonging == Belonging::Joined
    }
}

/// How a job came to be ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belonging {
    Started,
    Joined,
}

impl Run {
    /// A run that has not begun.
    pub fn new(order: Order, limits: Limits) -> Self {
        Self {
            job: job_in(&order),
            order,
            limits,
            phase: Phase::Probing,
            previous: None,
            looks: Looks::default(),
            warnings: Vec::new(),
        }
    }

    /// Decides what to do, after what was seen, at this time since the run began.
    pub fn step(&mut self, seen: Seen, now: Duration) -> Turn {
        self.pass_over_sleep(now);
        match seen {
            Seen::Nothing => self.look(now),
            Seen::Slot(Ok(slot)) => self.slot_seen(slot, now),
            Seen::Slot(Err(failure)) => self.look_failed(failure, now),
            Seen::Started(answer) => self.start_answered(answer, now),
            Seen::History(history) => self.history_read(history, now),
            Seen::TimeUp => self.give_up(Reason::TimedOut),
            Seen::StopAsked => self.give_up(Reason::Interrupted),
        }
    }

    /// How often the slot was looked at so far.
    pub fn looks(&self) -> u32 {
        self.looks.count()
    }

    /// When the job began, counted from the beginning of the run; `None` while there is none.
    pub fn job_since(&self) -> Option<Duration> {
        self.job.as_ref().map(|job| job.course.since)
    }

    /// Ends the waiting: what runs goes on without us.
    fn give_up(&mut self, reason: Reason) -> Turn {
        let judgement = match (&self.phase, &self.job) {
            (_, Some(_)) => Judgement::because(Outcome::StillRunning, reason),
            (Phase::Doubting(doubt), None) => {
                Judgement::because(Outcome::Lost, Reason::StartUnknown(doubt.failure.clone()))
            }
            (Phase::Starting, None) => Judgement::because(Outcome::Lost, reason),
            (Phase::Probing, None) if self.was_perhaps_started() => {
                Judgement::because(Outcome::Lost, unknown_since(reason))
            }
            (Phase::Queued(_), None) => Judgement::because(Outcome::Busy, reason),
            (_, None) => Judgement::because(Outcome::NotStarted, reason),
        };
        self.finish(judgement, None)
    }

    fn was_perhaps_started(&self) -> bool {
        matches!(&self.order, Order::Start { earlier: Some(Earlier::PerhapsStarted { .. }), .. })
    }

    fn finish(&mut self, judgement: Judgement, record: Option<BackupRecord>) -> Turn {
        let job = self.job.as_ref();
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.extend(judgement.warnings);
        Step::Finish(Box::new(Verdict {
            outcome: judgement.outcome,
            reason: judgement.reason,
            warnings,
            task: job.map(|job| job.task.clone()),
            progress: job.and_then(|job| job.course.last.clone()),
            record,
            joined: job.is_some_and(Job::is_joined),
            had_ended: job.is_some_and(|job| job.had_ended),
        }))
        .into()
    }
}

/// The job that an order is about from its beginning.
fn job_in(order: &Order) -> Option<Job> {
    match order {
        Order::Start { earlier: Some(Earlier::Started(task)), .. } => {
            Some(Job::new(task.clone(), Belonging::Started, Duration::ZERO))
        }
        Order::Attach { task: Some(task), .. } => Some(Job::new(task.clone(), Belonging::Joined, Duration::ZERO)),
        Order::Start { .. } | Order::Attach { task: None, .. } => None,
    }
}

/// Why it is still not known whether an earlier process has started a backup.
fn unknown_since(reason: Reason) -> Reason {
    if let Reason::Portal(failure) = reason { Reason::StartUnknown(failure) } else { reason }
}

#[cfg(test)]
mod tests;
