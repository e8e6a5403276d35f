//! Finding a folder by what people call it: its name, the path to it, or its id.

use std::collections::VecDeque;

use docspace_api::{ApiError, Folder, FolderId, Listing, Portal, Show};

/// The section of the rooms and the archive, as the portal numbers them: no backup can go there itself (contract §2.1).
const CLOSED_SECTIONS: [i64; 2] = [14, 20];

/// The most folders that are looked into. A portal takes 1500 calls a minute (contract §11).
const MOST_LISTINGS: u32 = 200;

/// A folder, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFolder {
    /// The folder.
    pub folder: Folder,
    /// The titles on the way, from the uppermost folder or room to this one.
    pub path: Vec<String>,
}

impl FoundFolder {
    /// The way as people write it: `Room/Backups`. A title may hold a slash itself.
    pub fn path_text(&self) -> String {
        self.path.join("/")
    }

    /// Whether a backup can go there: `Some(false)` for a section of rooms and where nothing may be created, `None` where
    /// the portal does not tell.
    pub fn takes_backups(&self) -> Option<bool> {
        let is_section = self.folder.parent.is_none() && self.folder.room_type.is_none();
        let is_closed = is_section && self.folder.root.is_some_and(|root| CLOSED_SECTIONS.contains(&root));
        if is_closed { Some(false) } else { self.folder.can_create }
    }

    /// Whether people mean this one by `text`: its title, or the end of the path to it, whatever the case; with a slash at
    /// the beginning the whole path.
    ///
    /// ```
    /// # use backup_core::FoundFolder;
    /// # use docspace_api::Folder;
    /// # let folder = Folder { id: "5".parse()?, title: "Nightly".into(), parent: None, room_type: None, root: None, can_create: None };
    /// let found = FoundFolder { folder, path: vec!["Operations".into(), "Backups".into(), "Nightly".into()] };
    /// assert!(found.is_meant_by("nightly") && found.is_meant_by("Backups/Nightly"));
    /// assert!(found.is_meant_by("/Operations/Backups/Nightly") && !found.is_meant_by("/Backups/Nightly"));
    /// assert!(!found.is_meant_by("ghtly"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_meant_by(&self, text: &str) -> bool {
        let (path, text) = (format!("/{}", self.path_text()).to_lowercase(), text.to_lowercase());
        let text = text.trim_end_matches('/');
        if text.starts_with('/') { path == text } else { !text.is_empty() && path.ends_with(&format!("/{text}")) }
    }
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderSearch {
    /// What was found, the uppermost first.
    pub found: Vec<FoundFolder>,
    /// How many folders could not be looked into: a drive that does not answer, most often.
    pub unread: u32,
    /// Whether the search ended before everything was looked into.
    pub is_cut_short: bool,
}

/// Lists *My documents*, what lies in it, and the rooms.
///
/// # Errors
///
/// When neither can be listed.
pub async fn top_folders(portal: &Portal) -> Result<FolderSearch, ApiError> {
    let (mut found, roots) = (Vec::new(), roots(portal).await?);
    for root in roots {
        let children = if root.folder.room_type.is_none() { below(portal, &root).await? } else { Vec::new() };
        found.push(root);
        found.extend(children);
    }
    Ok(FolderSearch { found, ..FolderSearch::default() })
}

/// Finds the folders that people mean by `text`, see [`FoundFolder::is_meant_by`]; a number is taken for an id first.
///
/// Looks into up to 200 folders, the uppermost first. A folder that cannot be listed is passed over.
///
/// # Errors
///
/// When not even the uppermost folders can be listed.
pub async fn find_folders(portal: &Portal, text: &str) -> Result<FolderSearch, ApiError> {
    if let Some(found) = by_id(portal, text).await? {
        return Ok(FolderSearch { found: vec![found], ..FolderSearch::default() });
    }
    let mut search = FolderSearch::default();
    let mut queue = VecDeque::from(roots(portal).await?);
    let mut listings = 0;
    while let Some(next) = queue.pop_front() {
        if listings == MOST_LISTINGS {
            search.is_cut_short = true;
            break;
        }
        listings += 1;
        match below(portal, &next).await {
            Ok(children) => queue.extend(children),
            Err(_) => search.unread += 1,
        }
        search.found.extend(Some(next).filter(|folder| folder.is_meant_by(text)));
    }
    // What was not looked into may be meant all the same.
    search.found.extend(queue.into_iter().filter(|folder| folder.is_meant_by(text)));
    Ok(search)
}

/// The folder of that number, if there is one: a title may be a number, too.
async fn by_id(portal: &Portal, text: &str) -> Result<Option<FoundFolder>, ApiError> {
    let Ok(id @ FolderId::Number(_)) = text.parse() else { return Ok(None) };
    let listing = Listing { count: 1, ..Listing::of(Show::FoldersOnly) };
    let Ok(folder) = portal.folder(&id).await else { return Ok(None) };
    let page = portal.list_folder(&id, listing).await?;
    let path = page.path.into_iter().map(|folder| folder.title).skip(sections_above(&folder)).collect::<Vec<_>>();
    let path = if path.is_empty() { vec![folder.title.clone()] } else { path };
    Ok(Some(FoundFolder { folder, path }))
}

/// The way to a room begins with the room, not with the section in which all rooms are.
fn sections_above(folder: &Folder) -> usize {
    usize::from(folder.root.is_some_and(|root| CLOSED_SECTIONS.contains(&root)))
}

async fn roots(portal: &Portal) -> Result<Vec<FoundFolder>, ApiError> {
    let (mine, rooms) = tokio::join!(portal.my_documents(), rooms(portal));
    let top = |folder: Folder| FoundFolder { path: vec![folder.title.clone()], folder };
    match (mine, rooms) {
        (Ok(mine), Ok(rooms)) => Ok([mine].into_iter().chain(rooms).map(top).collect()),
        (Ok(mine), Err(_)) => Ok(vec![top(mine)]),
        (Err(_), Ok(rooms)) => Ok(rooms.into_iter().map(top).collect()),
        (Err(error), Err(_)) => Err(error),
    }
}

async fn rooms(portal: &Portal) -> Result<Vec<Folder>, ApiError> {
    let (mut rooms, mut next) = (Vec::new(), Some(0));
    while let Some(start) = next.filter(|_| rooms.len() < MOST_LISTINGS as usize) {
        let page = portal.rooms(start).await?;
        rooms.extend(page.folders);
        next = page.next;
    }
    Ok(rooms)
}

async fn below(portal: &Portal, above: &FoundFolder) -> Result<Vec<FoundFolder>, ApiError> {
    let (mut children, mut listing) = (Vec::new(), Listing::of(Show::FoldersOnly));
    loop {
        let page = portal.list_folder(&above.folder.id, listing).await?;
        children.extend(page.folders.into_iter().map(|folder| child(above, folder)));
        match page.next.filter(|_| children.len() < 1000) {
            Some(next) => listing.start_index = next,
            None => return Ok(children),
        }
    }
}

fn child(above: &FoundFolder, folder: Folder) -> FoundFolder {
    let path = above.path.iter().chain([&folder.title]).cloned().collect();
    FoundFolder { folder, path }
}

#[cfg(test)]
mod tests;
