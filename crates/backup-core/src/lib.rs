//! Start a DocSpace backup exactly once, wait for it, and find out what really happened.

mod drive;
mod event;
mod failure;
mod order;
mod outcome;
mod pace;
mod report;
mod run;
mod verdict;

pub use drive::drive;
pub use event::{Event, EventSender, events};
pub use failure::Failure;
pub use order::{IfRunning, Limits, Order, Until};
pub use outcome::{Outcome, Reason, Verdict, Warning};
pub use pace::Pace;
pub use report::Report;
pub use run::{Run, Seen, Step, Turn};
