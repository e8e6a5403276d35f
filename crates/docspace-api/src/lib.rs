//! A typed client for the backup part of the ONLYOFFICE DocSpace REST API.
mod account;
mod error;
mod history;
mod progress;
mod start;

pub use account::{KeyInfo, Tenant, User, Version};
pub use error::{ApiError, ApiErrorKind, Denial, Effect};
pub use history::BackupRecord;
pub use progress::{JobKind, JobState, Progress, TaskId, TaskIdError};
pub use start::{BackupTarget, Scope, StartBackup, StorageType};
