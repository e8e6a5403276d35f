//! Everything that a portal knows, behind one lock.

use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;

use crate::call::{Call, Reply};
use crate::caller::{Caller, Trouble};
use crate::cancel_plan::CancelPlan;
use crate::clock::{Clock, earlier};
use crate::config::{Config, Folder};
use crate::curve::Curve;
use crate::fault::Faults;
use crate::files::Files;
use crate::job::{Job, Origin, file_name};
use crate::life_cycle::LifeCycle;
use crate::payment::Payment;
use crate::plan::JobPlan;
use crate::queue::Queue;
use crate::record::Records;
use crate::request::Request;
use crate::restore::Restores;
use crate::schedule::Schedules;
use crate::storage_type::StorageType;
use crate::tree::Tree;

/// Status and number of a portal at rest, as answers carry them.
const ACTIVE: u8 = 0;
const RESTORING: u8 = 4;
const FIRST_TENANT: u32 = 1;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) caller: Caller,
    pub(crate) troubles: BTreeSet<Trouble>,
    pub(crate) queue: Queue,
    pub(crate) records: Records,
    pub(crate) tree: Tree,
    pub(crate) files: Files,
    /// Where the object store listens, if the portal has one.
    pub(crate) object_store: Option<SocketAddr>,
    pub(crate) calls: Vec<Call>,
    pub(crate) faults: Faults,
    pub(crate) next_plans: VecDeque<JobPlan>,
    pub(crate) usual_plan: JobPlan,
    pub(crate) next_restores: VecDeque<JobPlan>,
    pub(crate) cancel_plan: CancelPlan,
    pub(crate) restores: Restores,
    pub(crate) schedules: Schedules,
    /// When the scheduler last looked.
    pub(crate) last_tick: Instant,
    pub(crate) zone: TimeZone,
    /// The portal's number, which a restore changes.
    pub(crate) tenant: u32,
    pub(crate) key_expires: Option<Timestamp>,
    /// Keys that have expired, or died with the portal that they belonged to.
    pub(crate) dead_keys: BTreeSet<String>,
    /// Whether a restore keeps the portal closed, as of the last settling.
    pub(crate) restoring: bool,
}

/// What a job is about, apart from its fate.
#[derive(Debug, Clone)]
pub(crate) struct Purpose {
    pub(crate) dump: bool,
    pub(crate) storage: StorageType,
    pub(crate) folder: Option<String>,
    pub(crate) origin: Origin,
    pub(crate) payment: Payment,
}

impl State {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            clock: Clock::start(config.clock_ahead),
            zone: config.zone(),
            tree: Tree::new(&config.folders),
            files: Files::default(),
            object_store: None,
            config,
            caller: Caller::default(),
            troubles: BTreeSet::new(),
            queue: Queue::default(),
            records: Records::default(),
            calls: Vec::new(),
            faults: Faults::default(),
            next_plans: VecDeque::new(),
            usual_plan: JobPlan::succeed(),
            next_restores: VecDeque::new(),
            cancel_plan: CancelPlan::default(),
            restores: Restores::default(),
            schedules: Schedules::default(),
            last_tick: Instant::now(),
            tenant: FIRST_TENANT,
            key_expires: None,
            dead_keys: BTreeSet::new(),
            restoring: false,
        }
    }

    pub(crate) fn has(&self, trouble: Trouble) -> bool {
        self.troubles.contains(&trouble)
    }

    /// Whether the key opens nothing any more.
    pub(crate) fn key_is_dead(&self) -> bool {
        self.has(Trouble::KeyRefused) || self.dead_keys.contains(&self.config.api_key)
    }

    pub(crate) fn is_restoring(&self) -> bool {
        self.restoring || self.has(Trouble::Restoring)
    }

    /// The number of the portal's status.
    pub(crate) fn tenant_status(&self) -> u8 {
        if self.is_restoring() { RESTORING } else { ACTIVE }
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
            folder: purpose.folder,
            life: LifeCycle::new(plan, self.config.backup_duration, curve),
            since: now,
            head_start,
            began,
            file_name: file_name(&self.config.alias, purpose.dump, began),
            queued: true,
            origin: purpose.origin,
            paid: purpose.payment == Payment::Paid,
            recorded: false,
        }
    }

    /// Whether a backup may be put into the folder; `None` when there is no such folder.
    pub(crate) fn rights(&self, folder: &str) -> Option<Folder> {
        self.tree.find(folder).map(|folder| folder.rights)
    }

    /// Brings history and files up to date: records of jobs are taken over, their copies are written, and those that
    /// have expired are deleted.
    pub(crate) fn settle_files(&mut self, now: Instant) {
        for record in self.queue.take_records(now) {
            self.records.add(record);
        }
        let today = self.clock.date(now);
        for record in self.records.listed(today).filter(|record| record.readable) {
            let folder = record.folder.clone().or_else(|| self.tree.usual(record.storage));
            self.files.settle(record, folder, self.config.archive_padding);
        }
        self.files.expire(today);
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

    /// The state as it is at this moment.
    pub(crate) fn settled(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.settle(Instant::now());
        state
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
