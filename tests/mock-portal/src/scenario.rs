//! Portals with a story, shared by the program and by tests.

use std::fmt;
use std::str::FromStr;

/// What a portal is up to; [`summary`](Self::summary) says what each one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the summaries are the documentation, and are shown by --help too")]
pub enum Scenario {
    Success,
    Fail,
    Warn,
    LateError,
    Vanish,
    Lost,
    Freeze,
    Cancelled,
    DieEarly,
    SlowStart,
    LostStart,
    Busy,
    Yesterday,
    Flaky,
    StartDoubt,
    StartCut,
    StartRefused,
    Throttled,
    LoginPage,
    Hanging,
    KeyRefused,
    ReadOnlyKey,
    RoomAdmin,
    Restoring,
    Unpaid,
    StorageFull,
    Scheduled,
    Paid,
    CancelLost,
    RestoreCrash,
}

/// A name that no scenario has; the message lists those there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownScenario(String);

impl Scenario {
    /// Every scenario, the plain ones first.
    pub const ALL: [Self; 30] = [
        Self::Success,
        Self::Fail,
        Self::Warn,
        Self::LateError,
        Self::Vanish,
        Self::Lost,
        Self::Freeze,
        Self::Cancelled,
        Self::DieEarly,
        Self::SlowStart,
        Self::LostStart,
        Self::Busy,
        Self::Yesterday,
        Self::Flaky,
        Self::StartDoubt,
        Self::StartCut,
        Self::StartRefused,
        Self::Throttled,
        Self::LoginPage,
        Self::Hanging,
        Self::KeyRefused,
        Self::ReadOnlyKey,
        Self::RoomAdmin,
        Self::Restoring,
        Self::Unpaid,
        Self::StorageFull,
        Self::Scheduled,
        Self::Paid,
        Self::CancelLost,
        Self::RestoreCrash,
    ];

    /// Its name at the command line.
    pub fn name(self) -> &'static str {
        self.telling().0
    }

    /// What it does, in one line.
    pub fn summary(self) -> &'static str {
        self.telling().1
    }

    fn telling(self) -> (&'static str, &'static str) {
        match self {
            Self::Success => ("success", "every backup completes"),
            Self::Fail => ("fail", "every backup fails with a reason that has <markup> & *stars* in it"),
            Self::Warn => ("warn", "every backup completes with a warning: files were skipped"),
            Self::LateError => {
                ("late-error", "every backup completes and then turns into an error, though its file exists")
            }
            Self::Vanish => ("vanish", "the job disappears at 60 % but ends up in the history"),
            Self::Lost => ("lost", "the job disappears at 60 % and leaves no trace"),
            Self::Freeze => ("freeze", "the worker dies at 37 %: the job stands still and blocks every start"),
            Self::Cancelled => ("cancelled", "somebody cancels the job at 50 %"),
            Self::DieEarly => ("die-early", "the job dies before it begins: status 4 with an error, not completed"),
            Self::SlowStart => ("slow-start", "the job waits in the queue for half of its time"),
            Self::LostStart => {
                ("lost-start", "the start event gets lost: the job stays at 0 until somebody starts again")
            }
            Self::Busy => ("busy", "somebody else's backup runs for another minute"),
            Self::Yesterday => ("yesterday", "the slot still shows a backup that finished 20 hours ago"),
            Self::Flaky => ("flaky", "looks at the progress fail in turn: 502, reset, cut short, late, 429"),
            Self::StartDoubt => ("start-doubt", "the start is answered by 502 although the job begins"),
            Self::StartCut => ("start-cut", "the connection of the start is reset although the job begins"),
            Self::StartRefused => ("start-refused", "the start is answered by 502 and no job begins"),
            Self::Throttled => ("throttled", "the first two starts, progress looks and history readings get 429"),
            Self::LoginPage => ("login-page", "a proxy answers every call by its login page with 200"),
            Self::Hanging => ("hanging", "no call is ever answered"),
            Self::KeyRefused => ("key-refused", "the key is expired or deleted: 401"),
            Self::ReadOnlyKey => ("read-only-key", "the key may only read: 403 without a body for a start"),
            Self::RoomAdmin => ("room-admin", "the key's user is no administrator: 403 with an error"),
            Self::Restoring => ("restoring", "a restore runs: 403 problem details"),
            Self::Unpaid => ("unpaid", "the tariff is not paid: backups run, the history answers 402"),
            Self::StorageFull => ("storage-full", "the storage is full: 402 for a start into documents"),
            Self::Scheduled => {
                ("scheduled", "a daily schedule is due, and runs within five seconds unless a backup runs")
            }
            Self::Paid => ("paid", "a hosted portal without free backups: each one is paid from the wallet"),
            Self::CancelLost => {
                ("cancel-lost", "every cancel is lost: the job goes on unseen and ends up in the history")
            }
            Self::RestoreCrash => {
                ("restore-crash", "the next restore dies at 40 % and leaves the portal closed for ever")
            }
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, UnknownScenario> {
        let found = Self::ALL.into_iter().find(|scenario| scenario.name() == name);
        found.ok_or_else(|| UnknownScenario(name.to_owned()))
    }
}

impl fmt::Display for UnknownScenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Scenario::ALL.map(Scenario::name).join(", ");
        write!(f, "there is no scenario {:?}, only {names}", self.0)
    }
}

impl std::error::Error for UnknownScenario {}
