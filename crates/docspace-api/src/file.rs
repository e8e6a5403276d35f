//! A file of the portal's documents.

use jiff::Timestamp;

use crate::{FolderId, entry_id::entry_id};

entry_id! {
    /// The id of a file.
    FileId
}

/// A file as the portal lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Its name, to the letter. Foreign text: never a path of ours, and it may hold control characters.
    pub title: String,
    /// The folder in which it lies, if the portal tells it.
    pub folder: Option<FolderId>,
    /// Its size in bytes (`pureContentLength`). The portal leaves 0 out (contract §9.4), so an absent one is `Some(0)`,
    /// unless the human text beside it (`contentLength`) speaks of more. `None` is not known.
    pub size: Option<u64>,
    /// When it was created.
    pub created: Option<Timestamp>,
}
