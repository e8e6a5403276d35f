//! What must come of a scenario.

use std::{borrow::Cow, ops::RangeInclusive};

/// What must come of a scenario. What is not named is not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    /// `outcome`, or `outcome: code` where there is an error; for other commands the kind of the document.
    pub(super) outcome: Cow<'static, str>,
    pub(super) exit: i32,
    /// Jobs that began at the portal because of a call.
    pub(super) starts: usize,
    /// Calls for a start that came to the portal.
    pub(super) sent: RangeInclusive<usize>,
    /// What else calls changed, or tried to: see [`changes`](super::changes::changes). Usually nothing.
    pub(super) changed: &'static str,
    /// What the document says elsewhere: a pointer, and the text or number there.
    pub(super) tells: Vec<(&'static str, &'static str)>,
    /// `name status xTRIES` for each channel.
    pub(super) told: Option<&'static str>,
    /// Different notices that the webhook got.
    pub(super) notices: Option<usize>,
    /// What the journal says of each run, newest first: `phase outcome`.
    pub(super) runs: Option<&'static str>,
    /// Something on standard error.
    pub(super) says: Option<&'static str>,
}

impl Expected {
    /// Outcome, exit code, jobs begun, starts sent; nothing else changed.
    pub(super) fn of(outcome: &'static str, exit: i32, starts: usize, sent: usize) -> Self {
        Self {
            outcome: outcome.into(),
            exit,
            starts,
            sent: sent..=sent,
            changed: "",
            tells: Vec::new(),
            told: None,
            notices: None,
            runs: None,
            says: None,
        }
    }
}
