//! The calls that the portal knows, by method and path.

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
    /// `GET /api/2.0/settings/version/build`
    Version,
    /// `GET /api/2.0/keys/@self`
    Key,
    /// `GET /api/2.0/portal`
    Portal,
    /// `GET /api/2.0/people/@self`
    Person,
    /// Anything else, which is answered by an empty 404 or 405.
    Other,
}

/// What a method and a path lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    To(Operation),
    WrongMethod,
    Nowhere,
}

const ROUTES: [(&str, &str, Operation); 8] = [
    ("POST", "/api/2.0/backup/startbackup", Operation::Start),
    ("GET", "/api/2.0/backup/getbackupprogress", Operation::Progress),
    ("GET", "/api/2.0/backup/getbackuphistory", Operation::History),
    ("POST", "/api/2.0/backup/cancelbackup", Operation::Cancel),
    ("GET", "/api/2.0/settings/version/build", Operation::Version),
    ("GET", "/api/2.0/keys/@self", Operation::Key),
    ("GET", "/api/2.0/portal", Operation::Portal),
    ("GET", "/api/2.0/people/@self", Operation::Person),
];

impl Route {
    /// Paths are compared without regard to case or a last slash.
    pub(crate) fn find(method: &str, path: &str) -> Self {
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut there = ROUTES.into_iter().filter(|(_, known, _)| known.eq_ignore_ascii_case(path)).peekable();
        if there.peek().is_none() {
            return Self::Nowhere;
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
