//! From the first look to a restore that is ours: the checks before it, the start, and the doubt after it.

use std::time::Duration;

use docspace_api::{BackupRecord, JobKind, Progress, RestoreSource, Scope, TaskId};

use super::{
    RestoreOrder, RestoreStep,
    aftermath::Aftermath,
    step::{Job, Phase, Restoration},
};
use crate::{Event, Failure, Outcome, Reason, Turn, Warning, doubt::Doubt, followed::Followed, verdict::Judgement};

impl Restoration {
    pub(super) fn probed(&mut self, slot: Option<Progress>, now: Duration) -> Turn<RestoreStep> {
        match (self.order.clone(), slot) {
            (RestoreOrder::Attach { task, .. }, slot) => self.attach(task, slot, now),
            (RestoreOrder::Start(_), Some(foreign)) if !foreign.state.is_over() => {
                self.refuse(Outcome::Busy, Reason::Busy(foreign.task))
            }
            (RestoreOrder::Start(_), finished) => {
                self.previous = finished.map(|progress| progress.task);
                self.check_the_record()
            }
        }
    }

    fn attach(&mut self, wanted: Option<TaskId>, slot: Option<Progress>, now: Duration) -> Turn<RestoreStep> {
        match slot {
            Some(found) if wanted.as_ref().is_none_or(|wanted| *wanted == found.task) => self.bind(found, true, now),
            _ => self.refuse(Outcome::NotStarted, Reason::NoSuchTask(wanted)),
        }
    }

    /// The portal takes any id that it ever knew, of another kind or tenant too, and fails only when it is at work. So the
    /// history of this scope has to list the record.
    fn check_the_record(&mut self) -> Turn<RestoreStep> {
        if self.order.record().is_none() {
            return self.check_backups(self.order.scope());
        }
        self.phase = Phase::Checking;
        RestoreStep::ReadHistory.into()
    }

    pub(super) fn history_read(&mut self, history: Result<Vec<BackupRecord>, Failure>) -> Turn<RestoreStep> {
        let records = match history {
            Ok(records) => records,
            Err(failure) => return self.refuse(Outcome::NotStarted, Reason::Portal(failure)),
        };
        let wanted = self.order.record().cloned();
        self.record = records.into_iter().find(|record| Some(&record.id) == wanted.as_ref());
        if self.record.is_none() {
            return self.refuse(Outcome::NotStarted, Reason::NoSuchTask(wanted));
        }
        self.check_backups(self.order.scope())
    }

    fn check_backups(&mut self, scope: Scope) -> Turn<RestoreStep> {
        self.phase = Phase::ProbingBackups(scope);
        RestoreStep::ProbeBackups(scope).into()
    }

    /// A restore of the whole server ends the backup of a portal too.
    pub(super) fn backups_seen(&mut self, slot: Result<Option<Progress>, Failure>) -> Turn<RestoreStep> {
        let is_first = matches!(self.phase, Phase::ProbingBackups(Scope::Server));
        match slot {
            Err(failure) => self.refuse(Outcome::NotStarted, Reason::Portal(failure)),
            Ok(Some(job)) if !job.state.is_over() => self.refuse(Outcome::Busy, Reason::Busy(job.task)),
            Ok(_) if is_first => self.check_backups(Scope::Portal),
            Ok(_) => self.start(),
        }
    }

    fn start(&mut self) -> Turn<RestoreStep> {
        let RestoreOrder::Start(mut order) = self.order.clone() else {
            return self.refuse(Outcome::NotStarted, Reason::NoSuchTask(None));
        };
        // Where a record lies is the history's to know.
        if let (RestoreSource::Backup { storage, .. }, Some(record)) = (&mut order.source, &self.record) {
            *storage = record.storage;
        }
        self.phase = Phase::Starting;
        Turn { event: Some(Event::Starting { previous: self.previous.clone() }), step: RestoreStep::Start(order) }
    }

    pub(super) fn start_answered(
        &mut self,
        answer: Result<Option<Progress>, Failure>,
        now: Duration,
    ) -> Turn<RestoreStep> {
        match answer {
            Ok(Some(job)) if self.is_new(&job) => self.bind(job, false, now),
            Ok(_) => self.doubt(Failure::no_job_shown("start the restore"), now),
            Err(failure) if failure.kind.leaves_doubt() => self.doubt(failure, now),
            Err(failure) => self.refuse(Outcome::NotStarted, Reason::Portal(failure)),
        }
    }

    /// Whether a job is a restore, and not the finished one that was in the slot before.
    fn is_new(&self, job: &Progress) -> bool {
        let is_restore = match job.kind {
            JobKind::Restore | JobKind::Other(_) => true,
            JobKind::Backup | JobKind::Transfer => false,
        };
        is_restore && (self.previous.as_ref() != Some(&job.task) || !job.state.is_over())
    }

    fn doubt(&mut self, failure: Failure, now: Duration) -> Turn<RestoreStep> {
        self.phase = Phase::Doubting(Doubt::of(failure.clone(), self.limits.recheck_after, now));
        Turn { event: Some(Event::StartInDoubt(failure)), ..self.look(now) }
    }

    pub(super) fn looked_in_doubt(
        &mut self,
        mut doubt: Doubt,
        slot: Option<Progress>,
        now: Duration,
    ) -> Turn<RestoreStep> {
        match slot {
            Some(job) if self.is_new(&job) => {
                self.warnings.push(Warning::StartNotConfirmed(doubt.failure));
                self.bind(job, false, now)
            }
            _ if doubt.is_over(now) => {
                let reason = Reason::StartRefusedInDoubt(doubt.failure);
                self.ask_after(Aftermath::of(Judgement::because(Outcome::NotStarted, reason)))
            }
            _ => {
                let interval = doubt.next_interval();
                self.phase = Phase::Doubting(doubt);
                self.wait(interval, None, now)
            }
        }
    }

    fn bind(&mut self, job: Progress, is_joined: bool, now: Duration) -> Turn<RestoreStep> {
        let event = Event::Bound { task: job.task.clone(), joined: is_joined };
        self.job = Some(Job { task: job.task.clone(), is_joined, course: Followed::since(now) });
        self.phase = Phase::Watching;
        Turn { event: Some(event), ..self.job_seen(Some(job), now) }
    }
}
