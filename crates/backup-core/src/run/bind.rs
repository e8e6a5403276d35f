//! From the first look to a job that is ours: the probe, the queue, the start, and the doubt after it.

use std::time::Duration;

use docspace_api::{JobKind, Progress, TaskId};

use super::{Belonging, Job, Phase, Run, Step, Turn, confirm::Absence};
use crate::{
    Earlier, Event, Failure, IfRunning, Order, Outcome, Pace, Reason, Until, Warning, doubt::Doubt, verdict::Judgement,
};

impl Run {
    pub(super) fn slot_seen(&mut self, slot: Option<Progress>, now: Duration) -> Turn {
        self.looks.succeeded();
        match &self.phase {
            Phase::Probing => self.probed(slot, now),
            Phase::Queued(pace) => self.start_or_queue(slot, pace.clone(), now),
            Phase::Doubting(doubt) => self.looked_in_doubt(doubt.clone(), slot, now),
            Phase::Starting | Phase::Watching | Phase::Missing(_) | Phase::Confirming(_) => self.job_seen(slot, now),
        }
    }

    fn probed(&mut self, slot: Option<Progress>, now: Duration) -> Turn {
        match self.order.clone() {
            Order::Attach { task, .. } => self.attach(task, slot, now),
            Order::Start { earlier: Some(Earlier::Started(task)), .. } => self.take_up(task, slot, now),
            Order::Start { earlier: Some(Earlier::PerhapsStarted { previous, ago }), .. } => {
                self.previous = previous;
                let doubt = Doubt::inherited(self.limits.recheck_after.saturating_sub(ago), now);
                Turn { event: Some(Event::PerhapsStarted), ..self.looked_in_doubt(doubt, slot, now) }
            }
            Order::Start { earlier: None | Some(Earlier::StillRunning(_)), .. } => {
                self.start_or_queue(slot, Pace::default(), now)
            }
        }
    }

    /// Follows the job of an earlier process. If it is not in the slot, the history has the last word.
    fn take_up(&mut self, task: TaskId, slot: Option<Progress>, now: Duration) -> Turn {
        match slot {
            Some(found) if found.task == task => self.bind(found, Belonging::Started, now),
            _ => self.miss(Absence::since(now)),
        }
    }

    /// Starts if the slot is free, and otherwise does what the order says.
    fn start_or_queue(&mut self, slot: Option<Progress>, pace: Pace, now: Duration) -> Turn {
        let Order::Start { backup, if_running, earlier, .. } = &self.order else {
            return self.look(now);
        };
        match slot {
            Some(found) if !found.state.is_over() && is_known(earlier.as_ref(), &found) => {
                self.bind(found, Belonging::Joined, now)
            }
            Some(foreign) if !foreign.state.is_over() => self.meet(foreign, *if_running, pace, now),
            finished => {
                let step = Step::Start(backup.clone());
                self.previous = finished.map(|progress| progress.task);
                self.phase = Phase::Starting;
                Turn { event: Some(Event::Starting { previous: self.previous.clone() }), step }
            }
        }
    }

    fn meet(&mut self, foreign: Progress, if_running: IfRunning, pace: Pace, now: Duration) -> Turn {
        match if_running {
            IfRunning::Join if foreign.kind == JobKind::Backup => self.bind(foreign, Belonging::Joined, now),
            IfRunning::Wait => self.queue(&foreign, pace, now),
            IfRunning::Join | IfRunning::Fail => {
                self.finish(Judgement::because(Outcome::Busy, Reason::Busy(foreign.task)), None)
            }
        }
    }

    fn queue(&mut self, foreign: &Progress, mut pace: Pace, now: Duration) -> Turn {
        pace.saw(now, foreign.percent);
        let interval = pace.interval(now);
        self.phase = Phase::Queued(pace);
        let event = Event::SlotTaken { task: foreign.task.clone(), percent: foreign.percent };
        self.wait(interval, Some(event), now)
    }

    fn attach(&mut self, wanted: Option<TaskId>, slot: Option<Progress>, now: Duration) -> Turn {
        match (wanted, slot) {
            (Some(wanted), Some(found)) if wanted == found.task => self.bind(found, Belonging::Joined, now),
            (None, Some(found)) => self.bind(found, Belonging::Joined, now),
            (Some(wanted), _) => {
                self.job = Some(Job { had_ended: true, ..Job::new(wanted, Belonging::Joined, now) });
                self.miss(Absence::never_seen(now))
            }
            (None, None) => self.finish(Judgement::because(Outcome::NotStarted, Reason::NoSuchTask(None)), None),
        }
    }

    pub(super) fn start_answered(&mut self, answer: Result<Option<Progress>, Failure>, now: Duration) -> Turn {
        match answer {
            Ok(Some(job)) if self.is_new(&job) => self.bind(job, Belonging::Started, now),
            Ok(_) => self.doubt(Failure::no_job_shown("start the backup"), now),
            Err(failure) if failure.kind.leaves_doubt() => self.doubt(failure, now),
            Err(failure) => self.finish(Judgement::because(Outcome::NotStarted, Reason::Portal(failure)), None),
        }
    }

    /// Whether a job in the slot is not the finished one that was there before.
    fn is_new(&self, job: &Progress) -> bool {
        self.previous.as_ref() != Some(&job.task) || !job.state.is_over()
    }

    fn doubt(&mut self, failure: Failure, now: Duration) -> Turn {
        let doubt = Doubt::of(failure.clone(), self.limits.recheck_after, now);
        self.phase = Phase::Doubting(doubt);
        Turn { event: Some(Event::StartInDoubt(failure)), ..self.look(now) }
    }

    fn looked_in_doubt(&mut self, doubt: Doubt, slot: Option<Progress>, now: Duration) -> Turn {
        match slot {
            Some(job) if self.is_new(&job) => {
                self.warnings.push(Warning::StartNotConfirmed(doubt.failure));
                self.bind(job, Belonging::Started, now)
            }
            slot if doubt.is_over(now) => self.doubt_is_over(doubt, slot, now),
            _ => self.look_on(doubt, now),
        }
    }

    /// The portal has shown no new job for long enough: there is none.
    fn doubt_is_over(&mut self, doubt: Doubt, slot: Option<Progress>, now: Duration) -> Turn {
        if doubt.is_ours_to_send {
            return self.start_or_queue(slot, Pace::default(), now);
        }
        let reason = Reason::StartRefusedInDoubt(doubt.failure);
        self.finish(Judgement::because(Outcome::NotStarted, reason), None)
    }

    fn look_on(&mut self, mut doubt: Doubt, now: Duration) -> Turn {
        let interval = doubt.next_interval();
        self.phase = Phase::Doubting(doubt);
        self.wait(interval, None, now)
    }

    fn bind(&mut self, job: Progress, belonging: Belonging, now: Duration) -> Turn {
        let event = Event::Bound { task: job.task.clone(), joined: belonging == Belonging::Joined };
        let had_ended = belonging == Belonging::Joined && job.state.is_over();
        self.job = Some(Job { had_ended, ..Job::new(job.task.clone(), belonging, now) });
        self.phase = Phase::Watching;
        let turn = if self.is_followed_to_its_end() { self.job_seen(Some(job), now) } else { self.started(job) };
        Turn { event: Some(event), ..turn }
    }

    fn is_followed_to_its_end(&self) -> bool {
        match &self.order {
            Order::Start { until, .. } => *until == Until::Ended,
            Order::Attach { .. } => true,
        }
    }

    fn started(&mut self, progress: Progress) -> Turn {
        if let Some(job) = &mut self.job {
            job.course.last = Some(progress);
        }
        self.finish(Judgement::unfinished(), None)
    }
}

/// Whether it is a job that an earlier process of ours stopped waiting for.
fn is_known(earlier: Option<&Earlier>, job: &Progress) -> bool {
    matches!(earlier, Some(Earlier::StillRunning(tasks)) if tasks.contains(&job.task))
}
