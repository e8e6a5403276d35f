//! A line of the history, and the history as the portal keeps it (contract §5, §6).

use std::collections::BTreeSet;

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
    /// The id of the folder that holds its copy; `None` is the first open one of the right kind.
    pub folder: Option<String>,
    /// Whether its archive lists files that the portal could not read.
    pub incomplete: bool,
    /// Whether it was paid for, and so does not count against the free backups of its month.
    pub paid: bool,
    /// Whether the schedule made it: only such copies are removed to make room for newer ones.
    pub scheduled: bool,
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
            folder: None,
            incomplete: false,
            paid: false,
            scheduled: false,
        }
    }

    fn expired(&self, now: Timestamp) -> bool {
        self.expires_on.is_some_and(|end| end <= now)
    }
}

/// A record, and whether it is only remembered.
#[derive(Debug)]
struct Row {
    record: Record,
    /// Removed records are neither listed nor forgotten: they count, and can be removed again.
    removed: bool,
}

/// What an id means to the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Ours {
        dump: bool,
    },
    /// Another tenant of the same server has it.
    Foreign,
    Never,
}

/// All records there ever were.
#[derive(Debug, Default)]
pub(crate) struct Records {
    rows: Vec<Row>,
    foreign: BTreeSet<String>,
    deleted: Vec<String>,
}

impl Records {
    /// Adds a record, in the place of one with the same id.
    pub(crate) fn add(&mut self, record: Record) {
        self.rows.retain(|row| row.record.id != record.id);
        self.rows.push(Row { record, removed: false });
    }

    pub(crate) fn add_foreign(&mut self, id: String) {
        self.foreign.insert(id);
    }

    /// The records as one reading of the history gives them: in no useful order, and with those whose file cannot be
    /// seen removed by the reading itself.
    pub(crate) fn read(&mut self, dump: bool, now: Timestamp, lost: impl Fn(&str) -> bool) -> Vec<Record> {
        for row in self.rows.iter_mut().filter(|row| row.record.dump == dump) {
            row.removed |= !row.record.readable || row.record.expired(now) || lost(&row.record.id);
        }
        let mut records: Vec<_> = self.listed(now).filter(|record| record.dump == dump).cloned().collect();
        records.sort_by(|a, b| a.id.cmp(&b.id)); // The primary key is a random GUID.
        records
    }

    /// The records that are not removed, whether their files can be seen or not.
    pub(crate) fn listed(&self, now: Timestamp) -> impl Iterator<Item = &Record> {
        self.rows.iter().filter(move |row| row.is_listed(now)).map(|row| &row.record)
    }

    /// What an id means, whether its record is removed or not.
    pub(crate) fn know(&self, id: &str) -> Known {
        match self.rows.iter().find(|row| row.record.id == id) {
            Some(row) => Known::Ours { dump: row.record.dump },
            None if self.foreign.contains(id) => Known::Foreign,
            None => Known::Never,
        }
    }

    /// Removes a record of ours by order of a call.
    pub(crate) fn delete(&mut self, id: &str) {
        for row in self.rows.iter_mut().filter(|row| row.record.id == id && !row.removed) {
            row.removed = true;
            self.deleted.push(id.to_owned());
        }
    }

    /// The ids that calls deleted, in their order.
    pub(crate) fn deleted(&self) -> &[String] {
        &self.deleted
    }

    /// Removes scheduled copies beyond so many, the oldest first; gives their ids.
    pub(crate) fn thin_out(&mut self, dump: bool, keep: usize, now: Timestamp) -> Vec<String> {
        let scheduled = |row: &&mut Row| row.record.scheduled && row.record.dump == dump && row.is_listed(now);
        let mut rows: Vec<_> = self.rows.iter_mut().filter(scheduled).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.record.created_on));
        let surplus = rows.into_iter().skip(keep).map(|row| {
            row.removed = true;
            row.record.id.clone()
        });
        surplus.collect()
    }

    /// How many portal backups were created in the time, removed ones too.
    pub(crate) fn count(&self, paid: bool, from: Timestamp, to: Timestamp) -> usize {
        let counts = |record: &Record| !record.dump && record.paid == paid && (from..=to).contains(&record.created_on);
        self.rows.iter().filter(|row| counts(&row.record)).count()
    }

    /// What a portal restore does: the records are there again under new ids, and the old ones belong to the tenant
    /// that is gone (contract §8). Gives each old id with its new one.
    pub(crate) fn renumber(&mut self, now: Timestamp) -> Vec<(String, String)> {
        let mut renumbered = Vec::new();
        let (dumps, rows): (Vec<_>, Vec<_>) = self.rows.drain(..).partition(|row| row.record.dump);
        self.rows = dumps;
        for row in rows {
            let listed = row.is_listed(now);
            self.foreign.insert(row.record.id.clone());
            if listed {
                let id = uuid::Uuid::new_v4().to_string();
                renumbered.push((row.record.id.clone(), id.clone()));
                self.add(Record { id, ..row.record });
            }
        }
        renumbered
    }
}

impl Row {
    fn is_listed(&self, now: Timestamp) -> bool {
        !self.removed && !self.record.expired(now)
    }
}
