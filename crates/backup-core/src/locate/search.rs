//! The search as a value: which page to list next, and what a page has shown.

use std::collections::VecDeque;

use docspace_api::{BackupRecord, FolderId, FolderPage, Listing, Show, StorageType};

use super::{Location, Locations, MostCalls};
use crate::Failure;

/// A search that goes on as long as there is something to find, a page to list, and a call left.
#[derive(Debug)]
pub(super) struct Search<'a> {
    wanted: Vec<&'a BackupRecord>,
    /// The next pages; a folder has one at a time.
    pages: VecDeque<(FolderId, u32)>,
    calls_left: u32,
    locations: Locations,
}

impl<'a> Search<'a> {
    pub(super) fn new(records: &'a [BackupRecord], folders: &[FolderId], most: MostCalls) -> Self {
        let mut pages: VecDeque<(FolderId, u32)> = VecDeque::new();
        for folder in folders {
            if pages.iter().all(|(known, _)| known != folder) {
                pages.push_back((folder.clone(), 0));
            }
        }
        Self { wanted: records.iter().collect(), pages, calls_left: most.0, locations: Locations::default() }
    }

    /// The page to list. The first pages of all folders come before the second ones, since copies are sought that are new.
    pub(super) fn next(&mut self) -> Option<(FolderId, Listing)> {
        while let Some((folder, start_index)) = self.pages.pop_front() {
            if !self.wanted.iter().any(|record| can_lie_in(record, &folder)) {
                continue;
            }
            if self.calls_left == 0 {
                self.locations.is_cut_short = true;
                return None;
            }
            self.calls_left -= 1;
            return Some((folder, Listing { start_index, ..Listing::of(Show::FilesOnly) }));
        }
        None
    }

    pub(super) fn saw(&mut self, folder: &FolderId, page: Result<FolderPage, Failure>) {
        match page {
            Err(failure) => self.locations.failures.push((folder.clone(), failure)),
            Ok(page) => {
                self.pages.extend(page.next.map(|next| (folder.clone(), next)));
                self.find_in(folder, page);
            }
        }
    }

    fn find_in(&mut self, folder: &FolderId, page: FolderPage) {
        let FolderPage { current, files, .. } = page;
        let found = &mut self.locations.found;
        self.wanted.retain(|record| {
            // The newest comes first.
            let file = files.iter().find(|file| can_lie_in(record, folder) && file.title == record.file_name);
            let location = file.map(|file| Location { folder: current.clone(), file: file.clone() });
            let is_found = location.is_some();
            found.extend(location.map(|location| (record.id.clone(), location)));
            !is_found
        });
    }

    pub(super) fn finish(self) -> Locations {
        self.locations
    }
}

/// Documents have numbers, third-party drives have texts; nothing else lies in folders.
fn can_lie_in(record: &BackupRecord, folder: &FolderId) -> bool {
    match record.storage {
        StorageType::Documents => matches!(folder, FolderId::Number(_)),
        StorageType::ThirdpartyDocuments => matches!(folder, FolderId::Text(_)),
        StorageType::CustomCloud
        | StorageType::Local
        | StorageType::DataStore
        | StorageType::ThirdPartyConsumer
        | StorageType::Other(_) => false,
    }
}
