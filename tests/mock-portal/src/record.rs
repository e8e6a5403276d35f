//! A line of the history, and the history as the portal keeps it (contract §5).

use jiff::Timestamp;

use crate::storage_type::StorageType;

/// A backup that the portal remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// A GUID in lower case, equal to the task's id.
    pub id: String,
    /// The archive's name.
    pub file_name: String,
    /// Where it lies.
    pub storage: StorageType,
    /// When its artifact was complete.
    pub created_on: Timestamp,
    /// `None` means never, which the portal writes as year 1.
    pub expires_on: Option<Timestamp>,
    /// Whether it is a dump of the whole server, listed only when dumps are asked for.
    pub dump: bool,
    /// Whether its file can be seen; a record whose file cannot is deleted by the next reading.
    pub readable: bool,
}

impl Record {
    /// A portal backup in documents that never expires and whose file can be seen, under a new id.
    pub fn new(file_name: impl Into<String>, created_on: Timestamp) -> Self {
        Self {
            id: uuid::Uuid::new_v4().to_string(),
            file_name: file_name.into(),
            storage: StorageType::Documents,
            created_on,
            expires_on: None,
            dump: false,
            readable: true,
        }
    }

    fn expired(&self, now: Timestamp) -> bool {
        self.expires_on.is_some_and(|end| end <= now)
    }
}

/// The records that no job of this portal's life wrote.
#[derive(Debug, Default)]
pub(crate) struct Records(Vec<Record>);

impl Records {
    pub(crate) fn add(&mut self, record: Record) {
        self.0.push(record);
    }

    /// The records and those of jobs, as one reading of the history gives them: in no useful order, and with the
    /// unreadable ones deleted by the reading itself.
    pub(crate) fn read(&mut self, of_jobs: Vec<Record>, dump: bool, now: Timestamp) -> Vec<Record> {
        self.0.retain(|record| record.dump != dump || (record.readable && !record.expired(now)));
        let listed = self.0.iter().cloned().chain(of_jobs);
        let mut records: Vec<_> = listed.filter(|record| record.dump == dump && !record.expired(now)).collect();
        records.sort_by(|a, b| a.id.cmp(&b.id)); // The primary key is a random GUID.
        records
    }
}
