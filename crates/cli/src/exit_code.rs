//! What the program tells its caller by number. Public contract: a number is never changed, and never used for another thing.

/// The exit codes. An unknown one is to be treated as a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done.
    Done = 0,
    /// The backup, or the operation, failed or was cancelled.
    Failed = 1,
    /// Wrong usage or settings; nothing was started.
    Usage = 2,
    /// Done, with warnings: the copy is incomplete, or nothing confirms it.
    DoneWithWarnings = 3,
    /// Not allowed: 401, 403, a wrong or expired key.
    NotAllowed = 4,
    /// The waiting ended before the backup did.
    StillRunning = 8,
    /// No such backup, task, folder or profile.
    NotFound = 10,
    /// Another job holds the portal.
    Busy = 11,
    /// Payment or quota: 402.
    PaymentRequired = 13,
    /// The backup is done, and somebody could not be told.
    NotTold = 16,
    /// Outcome unknown: the job vanished, or it was never known whether it began.
    Unknown = 17,
    /// The portal gave no usable answer after all tries. Trying later may help.
    Unreachable = 75,
    /// Stopped by SIGINT (Ctrl-C).
    Interrupted = 130,
    /// Stopped by SIGTERM.
    Terminated = 143,
}

impl ExitCode {
    /// All of them, in order.
    pub(crate) const ALL: [ExitCode; 14] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::DoneWithWarnings,
        Self::NotAllowed,
        Self::StillRunning,
        Self::NotFound,
        Self::Busy,
        Self::PaymentRequired,
        Self::NotTold,
        Self::Unknown,
        Self::Unreachable,
        Self::Interrupted,
        Self::Terminated,
    ];

    /// The number.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The code of that number; one that is not known is to be treated as a failure.
    pub(crate) fn from_number(number: u8) -> Self {
        Self::ALL.into_iter().find(|code| code.number() == number).unwrap_or(Self::Failed)
    }

    /// What it means, in a few words for help texts.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "the backup (or the operation) failed or was cancelled",
            Self::Usage => "wrong usage or settings; nothing was started",
            Self::DoneWithWarnings => "done, with warnings: the copy is incomplete or could not be confirmed",
            Self::NotAllowed => "not allowed: 401, 403, a wrong or expired key",
            Self::StillRunning => "still running when the waiting ended",
            Self::NotFound => "no such backup, task, folder or profile",
            Self::Busy => "another job holds the portal",
            Self::PaymentRequired => "payment or quota: 402",
            Self::NotTold => "done, but somebody could not be told",
            Self::Unknown => "outcome unknown: the job vanished, or nobody knows whether it began",
            Self::Unreachable => "the portal gave no usable answer; trying later may help",
            Self::Interrupted => "stopped by SIGINT (Ctrl-C)",
            Self::Terminated => "stopped by SIGTERM",
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        code.number().into()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::ExitCode;

    #[test]
    fn the_numbers_are_contract() {
        let lines: Vec<String> = ExitCode::ALL.iter().map(|code| format!("{} {code:?}", code.number())).collect();
        expect![[r#"
            0 Done
            1 Failed
            2 Usage
            3 DoneWithWarnings
            4 NotAllowed
            8 StillRunning
            10 NotFound
            11 Busy
            13 PaymentRequired
            16 NotTold
            17 Unknown
            75 Unreachable
            130 Interrupted
            143 Terminated"#]]
        .assert_eq(&lines.join("\n"));
    }
}
