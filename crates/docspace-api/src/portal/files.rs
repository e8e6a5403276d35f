//! The documents, as far as backups need them: folders, files, downloads.

use super::Portal;
use crate::{
    ApiError, ApiErrorKind, Download, DownloadSource, File, FileId, Folder, FolderId, FolderPage, Listing, Show,
    download, entry_id,
    transport::{Auth, Call, Detail, Fetch},
    wire,
};

/// How many pages are looked through for one file.
const MOST_PAGES: u32 = 100;

impl Portal {
    /// Looks a folder up by its id.
    ///
    /// # Errors
    ///
    /// `NotFound` where there is no such folder, `Forbidden` where the key may not see it. Portals take this call from
    /// anybody, so a key that is not accepted shows as one of these two, too (contract §9.5).
    pub async fn folder(&self, id: &FolderId) -> Result<Folder, ApiError> {
        let call = self.below_folder("look up the folder", "api/2.0/files/folder", id)?;
        self.ask(call, |response| wire::folder(&response)).await
    }

    /// Looks up *My documents* of the key's owner.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope does not cover files.
    pub async fn my_documents(&self) -> Result<Folder, ApiError> {
        let mut call = self.get("look up My documents", "api/2.0/files/@my");
        call.url.set_query(Some("count=1"));
        self.ask(call, |response| wire::current_folder(&response)).await
    }

    /// Lists the rooms that the key's owner sees, by name, without archive and templates; up to 100 from `start_index` on.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope does not cover rooms.
    pub async fn rooms(&self, start_index: u32) -> Result<FolderPage, ApiError> {
        let listing = Listing { start_index, ..Listing::of(Show::FoldersOnly) };
        let mut call = self.get("list the rooms", "api/2.0/files/rooms");
        part(&mut call, "AZ", "ascending", listing);
        self.ask(call, |response| wire::folder_page(&response, listing)).await
    }

    /// Lists the sections: *My documents*, the rooms, the archive and so on, as far as the key's owner has them.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope does not cover files.
    pub async fn sections(&self) -> Result<Vec<Folder>, ApiError> {
        let mut call = self.get("list the sections", "api/2.0/files/@root");
        call.url.set_query(Some("count=1"));
        self.ask(call, |response| wire::sections(&response)).await
    }

    /// Lists what lies in a folder, one page of it; [`FolderPage::next`] leads to the next one.
    ///
    /// # Errors
    ///
    /// As for [`folder`](Self::folder).
    pub async fn list_folder(&self, id: &FolderId, listing: Listing) -> Result<FolderPage, ApiError> {
        self.page("list the folder", id, listing).await
    }

    /// Finds the file of exactly this title in a folder; if several have it, the newest. `None`: there is none.
    ///
    /// The portal's search is not used, since it lags behind and splits names into words (contract §9.4): the files are
    /// looked through from the newest on, 100 with each call, up to 10 000.
    ///
    /// # Errors
    ///
    /// As for [`folder`](Self::folder); `TooLarge` when the file is not among the 10 000 newest of a folder that holds
    /// more, and `Garbled` when the portal shows the same page again and again: both times nobody knows whether it exists.
    pub async fn find_file(&self, folder: &FolderId, title: &str) -> Result<Option<File>, ApiError> {
        const OPERATION: &str = "find the file";
        let mut listing = Listing::of(Show::FilesOnly);
        let mut seen: Option<FileId> = None;
        for _ in 0..MOST_PAGES {
            let page = self.page(OPERATION, folder, listing).await?;
            let first = page.files.first().map(|file| file.id.clone());
            if first.is_some() && first == seen {
                return Err(given_up(OPERATION, ApiErrorKind::Garbled, "two pages of the folder are the same"));
            }
            match (newest(page.files, title), page.next) {
                (Some(file), _) => return Ok(Some(file)),
                (None, None) => return Ok(None),
                (None, Some(next)) => listing.start_index = next,
            }
            seen = first;
        }
        Err(given_up(OPERATION, ApiErrorKind::TooLarge, "the folder holds too many files to look through"))
    }

    /// Opens a file for reading from byte `from` on, as it lies at the portal: nothing is unpacked.
    ///
    /// Redirects are followed, since portals lead to their storage with links that live for 15 s (contract §9.1); the key
    /// stays at the portal's own scheme, host and port. As long as no byte has come the call is tried again as any that
    /// reads; after that it is for the caller to go on from the byte that is missing. Each download from 0 on is an entry
    /// in the portal's audit trail and in the owner's recent files, so do not open one to ask for a size.
    ///
    /// ```no_run
    /// # use docspace_api::{DownloadSource, File, Portal};
    /// use std::io::{Seek, SeekFrom, Write};
    ///
    /// # async fn resume(portal: Portal, file: File) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut copy = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open("copy.tar.gz.part")?;
    /// let have = copy.metadata()?.len();
    /// if file.size == Some(have) {
    ///     return Ok(()); // Asking for what comes after the last byte is an error.
    /// }
    /// let mut download = portal.download(&DownloadSource::File(file.id), have).await?;
    /// // Not `have`: a server that does not resume begins again at 0.
    /// copy.set_len(download.offset())?;
    /// copy.seek(SeekFrom::Start(download.offset()))?;
    /// while let Some(chunk) = download.chunk().await? {
    ///     copy.write_all(&chunk)?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `NotFound` where there is no such file or the link is dead, `Forbidden` where the key may not have it: a temporary
    /// copy needs a DocSpace admin. `Status(400)` or `Status(500)`, and no 416, when `from` is not below the size of the
    /// file (contract §9.1, §9.4). `NotAPortal` when a web page comes, `Redirected` after more than 5 redirects or one
    /// from `https` to `http`, `Garbled` when the answer begins at another byte than `from` or 0.
    pub async fn download(&self, source: &DownloadSource, from: u64) -> Result<Download, ApiError> {
        let url = match source {
            DownloadSource::Link(url) => url.clone(),
            DownloadSource::File(id) => {
                let mut url = self.address.below("filehandler.ashx");
                url.query_pairs_mut().append_pair("action", "download").append_pair("fileid", &id.to_string());
                url
            }
        };
        let is_ours = url.origin() == self.address.as_url().origin();
        let auth = if is_ours { Auth::Bearer } else { Auth::Anonymous };
        let (opened, attempts) = self.client.open(Fetch { operation: download::OPERATION, url, auth, from }).await?;
        Ok(Download::new(opened, attempts))
    }

    async fn page(&self, operation: &'static str, id: &FolderId, listing: Listing) -> Result<FolderPage, ApiError> {
        let mut call = self.below_folder(operation, "api/2.0/files", id)?;
        paged(&mut call, listing);
        self.ask(call, |response| wire::folder_page(&response, listing)).await
    }

    /// A call whose path ends with the id, as one segment of it.
    fn below_folder(&self, operation: &'static str, path: &str, id: &FolderId) -> Result<Call, ApiError> {
        let segment = entry_id::segment(&id.to_string());
        let segment = segment.ok_or_else(|| given_up(operation, ApiErrorKind::NotFound, "no folder has such an id"))?;
        let mut call = self.get(operation, path);
        call.url.set_path(&format!("{}/{segment}", call.url.path()));
        Ok(call)
    }
}

fn given_up(operation: &'static str, kind: ApiErrorKind, why: &str) -> ApiError {
    ApiError::new(operation, kind).with_source(Detail(why.to_owned()))
}

/// Within a page the portal's order is not relied upon; of two files without a time the first is taken.
fn newest(files: Vec<File>, title: &str) -> Option<File> {
    files.into_iter().filter(|file| file.title == title).rev().max_by_key(|file| file.created)
}

/// What is listed. Without `withSubFolders=false` a filter would go through all that lies below (contract §9.4).
fn paged(call: &mut Call, listing: Listing) {
    let (filter, sort_by, sort_order) = match listing.show {
        Show::FilesOnly => (Some("1"), "DateAndTimeCreation", "descending"),
        Show::FoldersOnly => (Some("2"), "AZ", "ascending"),
        Show::Everything => (None, "DateAndTimeCreation", "descending"),
    };
    call.url.query_pairs_mut().extend_pairs(filter.map(|filter| ("filterType", filter)));
    call.url.query_pairs_mut().append_pair("withSubFolders", "false");
    part(call, sort_by, sort_order, listing);
}

/// In which order, and which part of it.
fn part(call: &mut Call, sort_by: &str, sort_order: &str, listing: Listing) {
    let mut query = call.url.query_pairs_mut();
    query.append_pair("sortBy", sort_by).append_pair("sortOrder", sort_order);
    query.append_pair("count", &listing.clamped_count().to_string());
    query.append_pair("startIndex", &listing.start_index.to_string());
}
