//! Where a program is, and whether it can be started.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

/// The program that `program` means: itself if it is a path, else the first of that name in the folders of `PATH`.
pub(super) fn find(program: &Path, path: Option<&OsStr>) -> Result<PathBuf, &'static str> {
    let is_name = program.components().count() == 1 && !program.has_root();
    if !is_name || program.as_os_str().to_string_lossy().contains(std::path::is_separator) {
        return if !program.is_file() {
            Err("is not there or is no file")
        } else if is_executable(program) {
            Ok(program.to_owned())
        } else {
            Err("may not be executed")
        };
    }
    let folders = path.map(std::env::split_paths).into_iter().flatten();
    let mut places = folders.map(|folder| folder.join(program));
    places.find(|place| place.is_file() && is_executable(place)).ok_or("is in no folder of PATH")
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    rustix::fs::access(file, rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    true
}
