//! Start a DocSpace backup exactly once, wait for it, and find out what really happened.
//!
//! The portal's own answers are not enough for that. It answers a start with 200 although another backup runs, ends failed
//! jobs with the status "completed", forgets jobs, keeps yesterday's for a day, and shows everybody the same one slot. This
//! crate knows these traps, so that [`Outcome::Completed`] is never a guess.
//!
//! ```no_run
//! use backup_core::{EventSender, IfRunning, Limits, Order, Outcome, Until, drive};
//! use docspace_api::{Address, BackupTarget, ClientOptions, Credential, PlainHttp, Portal, Scope, StartBackup};
//! use tokio_util::sync::CancellationToken;
//!
//! # async fn example(key: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let address = Address::parse("https://portal.example.com", PlainHttp::LoopbackOnly)?;
//! let portal = Portal::new(address, Credential::parse(key)?, ClientOptions::default())?;
//!
//! let backup = StartBackup { target: BackupTarget::Documents { folder: 123 }, scope: Scope::Portal };
//! let order = Order::Start { backup, if_running: IfRunning::Fail, until: Until::Ended, earlier: None };
//! let report = drive(&portal, order, Limits::default(), EventSender::none(), CancellationToken::new()).await;
//!
//! if report.verdict.outcome != Outcome::Completed {
//!     eprintln!("{:?} because {:?}", report.verdict.outcome, report.verdict.reason);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # How it is built
//!
//! [`Run`] is the whole workflow as a value: [`Run::step`] takes what was [`Seen`] and the time since the beginning, and
//! returns the next [`Step`]. It reads no clock, opens no connection and never sleeps, so that a test can play a day in a
//! microsecond. [`drive`] is the loop around it: it does each step and tells what came of it. Whoever needs another runtime or
//! another transport writes that loop anew, and keeps the decisions.
//!
//! What it promises:
//!
//! * A run asks for [`Step::Start`] at most once, and not at all where an [`Earlier`] process did. After a doubt (a timeout, a broken connection, a 5xx) it looks instead of
//!   sending again.
//! * [`Outcome::Completed`] means that the history lists the copy of *our* job. Anything less is [`Outcome::CompletedWithWarnings`], and the [`Warning`] says what is missing.
//! * Time always ends: by [`Limits::timeout`], and then at the latest after one start and one reading of the history, each with
//!   the limits of [`ClientOptions`](docspace_api::ClientOptions).
//! * The end is noticed within 2 s or 1 % of the duration, whichever is more; see [`Pace`] for the one exception and its price.
//!
//! # What it does not do
//!
//! It prints nothing, reads no environment and no file, tells nobody by mail, and knows no exit codes. It starts no second
//! backup when the first one fails. It downloads and deletes nothing.

mod calls;
mod cancel;
mod checkup;
mod clock;
mod cost;
mod doubt;
mod drive;
mod event;
mod failure;
#[cfg(test)]
mod fixture;
mod folders;
mod followed;
mod locate;
mod looks;
mod order;
mod outcome;
mod pace;
mod report;
mod restore;
mod run;
mod schedule;
mod turn;
mod verdict;

pub use cancel::{
    CancelLimits, CancelOrder, CancelOutcome, CancelReport, CancelSeen, CancelStep, CancelVerdict, Cancellation, cancel,
};
pub use checkup::{
    Asked, Check, CheckState, ClockReading, Evidence, Fault, Finding, Spending, Wanted, check_before_start, check_up,
    findings, gather_evidence,
};
pub use cost::{Cost, CostEvidence, cost, gather_cost};
pub use drive::drive;
pub use event::{Event, EventSender, events};
pub use failure::Failure;
pub use folders::{FolderSearch, FoundFolder, find_folders, top_folders};
pub use locate::{Location, Locations, MostCalls, locate};
pub use order::{Earlier, IfRunning, Limits, Order, Until};
pub use outcome::{Outcome, Reason, Verdict, Warning};
pub use pace::Pace;
pub use report::Report;
pub use restore::{
    Consequence, KeyFate, Restoration, RestoreCopy, RestoreOrder, RestorePlan, RestorePlanError, RestoreReport,
    RestoreSeen, RestoreStep, RestoreVerdict, RestoreWish, plan_restore, restore,
};
pub use run::{Run, Seen, Step};
pub use schedule::{Declared, Difference, Hazard, drift, hazards, next_runs};
pub use turn::Turn;
