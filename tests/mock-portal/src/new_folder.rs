//! A folder that a test puts into the tree.

use crate::config::Folder;

/// The portal's own folder for the caller's documents.
pub(crate) const MY_DOCUMENTS: &str = "1";
/// The portal's own folder for rooms.
pub(crate) const ROOMS: &str = "2";

/// A folder, drive or room; its id is a number for the portal's own and any other text for a connected drive's.
///
/// ```
/// use mock_portal::NewFolder;
///
/// let customers = NewFolder::room("200", "Customers");
/// let nightly = NewFolder::new("201", "Nightly").within("200");
/// let somebody_elses = NewFolder::new("202", "Private").closed();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFolder {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) parent: Option<String>,
    pub(crate) rights: Folder,
    pub(crate) room: bool,
}

impl NewFolder {
    /// An open folder: in the caller's documents when its id is a number, else the root of a connected drive.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        let id = id.into();
        let parent = id.parse::<u32>().is_ok().then(|| MY_DOCUMENTS.to_owned());
        Self { id, title: title.into(), parent, rights: Folder::Open, room: false }
    }

    /// An open room.
    pub fn room(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { parent: Some(ROOMS.to_owned()), room: true, ..Self::new(id, title) }
    }

    /// Puts it into another folder, which may come later.
    pub fn within(self, parent: impl Into<String>) -> Self {
        Self { parent: Some(parent.into()), ..self }
    }

    /// The caller may see it, but not create anything in it.
    pub fn closed(self) -> Self {
        Self { rights: Folder::Closed, ..self }
    }
}
