//! One backup job: a life cycle that began at a moment.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use crate::cancel_plan::CancelPlan;
use crate::clock::{file_stamp, later};
use crate::life_cycle::{LifeCycle, Moment};
use crate::record::Record;
use crate::signed_link;
use crate::storage_type::StorageType;

/// How long a temporary copy lives.
const TEMPORARY: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) dump: bool,
    pub(crate) storage: StorageType,
    /// The id of the folder that its copy goes into, where the start names one.
    pub(crate) folder: Option<String>,
    pub(crate) life: LifeCycle,
    /// When the portal learned of the job, and how much of its life was over by then.
    pub(crate) since: Instant,
    pub(crate) head_start: Duration,
    /// The wall-clock time at which its life began.
    pub(crate) began: Timestamp,
    pub(crate) file_name: String,
    /// Whether the queue still has its key: cleared by a newer start or a cancel that nobody answers.
    pub(crate) queued: bool,
    pub(crate) origin: Origin,
    pub(crate) paid: bool,
    /// Whether the history has taken its record over.
    pub(crate) recorded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Call,
    Schedule,
    Test,
}

impl Job {
    pub(crate) fn elapsed(&self, now: Instant) -> Duration {
        self.head_start.saturating_add(now.saturating_duration_since(self.since))
    }

    /// What the progress endpoint says of it, if it still knows it.
    pub(crate) fn moment(&self, now: Instant) -> Option<Moment> {
        if self.queued { self.life.at(self.elapsed(now)) } else { None }
    }

    /// The item's `link`: empty where the portal gives none.
    pub(crate) fn link(&self, now: Instant, object_store: Option<SocketAddr>) -> String {
        if !self.life.linked(self.elapsed(now)) {
            return String::new();
        }
        let signed = later(self.began, self.life.link_time());
        match self.storage {
            StorageType::DataStore => {
                format!("/storage/backup/root/{}?{}", self.file_name, signed_link::query(signed, TEMPORARY))
            }
            StorageType::ThirdPartyConsumer => match object_store {
                None => format!("https://storage.example.com/backup/{}?signature=mock", self.file_name),
                Some(address) => {
                    let query = signed_link::object_query(signed, TEMPORARY);
                    format!("http://{address}/backup/{}?{query}", self.file_name)
                }
            },
            StorageType::Documents
            | StorageType::ThirdPartyDocuments
            | StorageType::CustomCloud
            | StorageType::Local
            | StorageType::Unknown(_) => String::new(),
        }
    }

    /// The job's line in the history, once it is written.
    fn record(&self, now: Instant) -> Option<Record> {
        self.life.recorded(self.elapsed(now)).then(|| {
            let created_on = later(self.began, self.life.record_time());
            let expires_on = (self.storage == StorageType::DataStore).then(|| later(created_on, TEMPORARY));
            Record {
                id: self.id.clone(),
                file_name: self.file_name.clone(),
                storage: self.storage,
                created_on,
                expires_on,
                dump: self.dump,
                readable: true,
                folder: self.folder.clone(),
                incomplete: self.life.warned(),
                paid: self.paid,
                scheduled: self.origin == Origin::Schedule,
            }
        })
    }

    /// The record, once, when it has been written.
    pub(crate) fn take_record(&mut self, now: Instant) -> Option<Record> {
        let record = if self.recorded { None } else { self.record(now) }?;
        self.recorded = true;
        Some(record)
    }

    pub(crate) fn ends(&self) -> Option<Instant> {
        let left = self.life.end()?.checked_sub(self.head_start)?;
        self.since.checked_add(left)
    }

    /// Starts the life of a job again whose start event was lost.
    pub(crate) fn repair(&mut self, now: Instant) {
        self.began = later(self.began, self.elapsed(now));
        self.life = self.life.repaired();
        self.since = now;
        self.head_start = Duration::ZERO;
    }

    pub(crate) fn cancel(&mut self, plan: CancelPlan, now: Instant) {
        match self.life.cancelled(plan, self.elapsed(now)) {
            Some(life) => self.life = life,
            None => self.queued = false,
        }
    }
}

/// `alias_stamp.tar.gz`; the server's zone is UTC here.
pub(crate) fn file_name(alias: &str, dump: bool, began: Timestamp) -> String {
    let prefix = if dump { "workspace" } else { alias };
    format!("{prefix}_{}.tar.gz", file_stamp(began))
}
