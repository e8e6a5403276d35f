//! Where the copy shall go, as typed.

use std::{fmt, str::FromStr};

use clap::{Args, ValueEnum};

use super::DumpArgument;

/// Where the copy goes and what it covers.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StorageArguments {
    /// Where the copy goes [default: documents with a folder, else temporary, which the portal deletes after 24 h]
    ///
    /// The portal's own words are taken too: DataStore, Documents, ThirdPartyDocuments, ThirdPartyConsumer, Local.
    #[arg(long, value_enum, ignore_case = true, value_name = "WORD")]
    pub(crate) storage: Option<StorageWord>,

    /// Folder for the copy: a number for documents, the drive's text for third-party-documents
    #[arg(long, value_name = "ID")]
    pub(crate) folder: Option<String>,

    /// What the storage needs, once per key: filePath for local; module, bucket, … for third-party-storage
    #[arg(long = "param", value_name = "KEY=VALUE")]
    pub(crate) params: Vec<Param>,

    #[command(flatten)]
    pub(crate) dump: DumpArgument,
}

/// The places a copy can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StorageWord {
    /// The portal's temporary store: gone after 24 h
    #[value(alias = "DataStore")]
    Temporary,
    /// A folder of the portal's own documents
    Documents,
    /// A folder of a third-party drive that is connected to the portal
    #[value(alias = "ThirdPartyDocuments", alias = "ThridpartyDocuments")]
    ThirdPartyDocuments,
    /// A storage provider that is connected to the portal, S3 for example
    #[value(alias = "ThirdPartyConsumer")]
    ThirdPartyStorage,
    /// A directory on the disk of the portal's server; self-hosted servers only
    Local,
}

impl StorageWord {
    /// The word as it is written in flags, files and reports.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Temporary => "temporary",
            Self::Documents => "documents",
            Self::ThirdPartyDocuments => "third-party-documents",
            Self::ThirdPartyStorage => "third-party-storage",
            Self::Local => "local",
        }
    }
}

impl fmt::Display for StorageWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One `KEY=VALUE`; the value may be empty and may hold more `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Param {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl FromStr for Param {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((key, value)) if !key.trim().is_empty() => {
                Ok(Self { key: key.trim().to_owned(), value: value.to_owned() })
            }
            Some(_) | None => Err("KEY=VALUE is expected".to_owned()),
        }
    }
}
