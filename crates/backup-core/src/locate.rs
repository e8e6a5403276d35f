//! Where the copies of the history lie, and how large they are: the history itself tells neither.

mod search;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use docspace_api::{BackupRecord, File, Folder, FolderId, Portal, TaskId};

use crate::{Failure, calls::finish};
use search::Search;

/// How many calls a search makes at most. Default 20: folders of 2000 files altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MostCalls(pub u32);

impl Default for MostCalls {
    fn default() -> Self {
        Self(20)
    }
}

/// A copy that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The folder in which it lies.
    pub folder: Folder,
    /// The file, with its id and size. If several in the folder have the record's name, the newest.
    pub file: File,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locations {
    /// The copies, by the ids of their records.
    pub found: BTreeMap<TaskId, Location>,
    /// The folders that could not be listed to their end.
    pub failures: Vec<(FolderId, Failure)>,
    /// Whether the calls ran out before everything was looked through, so that a record may lie there all the same.
    pub is_cut_short: bool,
}

/// Looks the records up in these folders, by their exact file names.
///
/// Only what lies in folders can be found: [`Documents`](docspace_api::StorageType::Documents) in folders with numbers,
/// [`ThirdpartyDocuments`](docspace_api::StorageType::ThirdpartyDocuments) in folders with texts. Each folder is listed once
/// for all records, the newest files first, and no further than it is worth while. It fails nowhere: a size is a nicety.
pub async fn locate(portal: &Portal, records: &[BackupRecord], folders: &[FolderId], most: MostCalls) -> Locations {
    let mut search = Search::new(records, folders, most);
    while let Some((folder, listing)) = search.next() {
        let page = finish(portal.list_folder(&folder, listing)).await;
        search.saw(&folder, page);
    }
    search.finish()
}
