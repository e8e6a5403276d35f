//! A trouble that lasts from its first failure to the recovery.

use jiff::Timestamp;

/// What is kept of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRecord {
    /// Its id, new for each incident.
    pub id: String,
    /// The portal's address, letter for letter. One incident of each kind is open for a portal at a time.
    pub portal: String,
    /// What is wrong, as a word: `backup`.
    pub kind: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed; `None` while it is open.
    pub closed_at: Option<Timestamp>,
    /// How many failures it has seen.
    pub failures: u32,
    /// When people were last told of it.
    pub told_at: Timestamp,
    /// How often people were told of it.
    pub times_told: u32,
}
