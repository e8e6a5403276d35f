//! What this machine remembers of its runs: a durable record of every step, safe for several processes and after a crash.
//!
//! A program that starts something elsewhere and waits for hours can be killed in between. What it must know then, "did I
//! start it? was somebody told?", it has written down before each step that cannot be taken back. This crate is that
//! record. It knows no portal, no terminal and no channel: ids, words and JSON texts go in and come out as they went in.
//!
//! ```
//! use jiff::Timestamp;
//! use journal::{Ending, Journal, MessageState, NewMessage, NewRun, RunFilter, RunId, Tried};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let state = tempfile::tempdir()?;
//! # let folder = state.path();
//! let journal = Journal::open(folder)?; // $XDG_STATE_HOME/docspace-backup
//! let (portal, scope) = ("https://portal.example.com", "portal");
//!
//! // Whatever an earlier process has left behind comes first.
//! for run in journal.unfinished(portal, scope)? {
//!     if let Some(_lock) = journal.claim(&run.id)? {
//!         // By `run.phase`, see below.
//!     }
//! }
//!
//! let id = RunId::parse("7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11")?;
//! let run = NewRun {
//!     id: id.clone(),
//!     portal: portal.into(),
//!     profile: "main".into(),
//!     scope: scope.into(),
//!     order: r#"{"storage":"documents","folder":123}"#.into(),
//!     at: Timestamp::now(),
//! };
//! let lock = journal.begin(&run)?; // before the first request
//! journal.about_to_start(&id, None)?; // before the request that starts it
//! journal.bound(&id, "task 1", false)?;
//! journal.alive(&id, 45)?; // at every look
//! let report = r#"{"outcome":"completed"}"#.into();
//! let ending = Ending { outcome: "completed".into(), exit_code: 0, report };
//! let message = NewMessage {
//!     channel: "email".into(),
//!     key: "7f0c7d0e_completed".into(),
//!     portal: portal.into(),
//!     run: Some(id.clone()),
//!     incident: None,
//!     notice: r#"{"subject":"Backup completed"}"#.into(),
//! };
//! journal.conclude(&id, &ending, &[message], None)?; // before anybody is told
//!
//! for message in journal.waiting()? {
//!     let tried = Tried { delivered: true, attempts: 1, error: None, receipt: None };
//!     journal.tried(message.number, &tried)?; // right after each
//! }
//! journal.closed(&id)?;
//! drop(lock);
//!
//! assert_eq!(journal.runs(&RunFilter::default())?[0].messages[0].state, MessageState::Delivered);
//! # Ok(())
//! # }
//! ```
//!
//! # What a record found later means
//!
//! | [`Phase`] | what the process had done | what is left to do |
//! |---|---|---|
//! | [`Phase::Begun`] | asked, at most | nothing was started: give it a verdict and close it, or start it now |
//! | [`Phase::Starting`] | perhaps sent the start | look for a task that is not `previous_task`; never start again |
//! | [`Phase::Bound`] | learnt its task | wait for the task, or find out how it ended |
//! | [`Phase::Ended`] | learnt the verdict, and kept what is to be told of it | tell what waits, close |
//! | [`Phase::Closed`] | everything | nothing |
//!
//! The journal holds the order: a step that does not follow upon what is recorded is refused as
//! [`JournalErrorKind::OutOfOrder`], above all a second [`Journal::about_to_start`]. A channel may have been told although
//! that is not recorded: a repeat should carry the same id, and so a message is kept once for each key of a channel.
//!
//! # What it promises
//!
//! * What a call has returned `Ok` for is on the disk: it outlives `kill -9` and, as far as the disk keeps its word, a power
//!   cut. A call that fails, or is cut short, has changed nothing.
//! * Whether the process of a run lives is known for sure, without a clock and without process numbers: it holds a lock of the
//!   operating system on `runs/ID.lock`, which the system releases at its death. That works across containers that share the
//!   folder on one machine. What cannot be found out, such as the lock of another user, counts as alive. Do not remove lock
//!   files of runs that live.
//! * The newest 1000 runs are kept, and besides them whatever is not closed.
//!
//! # What it costs
//!
//! Every call blocks the thread and none is `async`. One that writes waits for the disk once: a few hundred microseconds on a
//! good one, some milliseconds on a slow one. A heartbeat within a second after the last one takes some tens of microseconds.
//! That is short enough to be called between two awaits. While other processes write, a call waits for them, for up to five
//! seconds.
//!
//! The folder must lie on a disk of the machine: SQLite's write-ahead log shares memory between processes, which no network
//! file system offers.
//!
//! # What must not get in
//!
//! A secret. The journal keeps what it is given, as it is, and cannot know what a text means: callers pass no key, no password
//! and no webhook address, neither in an order nor in a report, a notice or an error. Its files are for their owner alone
//! all the same.

mod database;
mod error;
mod incident;
mod journal;
mod lock;
mod message;
mod phase;
mod private;
mod run;
mod run_id;
mod schema;

pub use error::{JournalError, JournalErrorKind};
pub use incident::IncidentRecord;
pub use journal::Journal;
pub use lock::{ChannelLock, RunLock};
pub use message::{Message, MessageState, NewMessage, Tried};
pub use phase::Phase;
pub use run::{Ending, NewRun, RunFilter, RunRecord};
pub use run_id::RunId;
