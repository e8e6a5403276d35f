//! The portal as a test holds it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::call::Call;
use crate::caller::{Caller, Trouble};
use crate::config::{Config, Store};
use crate::fault::Fault;
use crate::new_file::NewFile;
use crate::new_folder::NewFolder;
use crate::operation::Operation;
use crate::plan::JobPlan;
use crate::record::Record;
use crate::request::Door;
use crate::scenario::Scenario;
use crate::server;
use crate::slot_job::SlotJob;
use crate::state::Shared;

/// A portal that listens on an address; dropping it ends it and its connections.
///
/// It lives in the runtime in which it was started, and follows that runtime's time, paused or not.
#[derive(Debug)]
pub struct MockPortal {
    pub(crate) shared: Arc<Shared>,
    address: SocketAddr,
    server: Mutex<JoinHandle<()>>,
    object_store: Option<JoinHandle<()>>,
}

/// A job that was in one of the portal's slots, and when it is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobTimes {
    /// The task's id, which its record carries too.
    pub task_id: String,
    /// Whether it is in the slot for dumps.
    pub dump: bool,
    /// When the portal accepted it, or a test put it there.
    pub since: Instant,
    /// When its end could first be seen; `None` when it never ends, or ended before the portal began.
    pub ends: Option<Instant>,
}

impl MockPortal {
    /// Starts a portal on a free port of 127.0.0.1.
    ///
    /// # Panics
    ///
    /// When no port can be had, or outside a tokio runtime.
    pub async fn start(config: Config) -> Self {
        match TcpListener::bind("127.0.0.1:0").await {
            Ok(listener) => Self::serve(listener, config),
            Err(error) => panic!("no port for the mock portal: {error}"),
        }
    }

    /// Starts a portal on a listener of one's own.
    ///
    /// # Panics
    ///
    /// When the listener does not know its address, when no port can be had for the object store, or outside a tokio
    /// runtime.
    pub fn serve(listener: TcpListener, config: Config) -> Self {
        Self::serve_with_log(listener, config, None)
    }

    pub(crate) fn serve_with_log(
        listener: TcpListener,
        config: Config,
        log: Option<mpsc::UnboundedSender<Call>>,
    ) -> Self {
        let address = match listener.local_addr() {
            Ok(address) => address,
            Err(error) => panic!("the mock portal's listener has no address: {error}"),
        };
        let elsewhere = config.store == Store::ObjectStore;
        let shared = Arc::new(Shared::new(config, log));
        let server = Mutex::new(tokio::spawn(server::serve(listener, Arc::clone(&shared), Door::Portal)));
        let object_store = elsewhere.then(|| serve_objects(&shared));
        Self { shared, address, server, object_store }
    }

    /// Goes down: connections end, and new ones are refused. Jobs go on, for their worker is another program, and so
    /// does the object store.
    pub async fn go_down(&self) {
        let nobody = tokio::spawn(std::future::ready(()));
        let server = std::mem::replace(&mut *self.server(), nobody);
        server.abort();
        let _ = server.await; // It was cancelled, and says so.
    }

    /// Comes back on the same address after [`go_down`](Self::go_down).
    ///
    /// # Panics
    ///
    /// When another program has taken the port meanwhile.
    pub async fn come_back(&self) {
        match TcpListener::bind(self.address).await {
            Ok(listener) => {
                *self.server() = tokio::spawn(server::serve(listener, Arc::clone(&self.shared), Door::Portal))
            }
            Err(error) => panic!("the mock portal cannot come back to {}: {error}", self.address),
        }
    }

    fn server(&self) -> MutexGuard<'_, JoinHandle<()>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `http://127.0.0.1:PORT`, without a last slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every call so far, in the order of arrival.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.lock().calls.clone()
    }

    /// The calls of one operation so far.
    pub fn calls_of(&self, operation: Operation) -> Vec<Call> {
        self.shared.lock().calls.iter().filter(|call| call.operation == operation).cloned().collect()
    }

    /// How many jobs came into being by calls; busy starts and refused ones do not count, nor jobs put in by a test.
    pub fn starts(&self) -> usize {
        self.shared.settled().queue.starts()
    }

    /// Every job so far, in the order in which they came.
    pub fn jobs(&self) -> Vec<JobTimes> {
        let state = self.shared.settled();
        let times = |job: &crate::job::Job| JobTimes {
            task_id: job.id.clone(),
            dump: job.dump,
            since: job.since,
            ends: job.ends(),
        };
        state.queue.jobs().iter().map(times).collect()
    }

    /// When the last job ended; `None` while it has not, or when there was none.
    pub fn ended_at(&self) -> Option<Instant> {
        let last = self.shared.settled().queue.jobs().last()?.ends()?;
        (last <= Instant::now()).then_some(last)
    }

    /// Lays out the fate of the next job to start; several lie in a row.
    pub fn plan_next_job(&self, plan: JobPlan) {
        self.shared.lock().next_plans.push_back(plan);
    }

    /// The fate of every job that has none laid out; at first [`JobPlan::succeed`].
    pub fn plan_every_job(&self, plan: JobPlan) {
        self.shared.lock().usual_plan = plan;
    }

    /// Puts a job into its slot, in the place of whatever is there; gives its task id.
    pub fn put_in_slot(&self, job: SlotJob) -> String {
        job.put(&mut self.shared.settled())
    }

    /// Adds a record to the history.
    pub fn add_record(&self, record: Record) {
        self.shared.settled().records.add(record);
    }

    /// Puts a folder into the tree, in the place of one with the same id.
    pub fn add_folder(&self, folder: NewFolder) {
        self.shared.lock().tree.add(folder);
    }

    /// Puts a file into its folder.
    pub fn add_file(&self, file: NewFile) {
        let mut state = self.shared.lock();
        let now = state.clock.date(Instant::now());
        state.files.add(file, now);
    }

    /// Deletes the files with this title, as a user would; `false` when there was none. A record whose file this was
    /// is deleted by the next reading of the history.
    pub fn remove_file(&self, title: &str) -> bool {
        let mut state = self.shared.lock();
        state.settle(Instant::now());
        state.files.delete(title)
    }

    /// Lays a fault in wait, after those that are there.
    pub fn inject(&self, fault: Fault) {
        self.shared.lock().faults.add(fault);
    }

    /// Takes all faults back.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
    }

    /// Whose key it is from now on.
    pub fn set_caller(&self, caller: Caller) {
        self.shared.lock().caller = caller;
    }

    /// All that is wrong from now on; an empty list means nothing is.
    pub fn set_troubles(&self, troubles: impl IntoIterator<Item = Trouble>) {
        self.shared.lock().troubles = troubles.into_iter().collect();
    }

    pub(crate) fn usual_duration(&self) -> Duration {
        self.shared.lock().config.backup_duration
    }

    /// Sets a scenario up, on top of what is set up already.
    pub fn play(&self, scenario: Scenario) {
        scenario.set_up(self);
    }
}

impl Drop for MockPortal {
    fn drop(&mut self) {
        self.server().abort();
        if let Some(store) = &self.object_store {
            store.abort();
        }
    }
}

/// Opens the object store on a free port of 127.0.0.1.
fn serve_objects(shared: &Arc<Shared>) -> JoinHandle<()> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| {
        listener.set_nonblocking(true)?;
        shared.lock().object_store = Some(listener.local_addr()?);
        TcpListener::from_std(listener)
    });
    match listener {
        Ok(listener) => tokio::spawn(server::serve(listener, Arc::clone(shared), Door::ObjectStore)),
        Err(error) => panic!("no port for the object store: {error}"),
    }
}
