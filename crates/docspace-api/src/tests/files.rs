//! Folders, rooms and sections: what is asked for, and how a file is found page by page.

use super::portal;
use crate::{DownloadSource, FolderId, Listing, Portal};

#[test]
fn every_call_can_be_made_from_a_task_of_its_own() {
    fn sendable<T: Send>(_: T) {}
    let portal: Portal = portal("http://127.0.0.1:9");
    let (folder, source) = (FolderId::Number(1), DownloadSource::File(1.into()));
    sendable(portal.list_folder(&folder, Listing::default()));
    sendable(portal.find_file(&folder, "x"));
    sendable(portal.download(&source, 0));
    sendable(async { portal.download(&source, 0).await?.chunk().await });
}
