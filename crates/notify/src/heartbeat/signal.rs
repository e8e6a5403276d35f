//! What a notice means for somebody who waits for good runs.

use crate::{Notice, Severity, State};

/// What a run says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// It begins.
    Start,
    /// It ended well.
    Success,
    /// It failed, with this exit code, if it is one that says so.
    Failure(Option<u8>),
    /// Nothing that would change the state of a check.
    Remark,
}

impl Signal {
    pub(super) fn of(notice: &Notice) -> Self {
        match notice.state {
            State::Started => Self::Start,
            State::Completed | State::Recovered => Self::Success,
            State::Failed | State::Stale if notice.severity != Severity::Info => {
                Self::Failure(notice.exit_code.filter(|code| *code != 0))
            }
            State::Failed | State::Stale | State::Warning | State::StillRunning | State::Test => Self::Remark,
        }
    }
}
