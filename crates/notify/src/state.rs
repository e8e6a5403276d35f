//! What a notice is about, in the few words by which channels choose what they get.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What happened, as coarse as a channel's choice of what it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It began.
    Started,
    /// It ended well.
    Completed,
    /// It ended, or was not begun, in a way that somebody should look at; nothing is lost.
    #[serde(alias = "completed_with_warnings", alias = "cancelled", alias = "busy")]
    // older notices that are still owed
    Warning,
    /// It failed, or nobody knows how it ended.
    #[serde(alias = "lost", alias = "not_started")]
    Failed,
    /// It goes on, and nobody waits for it any longer.
    StillRunning,
    /// The newest good one is too old.
    Stale,
    /// It is good again after a failure.
    Recovered,
    /// Nothing happened: somebody tries a channel out. Every channel gets it, and it must open, close and start nothing.
    Test,
}

impl State {
    /// All that a channel can choose, in the order of a life.
    pub const ALL: [Self; 7] =
        [Self::Started, Self::Completed, Self::Warning, Self::Failed, Self::StillRunning, Self::Stale, Self::Recovered];

    /// The word that `Display` prints; `FromStr` reads those of [`ALL`](Self::ALL).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Completed => "completed",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::StillRunning => "still_running",
            Self::Stale => "stale",
            Self::Recovered => "recovered",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == word);
        found.ok_or_else(|| UnknownState(word.to_owned()))
    }
}

/// A word that is none of the states.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no state; there are started, completed, warning, failed, still_running, stale and recovered")]
pub struct UnknownState(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_they_are_printed() {
        for state in State::ALL {
            assert_eq!(state.to_string().parse(), Ok(state));
        }
        let error = "faild".parse::<State>().unwrap_err();
        expect_test::expect![[
            r#""faild" is no state; there are started, completed, warning, failed, still_running, stale and recovered"#
        ]]
        .assert_eq(&error.to_string());
    }
}
