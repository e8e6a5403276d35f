//! The paths of files, which carry ids or lie outside the API.

use crate::operation::{Operation, Route};
use crate::percent;

const FILES: &str = "/api/2.0/files/";
const STORAGE: &str = "/storage/";

/// Where a method and a path lead that no fixed route has, if it is anywhere among the files.
pub(crate) fn find(method: &str, path: &str) -> Option<Route> {
    let (operation, methods): (_, &[&str]) = if path.eq_ignore_ascii_case("/filehandler.ashx") {
        (Operation::Download, &["GET", "HEAD"])
    } else if below(path, STORAGE).is_some() {
        (Operation::Storage, &["GET"])
    } else {
        (of_api(below(path, FILES)?)?, &["GET"])
    };
    Some(if methods.contains(&method) { Route::To(operation) } else { Route::WrongMethod })
}

/// The id in the last part of a path.
pub(crate) fn id(path: &str) -> String {
    let path = path.strip_suffix('/').unwrap_or(path);
    percent::decode(path.rsplit('/').next().unwrap_or_default())
}

fn of_api(rest: &str) -> Option<Operation> {
    let rest = rest.to_ascii_lowercase();
    match rest.split_once('/') {
        None if rest.is_empty() => None,
        None => match rest.as_str() {
            "@my" => Some(Operation::MyDocuments),
            "@root" => Some(Operation::Sections),
            "rooms" => Some(Operation::Rooms),
            section if section.starts_with('@') => None,
            _ => Some(Operation::FolderContents),
        },
        Some(("folder", id)) if !id.is_empty() && !id.contains('/') => Some(Operation::Folder),
        Some(_) => None,
    }
}

/// What follows a beginning that is compared without regard to case.
fn below<'a>(path: &'a str, beginning: &str) -> Option<&'a str> {
    let (head, rest) = path.split_at_checked(beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{find, id};
    use crate::operation::{Operation, Route};

    #[test]
    fn ids_and_names_are_told_apart() {
        let to = |path| match find("GET", path) {
            Some(Route::To(operation)) => Some(operation),
            Some(Route::WrongMethod | Route::Nowhere) | None => None,
        };
        assert_eq!(to("/api/2.0/files/123"), Some(Operation::FolderContents));
        assert_eq!(to("/API/2.0/Files/@My"), Some(Operation::MyDocuments));
        assert_eq!(to("/api/2.0/files/@root"), Some(Operation::Sections));
        assert_eq!(to("/api/2.0/files/rooms"), Some(Operation::Rooms));
        assert_eq!(to("/api/2.0/files/folder/sbox-1-%7Ca"), Some(Operation::Folder));
        assert_eq!(to("/FileHandler.ashx"), Some(Operation::Download));
        assert_eq!(to("/storage/backup/root/acme.tar.gz"), Some(Operation::Storage));
        for nowhere in
            ["/api/2.0/files/", "/api/2.0/files/@nobody", "/api/2.0/files/folder/", "/api/2.0/files/a/b", "/"]
        {
            assert_eq!(to(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn the_handler_of_files_takes_head_and_the_store_does_not() {
        assert_eq!(find("HEAD", "/filehandler.ashx"), Some(Route::To(Operation::Download)));
        assert_eq!(find("HEAD", "/storage/a"), Some(Route::WrongMethod));
    }

    #[test]
    fn an_id_is_decoded() {
        assert_eq!(id("/api/2.0/files/folder/sbox-1-%7CBackups%20here/"), "sbox-1-|Backups here");
    }
}
