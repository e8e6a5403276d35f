//! Everything that a portal knows, behind one lock.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;

use crate::call::{Call, Reply};
use crate::caller::{Caller, Trouble};
use crate::clock::{Clock, earlier};
use crate::config::Config;
use crate::curve::Curve;
use crate::fault::Faults;
use crate::job::{Job, Origin, file_name};
use crate::life_cycle::LifeCycle;
use crate::plan::JobPlan;
use crate::queue::Queue;
use crate::record::Records;
use crate::request::Request;
use crate::storage_type::StorageType;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) caller: Caller,
    pub(crate) troubles: BTreeSet<Trouble>,
    pub(crate) queue: Queue,
    pub(crate) records: Records,
    pub(crate) calls: Vec<Call>,
    pub(crate) faults: Faults,
    pub(crate) next_plans: VecDeque<JobPlan>,
    pub(crate) usual_plan: JobPlan,
}

/// What a job is about, apart from its fate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Purpose {
    pub(crate) dump: bool,
    pub(crate) storage: StorageType,
    pub(crate) origin: Origin,
}

impl State {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            clock: Clock::start(config.clock_ahead),
            config,
            caller: Caller::default(),
            troubles: BTreeSet::new(),
            queue: Queue::default(),
            records: Records::default(),
            calls: Vec::new(),
            faults: Faults::default(),
            next_plans: VecDeque::new(),
            usual_plan: JobPlan::succeed(),
        }
    }

    pub(crate) fn has(&self, trouble: Trouble) -> bool {
        self.troubles.contains(&trouble)
    }

    /// The plan for the job that starts now: the next of those laid out, else the usual one.
    pub(crate) fn take_plan(&mut self) -> JobPlan {
        self.next_plans.pop_front().unwrap_or_else(|| self.usual_plan.clone())
    }

    /// A job that began so long ago.
    pub(crate) fn job(&self, plan: JobPlan, purpose: Purpose, head_start: Duration, now: Instant) -> Job {
        let curve = if purpose.dump { Curve::dump() } else { Curve::portal() };
        let began = earlier(self.clock.date(now), head_start);
        Job {
            id: uuid::Uuid::new_v4().to_string(),
            dump: purpose.dump,
            storage: purpose.storage,
            life: LifeCycle::new(plan, self.config.backup_duration, curve),
            since: now,
            head_start,
            began,
            file_name: file_name(&self.config.alias, purpose.dump, began),
            queued: true,
            origin: purpose.origin,
        }
    }

    fn note_arrival(&mut self, request: &Request, now: Instant) -> usize {
        let number = self.calls.len();
        self.calls.push(Call {
            number,
            operation: request.route.operation(),
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            credentials: request.credentials,
            at: self.clock.since_start(now),
            reply: Reply::Pending,
            note: String::new(),
        });
        number
    }
}

/// The state as connections and tests share it.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: Notify,
    log: Option<mpsc::UnboundedSender<Call>>,
}

impl Shared {
    pub(crate) fn new(config: Config, log: Option<mpsc::UnboundedSender<Call>>) -> Self {
        Self { state: Mutex::new(State::new(config)), changed: Notify::new(), log }
    }

    /// A test that panics while it holds the lock leaves the state as good as it was.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn arrive(&self, request: &Request) -> usize {
        let number = self.lock().note_arrival(request, Instant::now());
        self.changed.notify_waiters();
        number
    }

    pub(crate) fn note(&self, number: usize, note: &str) {
        let call = &mut self.lock().calls[number];
        if !call.note.is_empty() {
            call.note.push_str(", ");
        }
        call.note.push_str(note);
    }

    /// The caller is about to get this.
    pub(crate) fn reply(&self, number: usize, reply: Reply) {
        let call = {
            let call = &mut self.lock().calls[number];
            call.reply = reply;
            call.clone()
        };
        self.changed.notify_waiters();
        if let Some(log) = &self.log {
            let _ = log.send(call); // A program that has stopped listening misses nothing.
        }
    }

    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }
}
