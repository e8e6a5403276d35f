//! Folders and files: `files/folder/{id}`, `files/{id}`, `files/@my`, `files/@root`, `files/rooms` (contract §9.4, §9.5).

use serde_json::Value;

use super::{Field, Misfit};
use crate::{File, FileId, Folder, FolderId, FolderPage, Listing};

/// One folder by itself.
pub(crate) fn folder(response: &Value) -> Result<Folder, Misfit> {
    folder_in(&Field::new("response", Some(response)))
}

/// The folder that a listing is about.
pub(crate) fn current_folder(response: &Value) -> Result<Folder, Misfit> {
    folder_in(&Field::new("response", Some(response)).get("current"))
}

/// The sections, each of which comes as a listing of its own.
pub(crate) fn sections(response: &Value) -> Result<Vec<Folder>, Misfit> {
    let sections = Field::new("response", Some(response)).list()?;
    Ok(readable(&sections, |section| folder_in(&section.get("current"))))
}

/// One page, as it was asked for.
pub(crate) fn folder_page(response: &Value, asked: Listing) -> Result<FolderPage, Misfit> {
    let page = Field::new("response", Some(response));
    let (folders, files) = (page.get("folders").list()?, page.get("files").list()?);
    let total = unsigned(&page.get("total"))?;
    Ok(FolderPage {
        current: folder_in(&page.get("current"))?,
        path: readable(&page.get("pathParts").list()?, folder_in),
        folders: readable(&folders, folder_in),
        files: readable(&files, file_in),
        start_index: unsigned(&page.get("startIndex"))?.unwrap_or(asked.start_index),
        total,
        next: next(asked, folders.len() + files.len(), total),
    })
}

/// Where the next page begins. Rows that could not be read count, since the portal counts them.
fn next(asked: Listing, rows: usize, total: Option<u32>) -> Option<u32> {
    let reached = asked.start_index.checked_add(u32::try_from(rows).ok()?)?;
    let more = match total {
        Some(total) => reached < total,
        None => rows >= usize::from(asked.clamped_count()),
    };
    (rows > 0 && more).then_some(reached)
}

/// The rows that can be read; one that cannot costs no other.
fn readable<T>(rows: &[Field<'_>], read: impl Fn(&Field<'_>) -> Result<T, Misfit>) -> Vec<T> {
    let known = |row| read(row).inspect_err(|misfit| tracing::warn!(%misfit, "a row of the portal's list is left out"));
    rows.iter().filter_map(|row| known(row).ok()).collect()
}

/// Only the id must be right.
fn folder_in(field: &Field<'_>) -> Result<Folder, Misfit> {
    Ok(Folder {
        id: folder_id(&field.get("id"))?,
        title: field.get("title").text().ok().flatten().unwrap_or_default(),
        parent: folder_id(&field.get("parentId")).ok(),
        room_type: field.get("roomType").integer().ok().flatten(),
        root: field.get("rootFolderType").integer().ok().flatten(),
        can_create: can_create(&field.get("security")),
    })
}

fn file_in(field: &Field<'_>) -> Result<File, Misfit> {
    let id = field.get("id");
    let known = id.text()?.and_then(|text| text.parse::<FileId>().ok());
    Ok(File {
        id: known.ok_or_else(|| id.misfit("the id of a file"))?,
        title: field.get("title").text().ok().flatten().unwrap_or_default(),
        folder: folder_id(&field.get("folderId")).ok(),
        size: size(field),
        created: field.get("created").time(),
    })
}

fn folder_id(field: &Field<'_>) -> Result<FolderId, Misfit> {
    let id = field.text()?.and_then(|text| text.parse().ok());
    id.ok_or_else(|| field.misfit("the id of a folder"))
}

/// The names of rights are dictionary keys, which portals write with a capital letter.
fn can_create(security: &Field<'_>) -> Option<bool> {
    ["Create", "create"].iter().find_map(|name| security.get(name).flag().ok().flatten())
}

/// Zero is left out, so nothing is zero; but not where the text for people speaks of more.
fn size(file: &Field<'_>) -> Option<u64> {
    let bytes = file.get("pureContentLength");
    if !bytes.is_absent() {
        return u64::try_from(bytes.integer().ok()??).ok();
    }
    let words = file.get("contentLength").text().ok()?.unwrap_or_default();
    (!words.contains(|c: char| matches!(c, '1'..='9'))).then_some(0)
}

fn unsigned(field: &Field<'_>) -> Result<Option<u32>, Misfit> {
    let number = field.integer()?.map(u32::try_from).transpose();
    number.map_err(|_| field.misfit("a number that is not negative"))
}
