//! A typed client for the backup part of the ONLYOFFICE DocSpace REST API.
//!
//! One [`Portal`] stands for one portal and the key to call it. Its methods speak the portal's own words, and
//! [`raw`](Portal::raw) calls any operation that has none.
//!
//! ```no_run
//! use docspace_api::{Address, BackupTarget, ClientOptions, Credential, PlainHttp, Portal, Scope, StartBackup};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let address = Address::parse("portal.example.com", PlainHttp::LoopbackOnly)?;
//!     let key = Credential::parse(&std::fs::read_to_string("docspace-api-key")?)?;
//!     let portal = Portal::new(address, key, ClientOptions::default())?;
//!
//!     // The portal never says "busy", so look before asking for another backup.
//!     if portal.backup_progress(Scope::Portal).await?.is_some_and(|job| !job.state.is_over()) {
//!         return Err("a backup is running already".into());
//!     }
//!     let order = StartBackup { target: BackupTarget::Documents { folder: 123 }, scope: Scope::Portal };
//!     match portal.start_backup(&order).await {
//!         Ok(Some(job)) => println!("started: {}", job.task),
//!         Ok(None) => println!("taken, but not shown yet"),
//!         Err(error) if error.kind().leaves_doubt() => println!("{error}; look at the progress, never start twice"),
//!         Err(error) => return Err(error.into()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! `examples/` has three programs to start from: `watch_backup` looks at a job until it is over, `thin_history` removes all
//! but the newest copies, `find_copy` finds the newest copy's file in a folder and saves it.
//!
//! # The whole surface
//!
//! The right column names the part of the contract, the team's page on what portals really do, that tells what each
//! operation is like on the wire. *Needs* is the first version of DocSpace that has it, where that is not any: an older
//! portal is told by [`ApiErrorKind::Unsupported`], after it was asked for its version.
//!
//! | operation | method | needs | contract |
//! |---|---|---|---|
//! | `POST backup/startbackup` | [`start_backup`](Portal::start_backup) | | §2 |
//! | `GET backup/getbackupprogress` | [`backup_progress`](Portal::backup_progress) | | §3 |
//! | `POST backup/cancelbackup` | [`cancel_backup`](Portal::cancel_backup) | 3.7.1 | §4 |
//! | `GET backup/getbackuphistory` | [`backup_history`](Portal::backup_history) | | §5 |
//! | `DELETE backup/deletebackup/{id}` | [`delete_backup`](Portal::delete_backup) | | §6 |
//! | `DELETE backup/deletebackuphistory` | [`delete_backup_history`](Portal::delete_backup_history) | | §6 |
//! | `GET backup/getbackupschedule` | [`backup_schedule`](Portal::backup_schedule) | | §7 |
//! | `POST backup/createbackupschedule` | [`create_backup_schedule`](Portal::create_backup_schedule) | | §7 |
//! | `DELETE backup/deletebackupschedule` | [`delete_backup_schedule`](Portal::delete_backup_schedule) | | §7 |
//! | `POST backup/startrestore` | [`start_restore`](Portal::start_restore) | | §8 |
//! | `GET backup/getrestoreprogress` | [`restore_progress`](Portal::restore_progress) | | §8 |
//! | `GET backup/getbackupscount` | [`backups_count`](Portal::backups_count) | 3.5.0 | §2.6, §12 |
//! | `GET backup/getservicestate` | [`service_state`](Portal::service_state) | 3.5.0 | §12 |
//! | `GET settings/storage/backup` | [`storage_providers`](Portal::storage_providers) | | §9.2 |
//! | `GET files/folder/{id}` | [`folder`](Portal::folder) | | §9.5 |
//! | `GET files/@my` | [`my_documents`](Portal::my_documents) | | §9.5 |
//! | `GET files/@root` | [`sections`](Portal::sections) | | §9.5 |
//! | `GET files/rooms` | [`rooms`](Portal::rooms) | | §9.5 |
//! | `GET files/{id}` | [`list_folder`](Portal::list_folder), [`find_file`](Portal::find_file) | | §9.4 |
//! | `GET filehandler.ashx`, a job's link | [`download`](Portal::download) | | §9.1, §9.4 |
//! | `GET keys/@self` | [`key`](Portal::key) | | §10.2, §10.4 |
//! | `GET people/@self` | [`user`](Portal::user) | | §10.4 |
//! | `GET portal` | [`tenant`](Portal::tenant) | | §1.2, §10.4 |
//! | `GET portal/quota` | [`quota`](Portal::quota) | | §2.6 |
//! | `GET portal/usedspace` | [`used_space`](Portal::used_space) | | |
//! | `GET settings` | [`settings`](Portal::settings) | | §7 |
//! | `GET settings/version/build` | [`version`](Portal::version) | | §10.4, §13 |
//! | anything else | [`raw`](Portal::raw) | | §1 |
//!
//! What concerns the whole server instead of one portal is asked for by [`Scope::Server`] (`dump` on the wire).
//!
//! # Why a client of its own
//!
//! Portals answer in ways that a generated client gets wrong (the contract page has them all): nothing is an absent
//! key, a failed job says "completed", a refusal comes in six shapes or as a web page, times have no zone, and "never"
//! is the year 1. Here all of that is read once, into types that cannot lie:
//!
//! - [`JobState`] is worked out from four fields, of which the portal's `status` is the least believed.
//! - [`ApiErrorKind`] is all that a caller may branch on. A refusal keeps its status whatever its body; the portal's own
//!   words are at hand in [`ApiError::portal_message`], short and safe to show.
//! - Whether to send again follows from that kind and from what the call does, [`Effect`]: a read is tried up to four
//!   times; a change of schedule or the removal of one copy is sent again where the portal surely did not look at it; a
//!   start, a cancel and the removal of all copies are repeated only if no connection came about.
//!   [`ApiErrorKind::leaves_doubt`] says after which failures it was perhaps done all the same.
//! - What a portal would refuse or misread cannot be ordered: [`BackupTarget`] has for each place what that place needs,
//!   [`BackupPeriod`] has a week whose Monday is [`Weekday::Monday`] (the wire's 1 is Sunday), [`Hour`], [`MonthDay`] and
//!   [`BackupsStored`] hold only numbers that a schedule can have.
//!
//! # Limits
//!
//! A connection has 10 s, silence 65 s, a call with all its tries 120 s, and an answer 16 MiB once decompressed;
//! [`ClientOptions`] changes the times. A download has no limit but that of silence. `Retry-After` is obeyed up to [`RetryPolicy::longest_delay`].
//!
//! # What is not here
//!
//! - No policy: nothing polls, waits for a backup or judges one. `backup-core` does.
//! - No settings: no environment variable is read but the proxy's, no file, no argument.
//! - No terminal: failures are values, and what is logged is one `tracing` event for each call, with operation, status,
//!   attempt and duration, never with a body, a header or a query.
//! - No way to the key: no `Debug`, message or log shows it, and it is sent to no other host, since only a download follows
//!   redirects, and goes elsewhere without it. `settings/version/build` and `getrestoreprogress` are asked without it.
//! - No error type of a dependency in any signature.
//!
//! TLS is rustls with ring; [`Portal::new`] installs ring for the process unless another provider is installed. All
//! calls need a tokio runtime with IO and time enabled.

mod account;
mod address;
mod credential;
mod download;
mod entry_id;
mod error;
mod file;
mod file_name;
mod folder;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
mod history;
mod limits;
mod listing;
mod options;
mod portal;
mod progress;
mod raw;
mod restore;
mod schedule;
mod start;
#[cfg(test)]
mod tests;
mod transport;
mod version;
mod wire;

pub use account::{KeyInfo, PortalSettings, StorageProvider, Tenant, TenantStatus, User};
pub use address::{Address, AddressError, PlainHttp};
pub use credential::{Credential, CredentialError};
pub use download::{Download, DownloadSource};
pub use entry_id::EntryIdError;
pub use error::{ApiError, ApiErrorKind, Denial, Effect};
pub use file::{File, FileId};
pub use folder::{Folder, FolderId};
pub use history::BackupRecord;
pub use jiff::civil::Weekday;
pub use limits::{BackupsCount, Payment, Quota, ServiceState};
pub use listing::{FolderPage, Listing, Show};
pub use options::{ClientOptions, Proxy, RetryPolicy};
pub use portal::Portal;
pub use progress::{CancelReply, JobKind, JobState, Progress, TaskId, TaskIdError};
pub use raw::RawCall;
pub use reqwest::Method;
pub use restore::{NotifyUsers, RestoreSource, StartRestore};
pub use schedule::{BackupPeriod, BackupsStored, CronParams, Hour, MonthDay, NewSchedule, Schedule};
pub use start::{BackupTarget, Scope, StartBackup, StorageType};
pub use transport::SetupError;
pub use version::{Version, VersionError};
