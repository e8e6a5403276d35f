//! A folder and one page of what is in it (contract §9.4): folders first, then files.

use serde_json::{Value, json};

use super::entry;
use super::page::{Kinds, Page};
use crate::files::StoredFile;
use crate::new_folder::NewFolder;
use crate::state::State;

/// A file and the folder that holds it.
type Held<'a> = (&'a NewFolder, &'a StoredFile);

pub(super) fn of(state: &State, folder: &NewFolder, page: &Page) -> Value {
    let folders = folders(state, folder, page);
    let files = files(state, folder, page);
    let total = folders.len() + files.len();
    let folders_here = part(&folders, page.start, page.count);
    let files_here = part(&files, page.start.saturating_sub(folders.len()), page.count - folders_here.len());
    json!({
        "files": files_here.iter().map(|(holder, file)| entry::file(state, holder, file)).collect::<Vec<_>>(),
        "folders": folders_here.iter().map(|folder| entry::folder(state, folder)).collect::<Vec<_>>(),
        "current": entry::folder(state, folder),
        "pathParts": state.tree.path(folder).into_iter().map(entry::path_part).collect::<Vec<_>>(),
        "startIndex": page.start,
        "count": folders_here.len() + files_here.len(),
        "total": total,
        "new": 0,
    })
}

fn folders<'a>(state: &'a State, folder: &NewFolder, page: &Page) -> Vec<&'a NewFolder> {
    let all = match page.kinds {
        Kinds::All | Kinds::Folders if page.recursive => state.tree.below(&folder.id),
        Kinds::All | Kinds::Folders => state.tree.children(&folder.id),
        Kinds::Files | Kinds::Neither => Vec::new(),
    };
    let mut found: Vec<_> = all.into_iter().filter(|folder| page.shows(&folder.title)).collect();
    if page.by_title {
        found.sort_by(|a, b| a.title.cmp(&b.title));
    }
    turned(found, page.by_title && page.descending)
}

fn files<'a>(state: &'a State, folder: &'a NewFolder, page: &Page) -> Vec<Held<'a>> {
    let below = if page.recursive { state.tree.below(&folder.id) } else { Vec::new() };
    let holders = match page.kinds {
        Kinds::All | Kinds::Files => std::iter::once(folder).chain(below).collect(),
        Kinds::Folders | Kinds::Neither => Vec::new(),
    };
    let held = holders.into_iter().flat_map(|holder| state.files.of_folder(&holder.id).map(move |file| (holder, file)));
    let mut found: Vec<_> = held.filter(|(_, file)| page.shows(&file.title)).collect();
    if page.by_title {
        found.sort_by(|(_, a), (_, b)| a.title.cmp(&b.title));
    } else {
        found.sort_by_key(|(_, file)| file.created);
    }
    turned(found, page.descending)
}

fn turned<T>(mut entries: Vec<T>, descending: bool) -> Vec<T> {
    if descending {
        entries.reverse();
    }
    entries
}

fn part<T>(entries: &[T], start: usize, count: usize) -> &[T] {
    let rest = entries.get(start..).unwrap_or_default();
    &rest[..count.min(rest.len())]
}
