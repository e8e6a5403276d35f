//! What ties the notices of one trouble together, from the first failure to the recovery.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The trouble that a notice belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// The same for all notices of this trouble, and for no other: a pager's deduplication key is made of it.
    pub id: String,
    /// Where it stands.
    pub phase: IncidentPhase,
    /// When it was opened.
    pub since: Timestamp,
    /// How many failures it has seen, this one included; at least 1.
    pub failures: u32,
}

/// Where a trouble stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentPhase {
    /// This notice opens it.
    Opened,
    /// It was open before.
    Ongoing,
    /// This notice closes it.
    Resolved,
}
