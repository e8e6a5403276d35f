//! A folder or a file as listings show it.

use serde_json::{Value, json};

use crate::clock::zoned;
use crate::config::Folder;
use crate::files::StoredFile;
use crate::new_folder::NewFolder;
use crate::operations::person;
use crate::state::State;

/// The `RoomType` of a custom room.
const CUSTOM_ROOM: u8 = 5;
/// The `FileType` of an archive.
const ARCHIVE: u8 = 1;
/// The host that the portal believes in, behind a proxy that nobody told it of.
const BELIEVED_HOST: &str = "http://docspace.internal:8092";
const FOLDERS_CREATED: &str = "2026-01-02T03:04:05.0000000Z";

pub(super) fn folder(state: &State, folder: &NewFolder) -> Value {
    let path = state.tree.path(folder);
    let open = folder.rights == Folder::Open;
    let mut shown = json!({
        "id": id(&folder.id),
        "parentId": folder.parent.as_deref().map_or(json!(0), id),
        "title": folder.title,
        "filesCount": state.files.of_folder(&folder.id).count(),
        "foldersCount": state.tree.children(&folder.id).len(),
        "rootFolderId": id(&path[0].id),
        "rootFolderType": state.tree.root_type(folder),
        "fileEntryType": 1,
        "new": 0,
        "created": FOLDERS_CREATED,
        "updated": FOLDERS_CREATED,
        "security": {"Read": true, "Create": open, "Delete": open, "Rename": open},
    });
    if folder.room {
        shown["roomType"] = CUSTOM_ROOM.into();
    }
    with_owner(shown)
}

/// `viewUrl` has the host that the portal believes in; `pureContentLength` is left out where it is 0.
pub(super) fn file(state: &State, holder: &NewFolder, file: &StoredFile) -> Value {
    let created = zoned(file.created);
    let mut shown = json!({
        "id": id(&file.id),
        "folderId": id(&holder.id),
        "title": file.title,
        "version": 1,
        "versionGroup": 1,
        "contentLength": size(file.content.len()),
        "fileStatus": 0,
        "fileType": ARCHIVE,
        "fileExst": file.title.rfind('.').map_or("", |dot| &file.title[dot..]),
        "viewUrl": format!("{BELIEVED_HOST}/filehandler.ashx?action=download&fileid={}", file.id),
        "rootFolderId": id(&state.tree.path(holder)[0].id),
        "rootFolderType": state.tree.root_type(holder),
        "fileEntryType": 2,
        "created": created,
        "updated": created,
        "security": {"Read": true, "Download": true, "Delete": holder.rights == Folder::Open},
    });
    if !file.content.is_empty() {
        shown["pureContentLength"] = file.content.len().into();
    }
    with_owner(shown)
}

pub(super) fn path_part(folder: &NewFolder) -> Value {
    let mut part = json!({"id": id(&folder.id), "title": folder.title});
    if folder.room {
        part["roomType"] = CUSTOM_ROOM.into();
    }
    part
}

fn with_owner(mut entry: Value) -> Value {
    let owner = json!({"id": person::ID, "displayName": person::NAME});
    entry["createdBy"] = owner.clone();
    entry["updatedBy"] = owner;
    entry["access"] = 0.into();
    entry["shared"] = false.into();
    entry
}

/// A number is one on the wire too.
fn id(text: &str) -> Value {
    text.parse::<u32>().map_or_else(|_| json!(text), |number| json!(number))
}

/// A size as people are shown it: `1.2 MB`.
fn size(bytes: usize) -> String {
    let units = ["bytes", "KB", "MB", "GB"];
    let step = (1..units.len()).take_while(|step| bytes >= 1 << (10 * step)).count();
    match step {
        0 => format!("{bytes} {}", units[0]),
        _ => format!("{:.2} {}", bytes as f64 / (1_u64 << (10 * step)) as f64, units[step]),
    }
}

#[cfg(test)]
mod tests {
    use super::{id, size};

    #[test]
    fn sizes_are_text_for_people() {
        let sizes = [0, 1023, 1024, 1_258_291, 5 << 30].map(size);
        assert_eq!(sizes, ["0 bytes", "1023 bytes", "1.00 KB", "1.20 MB", "5.00 GB"]);
    }

    #[test]
    fn an_id_is_a_number_or_a_text() {
        assert_eq!((id("123"), id("sbox-1")), (123.into(), "sbox-1".into()));
    }
}
