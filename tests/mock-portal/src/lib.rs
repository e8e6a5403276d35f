//! A stateful stand-in for an ONLYOFFICE DocSpace portal, for tests and for play.
//!
//! A [`MockPortal`] listens on a real socket and behaves as the team's page on the portal's wire behaviour ("the
//! contract") says, not as a list of canned answers: a start begins a job, the job lives its life as time passes, the
//! history knows it afterwards. It shares no type with the client that it tests, so that both can only agree by
//! keeping to the contract.
//!
//! ```no_run
//! use std::time::Duration;
//! use mock_portal::{Answer, Config, DEMO_KEY, Fault, JobPlan, MockPortal, Operation};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let portal = MockPortal::start(Config { backup_duration: Duration::from_millis(300), ..Config::default() }).await;
//! // The next job fails at 45 %, and the answer to its start gets lost on the way back.
//! portal.plan_next_job(JobPlan::fail("disk full").at_percent(45));
//! portal.inject(Fault::on(Operation::Start).answer(Answer::gateway(502)).after_effect());
//!
//! let start = reqwest::Client::new()
//!     .post(format!("{}/api/2.0/backup/startbackup", portal.url()))
//!     .bearer_auth(DEMO_KEY)
//!     .json(&serde_json::json!({"storageType": "DataStore"}));
//! assert_eq!(start.send().await?.status(), 502);
//! assert_eq!(portal.starts(), 1, "the job began all the same:{}", portal.log());
//! # Ok(())
//! # }
//! ```
//!
//! # What a test can do
//!
//! | to | take |
//! |---|---|
//! | set the portal up | [`Config`], [`MockPortal::play`] with a [`Scenario`] |
//! | decide what becomes of backups | [`JobPlan`] with [`plan_next_job`](MockPortal::plan_next_job) and [`plan_every_job`](MockPortal::plan_every_job) |
//! | have somebody else's or yesterday's job there | [`SlotJob`] with [`put_in_slot`](MockPortal::put_in_slot), [`Record`] with [`add_record`](MockPortal::add_record) |
//! | fill its folders | [`NewFolder`] with [`add_folder`](MockPortal::add_folder), [`NewFile`] with [`add_file`](MockPortal::add_file), [`remove_file`](MockPortal::remove_file) |
//! | choose where bytes lie, and how many | [`Config::store`], [`Config::archive_padding`]; a hop to the object store is a call of [`Operation::Object`] |
//! | keep a schedule there | [`Schedule`] with [`put_schedule`](MockPortal::put_schedule), [`Config::scheduler_tick`] |
//! | decide what becomes of restores and cancels | [`plan_next_restore`](MockPortal::plan_next_restore), [`plan_cancels`](MockPortal::plan_cancels) with a [`CancelPlan`] |
//! | have ids of other tenants | [`add_foreign_backup`](MockPortal::add_foreign_backup) |
//! | let the key expire, or make a new one | [`expire_key_in`](MockPortal::expire_key_in), [`renew_key`](MockPortal::renew_key) |
//! | change name, time zone, free backups, wallet, space | [`change`](MockPortal::change) |
//! | know what became of backups | [`records`](MockPortal::records), [`deleted`](MockPortal::deleted), [`schedules`](MockPortal::schedules), [`schedule_writes`](MockPortal::schedule_writes), [`restores`](MockPortal::restores), [`tenant`](MockPortal::tenant), [`is_restoring`](MockPortal::is_restoring) |
//! | change who calls, or what is wrong with the portal | [`Caller`], [`Trouble`] |
//! | break single calls | [`Fault`], [`Answer`] |
//! | break all of them | [`go_down`](MockPortal::go_down), [`come_back`](MockPortal::come_back) |
//! | know what happened | [`calls`](MockPortal::calls), [`starts`](MockPortal::starts), [`jobs`](MockPortal::jobs), [`log`](MockPortal::log) |
//! | wait for it without sleeping | [`wait_for`](MockPortal::wait_for), [`wait_for_calls`](MockPortal::wait_for_calls) |
//!
//! All time is tokio's, so a test with paused time sees a backup of six hours in a moment, dates included. Such a
//! test has to be one of a single thread, with portal and client in the same runtime.
//!
//! # The program
//!
//! `mock-portal` serves one portal until Ctrl-C: its first line on stdout says where, each call is a line on stderr,
//! and `--help` lists the scenarios.
//!
//! # What it does not imitate
//!
//! * Operations other than those of [`Operation`]: they are answered by an empty 404.
//! * Logins, cookies and tokens: nothing but the API key opens anything. `?fields=` prunes nothing.
//! * Files that are no backups, beyond what tests put there: neither changes of folders, nor sharing, nor versions.
//!   Listings know no filter but for files, for folders and for a part of the title, and rooms have no types.
//! * Copies on the server's own disc (`Local`), and providers' stores unless [`Config::store`] is an object store.
//! * The rate limiter, the web server in front, TLS: 429, HTML pages and broken connections come by [`Fault`] alone.
//! * Several tenants: the `Host` and `Origin` headers change nothing, but `Host` is what `links` show. Of other tenants
//!   there are nothing but the ids of their backups.
//! * What a restore brings back: users, files, schedules and settings stay as they are. Of a portal restore are seen the
//!   closed portal, its new number, the dead key, the empty slot and the new ids of the history.
//! * Prices and payments: the wallet is off, on or empty, and nothing is ever taken from it.
//! * The second start event of a busy start, which on a real portal can run a finished task again under its old id
//!   (contract §2.2), and the minutes that its cleaners wait: what expires is gone at once.
//! * Messages in the user's language, and answers whose exact form the contract itself is unsure of: they have its
//!   best guess.

mod answer;
mod archive;
mod asking;
mod backup_route;
mod call;
mod caller;
mod cancel_plan;
mod clock;
mod config;
mod credentials;
mod cron;
mod cron_request;
mod curve;
mod envelope;
mod fault;
mod files;
mod files_route;
mod gate;
mod gzip;
mod job;
mod life_cycle;
mod new_file;
mod new_folder;
mod operation;
mod operations;
mod payment;
mod percent;
mod plan;
mod portal;
mod program;
mod queue;
mod range;
mod record;
mod request;
mod restore;
mod restore_request;
mod scenario;
mod scenario_set_up;
mod schedule;
mod scheduler;
mod server;
mod setting;
mod signed_link;
mod slot_job;
mod state;
mod storage_request;
mod storage_type;
mod tree;
mod waiting;
mod wire;

pub use answer::Answer;
pub use call::{Call, Reply};
pub use caller::{Caller, Role, Scope, Trouble};
pub use cancel_plan::CancelPlan;
pub use config::{Config, DEMO_KEY, Folder, Store, Wallet};
pub use credentials::Credentials;
pub use cron::Period;
pub use fault::Fault;
pub use new_file::NewFile;
pub use new_folder::NewFolder;
pub use operation::Operation;
pub use plan::{JobPlan, Vanish};
pub use portal::{JobTimes, MockPortal};
pub use program::run_program;
pub use record::Record;
pub use scenario::{Scenario, UnknownScenario};
pub use schedule::Schedule;
pub use slot_job::SlotJob;
pub use storage_type::StorageType;
pub use waiting::Snapshot;
