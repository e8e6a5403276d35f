//! Who is to be told of a run, and whether that worked.

use jiff::Timestamp;

/// What came of telling one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whether it was taken over.
    pub delivered: bool,
    /// How often it was tried this time.
    pub attempts: u32,
    /// Why it did not work, without a secret.
    pub error: Option<String>,
}

/// One channel that is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The channel's name.
    pub channel: String,
    /// Whether it was taken over; once it was, that stays.
    pub delivered: bool,
    /// How often it was tried, over all processes. After a crash it may have been tried once more than this says.
    pub attempts: u32,
    /// Why the last try did not work.
    pub error: Option<String>,
    /// When the last tries were recorded; never, as long as there were none.
    pub tried_at: Option<Timestamp>,
}
