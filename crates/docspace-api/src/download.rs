//! A file on its way from the portal, piece by piece.

use std::fmt;

use bytes::Bytes;
use url::Url;

use crate::{ApiError, ApiErrorKind, FileId, transport::Opened};

/// What to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadSource {
    /// A file of the portal's documents.
    File(FileId),
    /// The link of a finished job, [`Progress::link`](crate::Progress::link). The key goes with it only where the link
    /// has the portal's own scheme, host and port.
    Link(Url),
}

/// A file that is being downloaded. The connection is closed when this is dropped.
///
/// It takes no more memory than one piece, and no more time than the pieces need: only silence is limited, by
/// [`ClientOptions::idle_timeout`](crate::ClientOptions::idle_timeout).
pub struct Download {
    state: State,
    offset: u64,
    total: Option<u64>,
    received: u64,
    attempts: u32,
}

enum State {
    Open(Opened),
    Ended,
    /// What it broke with, so that asking again does not look like an end.
    Broken(ApiErrorKind),
}

/// What is tried, as it follows "cannot".
pub(crate) const OPERATION: &str = "download the file";

impl Download {
    pub(crate) fn new(opened: Opened, attempts: u32) -> Self {
        let extent = opened.extent();
        Self { offset: extent.offset, total: extent.total, received: 0, attempts, state: State::Open(opened) }
    }

    /// The size of the whole file in bytes, whatever part of it comes. `None` where the server does not tell it: then a
    /// file that ends too early cannot be told from a whole one.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Which byte of the file comes first: the one asked for, or 0 where the server sends the whole file all the same.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next piece, never empty; `None` once the file has ended and all its bytes were here.
    ///
    /// # Errors
    ///
    /// `Interrupted` when the connection breaks or the file ends before [`total`](Self::total), `TimedOut` when nothing
    /// comes for [`ClientOptions::idle_timeout`](crate::ClientOptions::idle_timeout), `Garbled` when more comes than
    /// was announced. After an error nothing more comes: download again from the byte that is missing.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ApiError> {
        let result = match &mut self.state {
            State::Open(opened) => opened.next().await,
            State::Ended => return Ok(None),
            State::Broken(kind) => return Err(ApiError::new(OPERATION, *kind).with_attempts(self.attempts)),
        };
        let chunk = result.map_err(|failure| failure.into_error(OPERATION, self.attempts));
        chunk.and_then(|chunk| self.account(chunk)).inspect_err(|error| self.state = State::Broken(error.kind()))
    }

    fn account(&mut self, chunk: Option<Bytes>) -> Result<Option<Bytes>, ApiError> {
        let length = chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        self.received = self.received.saturating_add(length);
        let here = self.offset.saturating_add(self.received);
        match (chunk, self.total) {
            (Some(_), Some(total)) if here > total => Err(self.failed(ApiErrorKind::Garbled)),
            (None, Some(total)) if here < total => Err(self.failed(ApiErrorKind::Interrupted)),
            (Some(chunk), _) => Ok(Some(chunk)),
            (None, _) => {
                self.state = State::Ended;
                Ok(None)
            }
        }
    }

    fn failed(&self, kind: ApiErrorKind) -> ApiError {
        ApiError::new(OPERATION, kind).with_attempts(self.attempts)
    }
}

impl fmt::Debug for Download {
    /// Without the address, which may be signed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("offset", &self.offset)
            .field("total", &self.total)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
