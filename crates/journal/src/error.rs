//! Why the journal could not do its work, and what a caller may branch on.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, io};

use rusqlite::ErrorCode;

/// What the journal says when it could not do its work.
///
/// `Display` says what was tried, in which file, and what kind of trouble came; the cause below it is
/// [`source`](Error::source). Nothing was recorded then: a call takes effect as a whole or not at all.
#[derive(Debug)]
pub struct JournalError {
    operation: &'static str, // follows "cannot"
    path: Option<PathBuf>,
    kind: JournalErrorKind,
    source: Option<Cause>,
}

type Cause = Box<dyn Error + Send + Sync>;

impl JournalError {
    /// All that a caller may branch on.
    pub fn kind(&self) -> JournalErrorKind {
        self.kind
    }

    /// The file of the journal; none where an id was refused before any file was looked at.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}", self.operation)?;
        if let Some(path) = &self.path {
            write!(f, " in {}", path.display())?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl Error for JournalError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let cause = self.source.as_deref()?;
        Some(cause)
    }
}

/// The ways in which the journal fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JournalErrorKind {
    /// The folder or a file in it cannot be made, opened, read or written: no permission, read-only, no folder, a broken disk.
    #[error("it cannot be opened or written")]
    Unwritable,
    /// The disk, or somebody's share of it, is used up.
    #[error("no space is left on the disk")]
    Full,
    /// Another process has kept the file locked for longer than five seconds.
    #[error("another process keeps it locked")]
    Busy,
    /// A newer version of this crate has written the file, and this one does not touch it.
    #[error("it is from a newer version")]
    Newer,
    /// The file is no journal, or its content is broken. It stays as it is; moving it away makes room for a new one.
    #[error("it is damaged, or no journal")]
    Damaged,
    /// There is no run with this id, or the run owes this channel nothing.
    #[error("there is no such record")]
    Missing,
    /// There is a run with this id already.
    #[error("there is such a record already")]
    Exists,
    /// The run is not at a point where this step may follow; [`Phase`](crate::Phase) has the order.
    #[error("the run stands at another step")]
    OutOfOrder,
    /// The text is no id of a run.
    #[error("an id has 1 to 64 characters, each a letter from a to z, a digit, - or _")]
    InvalidId,
    /// Anything else: no memory, or a mistake in this crate.
    #[error("something unexpected came in between")]
    Unexpected,
}

/// What went wrong, before anybody has said during which operation.
#[derive(Debug)]
pub(crate) struct Fault {
    kind: JournalErrorKind,
    cause: Option<Cause>,
}

impl Fault {
    pub(crate) fn new(kind: JournalErrorKind, cause: impl Into<Cause>) -> Self {
        Self { kind, cause: Some(cause.into()) }
    }

    pub(crate) fn kind(&self) -> JournalErrorKind {
        self.kind
    }

    /// The error for callers; `operation` follows "cannot".
    pub(crate) fn during(self, operation: &'static str, path: &Path) -> JournalError {
        JournalError { operation, path: Some(path.to_owned()), kind: self.kind, source: self.cause }
    }

    /// The same where no file is concerned.
    pub(crate) fn without_file(self, operation: &'static str) -> JournalError {
        JournalError { operation, path: None, kind: self.kind, source: self.cause }
    }
}

impl From<JournalErrorKind> for Fault {
    fn from(kind: JournalErrorKind) -> Self {
        Self { kind, cause: None }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        Self::new(if is_full { JournalErrorKind::Full } else { JournalErrorKind::Unwritable }, error)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(kind_of(&error), error)
    }
}

/// What SQLite's answers mean here. A statement that it does not understand (`Unknown`) means that a table is not what it
/// was when the statements were tested.
const KINDS: [(ErrorCode, JournalErrorKind); 10] = [
    (ErrorCode::CannotOpen, JournalErrorKind::Unwritable),
    (ErrorCode::ReadOnly, JournalErrorKind::Unwritable),
    (ErrorCode::PermissionDenied, JournalErrorKind::Unwritable),
    (ErrorCode::SystemIoFailure, JournalErrorKind::Unwritable),
    (ErrorCode::DiskFull, JournalErrorKind::Full),
    (ErrorCode::DatabaseBusy, JournalErrorKind::Busy),
    (ErrorCode::DatabaseLocked, JournalErrorKind::Busy),
    (ErrorCode::DatabaseCorrupt, JournalErrorKind::Damaged),
    (ErrorCode::NotADatabase, JournalErrorKind::Damaged),
    (ErrorCode::Unknown, JournalErrorKind::Damaged),
];

fn kind_of(error: &rusqlite::Error) -> JournalErrorKind {
    let Some(failure) = error.sqlite_error() else {
        return JournalErrorKind::Damaged; // a value that is not of the type that was written
    };
    // The memory that processes share could not be given its size, which on a writable disk has one reason.
    if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE {
        return JournalErrorKind::Full;
    }
    let known = KINDS.iter().find(|(code, _)| *code == failure.code);
    known.map_or(JournalErrorKind::Unexpected, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_trouble_with_files() {
        let kind = |kind: io::ErrorKind| Fault::from(io::Error::from(kind)).kind();
        assert_eq!(kind(io::ErrorKind::StorageFull), JournalErrorKind::Full);
        assert_eq!(kind(io::ErrorKind::QuotaExceeded), JournalErrorKind::Full);
        assert_eq!(kind(io::ErrorKind::PermissionDenied), JournalErrorKind::Unwritable);
    }

    #[test]
    fn the_message_names_the_file_and_leaves_the_cause_to_source() {
        let fault = Fault::new(JournalErrorKind::Full, "5 bytes are missing");
        let error = fault.during("record the end of a run", Path::new("/state/journal.db"));
        assert_eq!(
            error.to_string(),
            "cannot record the end of a run in /state/journal.db: no space is left on the disk"
        );
        assert_eq!(error.source().unwrap().to_string(), "5 bytes are missing");
    }
}
