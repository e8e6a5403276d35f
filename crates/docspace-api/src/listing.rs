//! What a folder holds, page by page.

use crate::{File, Folder};

/// Which part of a folder to list. Only what lies in the folder itself is listed, never what lies below (contract §9.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    /// What to show.
    pub show: Show,
    /// How many rows to pass over.
    pub start_index: u32,
    /// How many rows to return at most: 1 to 100, and what lies outside is taken for the nearer of the two, since portals
    /// answer it with 400. Default 100.
    pub count: u8,
}

impl Listing {
    /// The first page, as large as a portal makes it.
    pub fn of(show: Show) -> Self {
        Self { show, start_index: 0, count: Self::MOST }
    }

    /// The largest page.
    pub(crate) const MOST: u8 = 100;

    pub(crate) fn clamped_count(self) -> u8 {
        self.count.clamp(1, Self::MOST)
    }
}

impl Default for Listing {
    fn default() -> Self {
        Self::of(Show::Everything)
    }
}

/// What a listing shows, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// Files, the newest first.
    FilesOnly,
    /// Folders, by name.
    FoldersOnly,
    /// Folders, then files, each with the newest first: many folders leave no room for a file on the first pages.
    #[default]
    Everything,
}

/// One page of a folder.
///
/// A row without an id that can be read is left out, with a warning in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderPage {
    /// The folder itself.
    pub current: Folder,
    /// The way to it from its section, itself included; often with no more than ids and titles. Empty where it is not told.
    pub path: Vec<Folder>,
    /// The folders on this page.
    pub folders: Vec<Folder>,
    /// The files on this page.
    pub files: Vec<File>,
    /// How many rows come before this page, as the portal tells it.
    pub start_index: u32,
    /// How many rows there are on all pages, if the portal tells it.
    pub total: Option<u32>,
    /// Where the next page begins, for [`Listing::start_index`]; `None` after the last one. Where no total is told, a page
    /// that is not full is the last. It always lies further on, but a portal that shows the same page for ever is not
    /// noticed here: whoever walks all pages sets a limit.
    pub next: Option<u32>,
}
