//! A folder, a room or a section of the portal's documents.

use crate::entry_id::entry_id;

entry_id! {
    /// The id of a folder, a room or a section.
    FolderId
}

/// A folder as the portal shows it; rooms and sections are folders too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// Its name, to the letter. Foreign text: it may hold control characters.
    pub title: String,
    /// The folder above it, if the portal tells it; the uppermost ones may name one that cannot be read.
    pub parent: Option<FolderId>,
    /// The kind of the room that this folder is, as the portal numbers it; `None` where it is no room.
    pub room_type: Option<i64>,
    /// The section in which it lies, as the portal numbers it (`rootFolderType`): 5 is *My documents*, 14 the rooms, 20
    /// the archive. A backup cannot go to the section of the rooms itself (contract §2.1).
    pub root: Option<i64>,
    /// Whether this key may create something in it, if the portal tells it.
    pub can_create: Option<bool>,
}
