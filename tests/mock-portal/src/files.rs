//! The files of the portal: what backups left, and what tests put there.

use std::collections::BTreeSet;

use axum::body::Bytes;
use jiff::Timestamp;

use crate::archive::{self, Contents};
use crate::new_file::NewFile;
use crate::record::Record;
use crate::storage_type::StorageType;

/// The first number that a file gets.
const FIRST: u32 = 1001;

/// A file and its bytes.
#[derive(Debug, Clone)]
pub(crate) struct StoredFile {
    /// A number among the portal's own documents, any other text on a connected drive.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) place: Place,
    pub(crate) created: Timestamp,
    pub(crate) content: Bytes,
    /// The record whose copy it is.
    of: Option<String>,
    expires: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the folder with this id.
    Folder(String),
    /// In the temporary store.
    Temporary,
    /// At a connected provider, where the portal's own calls do not lead.
    Provider,
}

#[derive(Debug, Default)]
pub(crate) struct Files {
    files: Vec<StoredFile>,
    numbered: u32,
    settled: BTreeSet<String>,
}

impl Files {
    pub(crate) fn add(&mut self, file: NewFile, now: Timestamp) {
        let created = file.created.unwrap_or(now);
        self.push(Place::Folder(file.folder), file.title, created, file.content.into());
    }

    /// Writes the copy of a record that is new, where copies of its kind can be fetched at all.
    pub(crate) fn settle(&mut self, record: &Record, folder: Option<String>, padding: usize) {
        let Some(place) = place(record, folder).filter(|_| self.settled.insert(record.id.clone())) else {
            return;
        };
        let incomplete = record.incomplete;
        let content = archive::tar_gz(Contents { id: &record.id, dump: record.dump, incomplete, padding });
        let file = self.push(place, record.file_name.clone(), record.created_on, content.into());
        file.of = Some(record.id.clone());
        file.expires = record.expires_on;
    }

    /// The cleaner's work.
    pub(crate) fn expire(&mut self, now: Timestamp) {
        self.files.retain(|file| file.expires.is_none_or(|end| now < end));
    }

    /// Deletes the copy of a record; nothing happens where it is gone.
    pub(crate) fn delete_copy(&mut self, record: &str) {
        self.settled.insert(record.to_owned());
        self.files.retain(|file| file.of.as_deref() != Some(record));
    }

    /// The copy belongs to the same record under its new id.
    pub(crate) fn renumber(&mut self, old: &str, new: &str) {
        self.settled.insert(new.to_owned());
        for file in self.files.iter_mut().filter(|file| file.of.as_deref() == Some(old)) {
            file.of = Some(new.to_owned());
        }
    }

    /// Deletes the files with this title; `false` when there was none.
    pub(crate) fn delete(&mut self, title: &str) -> bool {
        let before = self.files.len();
        self.files.retain(|file| file.title != title);
        self.files.len() < before
    }

    /// Whether the record's copy was there and is no more.
    pub(crate) fn lost(&self, record: &str) -> bool {
        self.settled.contains(record) && !self.files.iter().any(|file| file.of.as_deref() == Some(record))
    }

    pub(crate) fn of_folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a StoredFile> {
        self.files.iter().filter(move |file| matches!(&file.place, Place::Folder(id) if id == folder))
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&StoredFile> {
        self.files.iter().find(|file| file.id == id && matches!(file.place, Place::Folder(_)))
    }

    pub(crate) fn by_title(&self, place: &Place, title: &str) -> Option<&StoredFile> {
        self.files.iter().find(|file| file.place == *place && file.title == title)
    }

    /// What the object store has under a key: any file's id, or the name of a copy that was sent to a provider.
    pub(crate) fn object(&self, key: &str) -> Option<&StoredFile> {
        self.files.iter().find(|file| file.id == key).or_else(|| self.by_title(&Place::Provider, key))
    }

    fn push(&mut self, place: Place, title: String, created: Timestamp, content: Bytes) -> &mut StoredFile {
        let number = FIRST + self.numbered;
        let id = match &place {
            Place::Folder(folder) if folder.parse::<u32>().is_err() => format!("{folder}-{number}"),
            Place::Folder(_) | Place::Temporary | Place::Provider => number.to_string(),
        };
        self.numbered += 1;
        self.files.push(StoredFile { id, title, place, created, content, of: None, expires: None });
        self.files.last_mut().expect("a file was pushed the line before")
    }
}

/// Local copies lie where no call leads.
fn place(record: &Record, folder: Option<String>) -> Option<Place> {
    match record.storage {
        StorageType::Documents | StorageType::ThirdPartyDocuments => folder.map(Place::Folder),
        StorageType::DataStore => Some(Place::Temporary),
        StorageType::ThirdPartyConsumer => Some(Place::Provider),
        StorageType::CustomCloud | StorageType::Local | StorageType::Unknown(_) => None,
    }
}
