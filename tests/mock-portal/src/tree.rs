//! The tree of folders: the portal's own sections, and what settings and tests put into them.

use std::collections::BTreeMap;

use crate::config::Folder;
use crate::new_folder::{MY_DOCUMENTS, NewFolder, ROOMS};
use crate::storage_type::StorageType;

pub(crate) const ARCHIVE: &str = "3";
pub(crate) const TEMPLATES: &str = "4";
const TRASH: &str = "5";

/// `FolderType` of the roots.
const USER: u8 = 5;
const THIRD_PARTY_BACKUP: u8 = 21;
const SECTIONS: [(&str, &str, Folder, u8); 5] = [
    (MY_DOCUMENTS, "My documents", Folder::Open, USER),
    (ROOMS, "Rooms", Folder::Closed, 14),
    (ARCHIVE, "Archive", Folder::Closed, 20),
    (TEMPLATES, "Templates", Folder::Closed, 30),
    (TRASH, "Trash", Folder::Closed, 3),
];

/// Folders in the order in which they came; the sections are the first.
#[derive(Debug)]
pub(crate) struct Tree(Vec<NewFolder>);

impl Tree {
    /// The sections, and the folders of the settings: numbers lie in the caller's documents, others in their drive,
    /// whose id is what theirs begins with (`sbox-1-backups` in `sbox-1`).
    pub(crate) fn new(folders: &BTreeMap<String, Folder>) -> Self {
        let section = |&(id, title, rights, _): &(&str, &str, Folder, u8)| NewFolder {
            parent: None,
            rights,
            ..NewFolder::new(id, title)
        };
        let mut tree = Self(SECTIONS.iter().map(section).collect());
        for (id, &rights) in folders {
            tree.settle(id, rights);
        }
        tree
    }

    /// Adds a folder, in the place of one with the same id.
    pub(crate) fn add(&mut self, folder: NewFolder) {
        match self.0.iter_mut().find(|known| known.id == folder.id) {
            Some(known) => *known = folder,
            None => self.0.push(folder),
        }
    }

    pub(crate) fn find(&self, id: &str) -> Option<&NewFolder> {
        self.0.iter().find(|folder| folder.id == id)
    }

    pub(crate) fn sections(&self) -> impl Iterator<Item = &NewFolder> {
        SECTIONS.iter().filter_map(|&(id, ..)| self.find(id))
    }

    pub(crate) fn children(&self, id: &str) -> Vec<&NewFolder> {
        self.0.iter().filter(|folder| folder.parent.as_deref() == Some(id)).collect()
    }

    /// The folder's descendants, without itself.
    pub(crate) fn below(&self, id: &str) -> Vec<&NewFolder> {
        self.0.iter().filter(|folder| folder.id != id && self.path(folder).iter().any(|above| above.id == id)).collect()
    }

    /// The first open folder that takes copies of this kind.
    pub(crate) fn usual(&self, storage: StorageType) -> Option<String> {
        let section = |folder: &NewFolder| SECTIONS.iter().any(|(id, ..)| *id == folder.id);
        let mut open = self.0.iter().filter(|folder| folder.rights == Folder::Open && !section(folder));
        let number = |folder: &&NewFolder| folder.id.parse::<u32>().is_ok();
        let found = match storage {
            StorageType::Documents => open.find(number),
            StorageType::ThirdPartyDocuments => open.find(|folder| !number(folder) && folder.parent.is_some()),
            StorageType::CustomCloud
            | StorageType::Local
            | StorageType::DataStore
            | StorageType::ThirdPartyConsumer
            | StorageType::Unknown(_) => None,
        };
        found.map(|folder| folder.id.clone())
    }

    /// From the root down to the folder itself; a folder within itself is its own root.
    pub(crate) fn path<'a>(&'a self, folder: &'a NewFolder) -> Vec<&'a NewFolder> {
        let mut path = vec![folder];
        while let Some(parent) = path[path.len() - 1].parent.as_deref().and_then(|id| self.find(id)) {
            if path.iter().any(|seen| seen.id == parent.id) {
                break;
            }
            path.push(parent);
        }
        path.reverse();
        path
    }

    /// The `rootFolderType` of all that lies below a root.
    pub(crate) fn root_type(&self, folder: &NewFolder) -> u8 {
        let root = &self.path(folder)[0].id;
        SECTIONS.iter().find(|(id, ..)| id == root).map_or(THIRD_PARTY_BACKUP, |&(.., kind)| kind)
    }

    fn settle(&mut self, id: &str, rights: Folder) {
        if let Some(known) = self.0.iter_mut().find(|known| known.id == id) {
            known.rights = rights;
            return;
        }
        let folder = NewFolder { rights, ..NewFolder::new(id, "Backups") };
        match drive(id).filter(|_| folder.parent.is_none()) {
            Some(drive) => {
                self.settle_drive(drive);
                self.0.push(folder.within(drive));
            }
            None => self.0.push(folder),
        }
    }

    fn settle_drive(&mut self, id: &str) {
        if self.find(id).is_none() {
            self.0.push(NewFolder::new(id, "Drive"));
        }
    }
}

/// `sbox-1` of `sbox-1-backups`.
fn drive(id: &str) -> Option<&str> {
    let (head, _) = id.rsplit_once('-')?;
    head.contains('-').then_some(head)
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use crate::config::{Config, Folder};
    use crate::new_folder::NewFolder;

    #[test]
    fn the_folders_of_the_settings_have_their_places() {
        let tree = Tree::new(&Config::default().folders);
        let path = |id: &str| tree.path(tree.find(id).unwrap()).iter().map(|folder| &folder.id).collect::<Vec<_>>();
        assert_eq!(path("123"), ["1", "123"]);
        assert_eq!(path("sbox-1-backups"), ["sbox-1", "sbox-1-backups"]);
        assert_eq!(tree.find("2").unwrap().rights, Folder::Closed);
        assert_eq!(tree.root_type(tree.find("123").unwrap()), 5);
        assert_eq!(tree.root_type(tree.find("sbox-1-backups").unwrap()), 21);
    }

    #[test]
    fn what_lies_below_is_found_at_any_depth_even_in_a_circle() {
        let mut tree = Tree::new(&Config::default().folders);
        tree.add(NewFolder::new("9", "a").within("123"));
        tree.add(NewFolder::new("10", "b").within("9"));
        tree.add(NewFolder::new("11", "c").within("11"));
        let below = |id| tree.below(id).iter().map(|folder| folder.id.as_str()).collect::<Vec<_>>();
        assert_eq!(below("1"), ["123", "9", "10"]);
        assert_eq!(below("10"), [""; 0]);
        assert_eq!(tree.path(tree.find("11").unwrap()).len(), 1);
    }
}
