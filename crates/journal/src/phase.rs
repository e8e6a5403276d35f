//! How far a run has come.

use std::fmt;

use crate::error::{Fault, JournalErrorKind};

/// How far a run has come; each one follows upon one that stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// It has begun, and has asked nobody to start anything.
    Begun,
    /// The request that starts the backup was perhaps sent. Whether it took effect is not known.
    Starting,
    /// The backup is known by its task.
    Bound,
    /// The verdict is known. People have perhaps not been told.
    Ended,
    /// Nothing is left to do.
    Closed,
}

impl Phase {
    const ALL: [Self; 5] = [Self::Begun, Self::Starting, Self::Bound, Self::Ended, Self::Closed];

    /// The word for it, in small letters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Starting => "starting",
            Self::Bound => "bound",
            Self::Ended => "ended",
            Self::Closed => "closed",
        }
    }

    pub(crate) fn from_word(word: &str) -> Result<Self, Fault> {
        let known = Self::ALL.into_iter().find(|phase| phase.as_str() == word);
        known.ok_or_else(|| Fault::new(JournalErrorKind::Damaged, format!("no phase has the name {word:?}")))
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_is_read_back_from_its_word() {
        for phase in Phase::ALL {
            assert_eq!(Phase::from_word(phase.as_str()).unwrap(), phase);
        }
        assert_eq!(Phase::from_word("over").unwrap_err().kind(), JournalErrorKind::Damaged);
    }
}
