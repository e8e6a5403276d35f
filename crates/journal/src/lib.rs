//! What this machine remembers of its runs: a durable record of every step, in an SQLite file.

mod database;
mod delivery;
mod error;
mod journal;
mod lock;
mod phase;
mod private;
mod run;
mod run_id;
mod schema;

pub use delivery::{DeliveryRecord, Told};
pub use error::{JournalError, JournalErrorKind};
pub use journal::Journal;
pub use lock::RunLock;
pub use phase::Phase;
pub use run::{Ending, NewRun, RunFilter, RunRecord};
pub use run_id::RunId;
