//! Everything about the backups of a DocSpace portal that needs judgement: make one, cancel one, put one back, and know what
//! really happened.
//!
//! The portal's own answers are not enough for that. It answers a start with 200 although another backup runs, ends failed
//! jobs with the status "completed", forgets jobs, keeps yesterday's for a day, and shows everybody the same one slot. A cancel
//! wipes results where nothing ran, and gets lost; a restore kills the key that started it. This crate knows these traps, so
//! that [`Outcome::Completed`] is never a guess, and nothing is ever started, or cancelled, twice.
//!
//! ```no_run
//! use backup_core::{CheckState, EventSender, IfRunning, Limits, Order, Outcome, Spending, Until, Wanted};
//! use backup_core::{check_before_start, drive};
//! use docspace_api::{Address, BackupTarget, ClientOptions, Credential, PlainHttp, Portal, Scope, StartBackup};
//! use jiff::Timestamp;
//! use tokio_util::sync::CancellationToken;
//!
//! # async fn example(key: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let address = Address::parse("https://portal.example.com", PlainHttp::LoopbackOnly)?;
//! let portal = Portal::new(address, Credential::parse(key)?, ClientOptions::default())?;
//! let backup = StartBackup { target: BackupTarget::Documents { folder: 123 }, scope: Scope::Portal };
//!
//! // Can this key do it, and for nothing?
//! let wanted = Wanted { backup: backup.clone(), spending: Spending::Never, schedule: None };
//! for finding in check_before_start(&portal, &wanted, Timestamp::now()).await {
//!     if finding.state == CheckState::Failed {
//!         return Err(format!("{}: {}", finding.check.id(), finding.found).into());
//!     }
//! }
//!
//! // Start it, once, and see it through.
//! let order = Order::Start { backup, if_running: IfRunning::Fail, until: Until::Ended, earlier: None };
//! let report = drive(&portal, order, Limits::default(), EventSender::none(), CancellationToken::new()).await;
//! if report.verdict.outcome != Outcome::Completed {
//!     eprintln!("{:?} because {:?}", report.verdict.outcome, report.verdict.reason);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `examples/` has three programs to start from: `backup_now` makes a backup and says how it ended, `cancel_running` cancels
//! the one that runs, `next_runs` says when the portal's own schedule is due.
//!
//! # Which to take
//!
//! | to | take | and it knows that |
//! |---|---|---|
//! | make a backup, or wait for one | [`drive`] with an [`Order`] | the portal never says "busy", and "failed" does not mean that there is no copy |
//! | cancel the one that runs | [`cancel`] with a [`CancelOrder`] | a cancel hits whatever runs, in both slots, and wipes the last result where nothing does |
//! | say what a restore would do | [`plan_restore`] | any id that was ever known is taken, also one of the wrong kind |
//! | put a copy back | [`restore`](restore()) with a [`RestoreOrder`] | key, number and ids die with it, and a dead key may not even look on |
//! | check key, portal, place and schedule | [`check_up`]; [`check_before_start`] for what is cheap | there are four kinds of 403, and a failed call proves nothing |
//! | know what the next backup costs | [`gather_cost`] and [`cost`](cost()) | deleted backups count, months are those of UTC |
//! | foretell the portal's schedule | [`next_runs`], [`hazards`], [`drift`] | months without the day are skipped, and a new schedule may fire at once |
//! | know where copies lie, and how large they are | [`locate`](locate()) | the history tells neither |
//! | find a folder by its name or path | [`find_folders`], [`top_folders`] | the section of the rooms takes no copy |
//!
//! # How it is built
//!
//! Each workflow that waits is a value: [`Run`], [`Cancellation`] and [`Restoration`] take what was seen and the time since
//! the beginning, and return the next step. They read no clock, open no connection and never sleep, so that a test can play a
//! day in a microsecond. The functions in the table are the loops around them: each does one step and tells what came of it.
//! Whoever needs another runtime or another transport writes that loop anew, and keeps the decisions. What is only judged, such
//! as [`findings`] or [`cost`](cost()), is a plain function of what was gathered before.
//!
//! What it promises:
//!
//! * A run asks for [`Step::Start`] at most once, and not at all where an [`Earlier`] process did. After a doubt (a timeout, a
//!   broken connection, a 5xx) it looks instead of sending again. The same holds for [`CancelStep::Cancel`] and
//!   [`RestoreStep::Start`].
//! * [`Outcome::Completed`] of a run means that the history lists the copy of *our* job. Anything less is
//!   [`Outcome::CompletedWithWarnings`], and the [`Warning`] says what is missing. A restore has one witness only, the portal's
//!   own word; [`RestoreVerdict`] says besides what has become of the key, and whether the portal is in service.
//! * Nothing is cancelled, or replaced by a restore, while a job that is not meant holds a slot, as far as the portal lets it be
//!   seen.
//! * Time always ends: by [`Limits::timeout`] or [`CancelLimits`], and then at the latest after one start and what is asked
//!   afterwards, each call with the limits of [`ClientOptions`](docspace_api::ClientOptions).
//! * The end is noticed within 2 s or 1 % of the duration, whichever is more; see [`Pace`] for the one exception and its price.
//!
//! # What it does not do
//!
//! It prints nothing, reads no environment and no file, tells nobody by mail, asks nobody for consent, and knows no exit codes.
//! It starts no second backup when the first one fails, and takes none before a restore. It downloads and deletes no copy, and
//! sets no schedule: those are single calls of `docspace-api`.

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
