//! A file that a test puts into a folder.

use jiff::Timestamp;

/// A file of any content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    pub(crate) folder: String,
    pub(crate) title: String,
    pub(crate) content: Vec<u8>,
    pub(crate) created: Option<Timestamp>,
}

impl NewFile {
    /// An empty file of this moment, in the folder with this id.
    pub fn new(folder: impl Into<String>, title: impl Into<String>) -> Self {
        Self { folder: folder.into(), title: title.into(), content: Vec::new(), created: None }
    }

    /// What is in it.
    pub fn content(self, content: impl Into<Vec<u8>>) -> Self {
        Self { content: content.into(), ..self }
    }

    /// When it was created.
    pub fn created(self, time: Timestamp) -> Self {
        Self { created: Some(time), ..self }
    }
}
