//! Folders and files that only their owner may open.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// Makes the folder, and those above it, where they are missing. What is there keeps its permissions.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Makes an empty file, unless something is there.
///
/// It is made under another name and then moved. Made in place, the file would be closed here while another connection of
/// this process has it open, and closing a file gives up all locks that the process has on it.
pub(crate) fn create_file(path: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = NamedTempFile::new_in(folder)?.into_temp_path(); // its permissions are 0600
    match file.persist_noclobber(path) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        Ok(()) | Err(_) => Ok(()), // another process was quicker
    }
}

/// For a file that is made where it is missing.
pub(crate) fn open_or_create() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
