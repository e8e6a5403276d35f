//! The path that carries the id of a backup.

use crate::operation::{Operation, Route};

const DELETE: &str = "/api/2.0/backup/deletebackup/";

/// Where a method and a path lead, if it is to one backup; an id that is no GUID leads nowhere.
pub(crate) fn find(method: &str, path: &str) -> Option<Route> {
    id(path)?;
    Some(if method == "DELETE" { Route::To(Operation::DeleteBackup) } else { Route::WrongMethod })
}

/// The GUID in lower case with hyphens, however it was written.
pub(crate) fn id(path: &str) -> Option<String> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let (head, id) = path.split_at_checked(DELETE.len())?;
    let id = head.eq_ignore_ascii_case(DELETE).then_some(id)?;
    uuid::Uuid::try_parse(id).ok().map(|id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::{find, id};
    use crate::operation::{Operation, Route};

    #[test]
    fn only_a_guid_leads_to_a_backup() {
        let guid = "7F0C7D0E-0C55-4F3B-9F38-4A4A0F0D7E11";
        let path = format!("/API/2.0/Backup/DeleteBackup/{guid}/");
        assert_eq!(find("DELETE", &path), Some(Route::To(Operation::DeleteBackup)));
        assert_eq!(find("GET", &path), Some(Route::WrongMethod));
        assert_eq!(id(&path), Some(guid.to_lowercase()));
        assert_eq!(find("DELETE", "/api/2.0/backup/deletebackup/7f0c"), None);
        assert_eq!(find("DELETE", "/api/2.0/backup/deletebackup/"), None);
    }
}
