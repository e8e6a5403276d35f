//! The calls that the portal knows, by method and path.

use crate::{backup_route, files_route};

/// One operation of the portal's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// `POST /api/2.0/backup/startbackup`
    Start,
    /// `GET /api/2.0/backup/getbackupprogress`
    Progress,
    /// `GET /api/2.0/backup/getbackuphistory`
    History,
    /// `POST /api/2.0/backup/cancelbackup`, from version 3.7.1
    Cancel,
    /// `DELETE /api/2.0/backup/deletebackup/{id}`
    DeleteBackup,
    /// `DELETE /api/2.0/backup/deletebackuphistory`
    DeleteHistory,
    /// `GET /api/2.0/backup/getbackupschedule`
    Schedule,
    /// `POST /api/2.0/backup/createbackupschedule`
    CreateSchedule,
    /// `DELETE /api/2.0/backup/deletebackupschedule`
    DeleteSchedule,
    /// `POST /api/2.0/backup/startrestore`
    StartRestore,
    /// `GET /api/2.0/backup/getrestoreprogress`
    RestoreProgress,
    /// `GET /api/2.0/backup/getbackupscount`, from version 3.5.0
    BackupsCount,
    /// `GET /api/2.0/backup/getservicestate`, from version 3.5.0
    ServiceState,
    /// `GET /api/2.0/portal/quota`
    Quota,
    /// `GET /api/2.0/portal/usedspace`
    UsedSpace,
    /// `GET /api/2.0/settings`
    Settings,
    /// `GET /api/2.0/settings/version/build`
    Version,
    /// `GET /api/2.0/keys/@self`
    Key,
    /// `GET /api/2.0/portal`
    Portal,
    /// `GET /api/2.0/people/@self`
    Person,
    /// `GET /api/2.0/files/folder/{id}`
    Folder,
    /// `GET /api/2.0/files/{id}`
    FolderContents,
    /// `GET /api/2.0/files/@my`
    MyDocuments,
    /// `GET /api/2.0/files/@root`
    Sections,
    /// `GET /api/2.0/files/rooms`
    Rooms,
    /// `GET /filehandler.ashx?action=download&fileid={id}`
    Download,
    /// `GET /storage/…`: temporary copies, and the files of a portal that keeps its bytes elsewhere
    Storage,
    /// Any call of the object store, which listens at an address of its own
    Object,
    /// `GET /api/2.0/settings/storage/backup`
    StorageProviders,
    /// Anything else, which is answered by an empty 404 or 405.
    Other,
}

impl Operation {
    /// The version that brought it; `None` for those that were always there.
    pub(crate) fn since(self) -> Option<[u32; 3]> {
        if self == Self::Cancel {
            return Some([3, 7, 1]);
        }
        (self == Self::BackupsCount || self == Self::ServiceState).then_some([3, 5, 0])
    }
}

/// What a method and a path lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    To(Operation),
    WrongMethod,
    Nowhere,
}

const ROUTES: [(&str, &str, Operation); 20] = [
    ("POST", "/api/2.0/backup/startbackup", Operation::Start),
    ("GET", "/api/2.0/backup/getbackupprogress", Operation::Progress),
    ("GET", "/api/2.0/backup/getbackuphistory", Operation::History),
    ("POST", "/api/2.0/backup/cancelbackup", Operation::Cancel),
    ("DELETE", "/api/2.0/backup/deletebackuphistory", Operation::DeleteHistory),
    ("GET", "/api/2.0/backup/getbackupschedule", Operation::Schedule),
    ("POST", "/api/2.0/backup/createbackupschedule", Operation::CreateSchedule),
    ("DELETE", "/api/2.0/backup/deletebackupschedule", Operation::DeleteSchedule),
    ("POST", "/api/2.0/backup/startrestore", Operation::StartRestore),
    ("GET", "/api/2.0/backup/getrestoreprogress", Operation::RestoreProgress),
    ("GET", "/api/2.0/backup/getbackupscount", Operation::BackupsCount),
    ("GET", "/api/2.0/backup/getservicestate", Operation::ServiceState),
    ("GET", "/api/2.0/portal/quota", Operation::Quota),
    ("GET", "/api/2.0/portal/usedspace", Operation::UsedSpace),
    ("GET", "/api/2.0/settings", Operation::Settings),
    ("GET", "/api/2.0/settings/version/build", Operation::Version),
    ("GET", "/api/2.0/keys/@self", Operation::Key),
    ("GET", "/api/2.0/portal", Operation::Portal),
    ("GET", "/api/2.0/people/@self", Operation::Person),
    ("GET", "/api/2.0/settings/storage/backup", Operation::StorageProviders),
];

impl Route {
    /// Paths are compared without regard to case or a last slash.
    pub(crate) fn find(method: &str, path: &str) -> Self {
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut there = ROUTES.into_iter().filter(|(_, known, _)| known.eq_ignore_ascii_case(path)).peekable();
        if there.peek().is_none() {
            let with_id = backup_route::find(method, path).or_else(|| files_route::find(method, path));
            return with_id.unwrap_or(Self::Nowhere);
        }
        there.find(|(known, _, _)| *known == method).map_or(Self::WrongMethod, |(_, _, operation)| Self::To(operation))
    }

    pub(crate) fn operation(self) -> Operation {
        match self {
            Self::To(operation) => operation,
            Self::WrongMethod | Self::Nowhere => Operation::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Operation, Route};

    #[test]
    fn a_route_is_found_by_method_and_path() {
        assert_eq!(Route::find("POST", "/API/2.0/Backup/StartBackup/"), Route::To(Operation::Start));
        assert_eq!(Route::find("GET", "/api/2.0/backup/startbackup"), Route::WrongMethod);
        assert_eq!(Route::find("HEAD", "/api/2.0/portal"), Route::WrongMethod);
        assert_eq!(Route::find("GET", "/api/2.0/backup"), Route::Nowhere);
    }
}
