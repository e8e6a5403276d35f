//! What is kept of a run.

use jiff::Timestamp;

use crate::message::Message;
use crate::phase::Phase;
use crate::run_id::RunId;

/// A run that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// Its id, new for each run.
    pub id: RunId,
    /// The portal's address. Runs are found again by it and by the scope, letter for letter.
    pub portal: String,
    /// The name of the settings' profile.
    pub profile: String,
    /// Which of the portal's places for a backup it takes: runs of different scopes do not meet.
    pub scope: String,
    /// What was ordered, as a JSON text that the caller understands again after a crash.
    pub order: String,
    /// When it began.
    pub at: Timestamp,
}

/// The verdict on a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The word for it.
    pub outcome: String,
    /// What the program exits with.
    pub exit_code: u8,
    /// The report, as a JSON text.
    pub report: String,
}

/// All that is known of a run. Times are kept to the microsecond.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// Its id.
    pub id: RunId,
    /// The portal's address.
    pub portal: String,
    /// The name of the settings' profile.
    pub profile: String,
    /// Which of the portal's places for a backup it takes.
    pub scope: String,
    /// What was ordered, as a JSON text.
    pub order: String,
    /// How far it has come.
    pub phase: Phase,
    /// The task that the portal remembered when the start was about to be sent: this one is not ours.
    pub previous_task: Option<String>,
    /// The task of the backup, once it is known.
    pub task: Option<String>,
    /// Whether the backup ran before the run came.
    pub joined: bool,
    /// How far the backup was at the last heartbeat that was kept, 0 to 100.
    pub progress: Option<u8>,
    /// The word for the verdict.
    pub outcome: Option<String>,
    /// What the program exits with.
    pub exit_code: Option<u8>,
    /// The report, as a JSON text.
    pub report: Option<String>,
    /// When it began.
    pub begun_at: Timestamp,
    /// When the start was about to be sent; never, for a run that joined a backup.
    pub started_at: Option<Timestamp>,
    /// The last sign of life: a step, or a heartbeat that was kept.
    pub alive_at: Timestamp,
    /// When the verdict was first known.
    pub ended_at: Option<Timestamp>,
    /// What is to be told of it, and whether that worked, in the order in which it was kept.
    pub messages: Vec<Message>,
}

/// Which runs to list; the default lists all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Only those of the portal with this address, letter for letter.
    pub portal: Option<String>,
    /// At most so many, the newest.
    pub limit: Option<usize>,
}
