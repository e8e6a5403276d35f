//! Files that settings live in: small, readable, and not a directory.

use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Why a file gave nothing; `Display` names the file.
#[derive(Debug)]
pub(super) struct FileFault {
    path: String,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    Missing,
    Directory,
    TooLarge(u64),
    NotText,
    Unreadable(io::ErrorKind),
}

/// Reads a file of at most `limit` bytes. A pipe such as `/dev/fd/63` is read to its end.
pub(super) fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, FileFault> {
    let fault = |reason| FileFault { path: path.display().to_string(), reason };
    if path.is_dir() {
        return Err(fault(Reason::Directory));
    }
    let bytes = read_up_to(path, limit + 1).map_err(|error| fault(Reason::from(error.kind())))?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= limit => Ok(bytes),
        Ok(_) | Err(_) => Err(fault(Reason::TooLarge(limit))),
    }
}

/// The same as text.
pub(super) fn read_text(path: &Path, limit: u64) -> Result<String, FileFault> {
    let bytes = read_bytes(path, limit)?;
    String::from_utf8(bytes).map_err(|_| FileFault { path: path.display().to_string(), reason: Reason::NotText })
}

fn read_up_to(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl From<io::ErrorKind> for Reason {
    fn from(kind: io::ErrorKind) -> Self {
        if kind == io::ErrorKind::NotFound { Self::Missing } else { Self::Unreadable(kind) }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.reason {
            Reason::Missing => write!(f, "there is no file {path}"),
            Reason::Directory => write!(f, "{path} is a directory, not a file"),
            Reason::TooLarge(limit) => write!(f, "{path} is larger than {} KiB", limit / 1024),
            Reason::NotText => write!(f, "{path} is not text (UTF-8)"),
            Reason::Unreadable(kind) => write!(f, "{path} cannot be read: {kind}"),
        }
    }
}
