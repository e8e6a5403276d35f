//! A typed client for the backup part of the ONLYOFFICE DocSpace REST API.
mod account;
mod address;
mod credential;
mod error;
mod history;
mod options;
mod portal;
mod progress;
mod raw;
mod start;
mod transport;
mod version;
mod wire;

pub use account::{KeyInfo, Tenant, User};
pub use address::{Address, AddressError, PlainHttp};
pub use credential::{Credential, CredentialError};
pub use error::{ApiError, ApiErrorKind, Denial, Effect};
pub use history::BackupRecord;
pub use options::{ClientOptions, Proxy, RetryPolicy};
pub use portal::Portal;
pub use progress::{JobKind, JobState, Progress, TaskId, TaskIdError};
pub use raw::RawCall;
pub use reqwest::Method;
pub use start::{BackupTarget, Scope, StartBackup, StorageType};
pub use transport::SetupError;
pub use version::{Version, VersionError};
