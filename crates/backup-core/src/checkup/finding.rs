//! What a check has found.

use crate::Failure;

/// One check and what came of it. The sentences begin in lower case and have no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was checked.
    pub check: Check,
    /// What came of it.
    pub state: CheckState,
    /// What was found. It may hold names from the portal: foreign text, without control characters.
    pub found: String,
    /// What to do about it.
    pub mend: Option<String>,
    /// What kind of thing is wrong; only where the state is [`Failed`](CheckState::Failed).
    pub fault: Option<Fault>,
}

/// What is checked, in the order in which it is told: what others depend on comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Whether a portal answers at the address, and whether the way to it is safe.
    Reachable,
    /// Whether it is new enough.
    Version,
    /// Whether the portal as a whole is in service.
    Portal,
    /// Whether the portal takes the key.
    Key,
    /// How long the key lasts.
    KeyExpiry,
    /// What the key may do.
    Scope,
    /// What the key's owner may do.
    Role,
    /// Whether a job holds the slot.
    Slot,
    /// What the next backup costs.
    Cost,
    /// Whether there is room.
    Quota,
    /// Whether the folder is there and takes the copy.
    Folder,
    /// Whether the place for the copy is usable at this portal.
    Storage,
    /// Whether the portal's schedule is the declared one.
    Schedule,
    /// Whether its clock and ours agree.
    Clock,
}

impl Check {
    /// All of them, in their order.
    pub const ALL: [Self; 14] = [
        Self::Reachable,
        Self::Version,
        Self::Portal,
        Self::Key,
        Self::KeyExpiry,
        Self::Scope,
        Self::Role,
        Self::Slot,
        Self::Cost,
        Self::Quota,
        Self::Folder,
        Self::Storage,
        Self::Schedule,
        Self::Clock,
    ];

    /// A word for programs, which never changes.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Version => "version",
            Self::Portal => "portal",
            Self::Key => "key",
            Self::KeyExpiry => "key_expiry",
            Self::Scope => "scope",
            Self::Role => "role",
            Self::Slot => "slot",
            Self::Cost => "cost",
            Self::Quota => "quota",
            Self::Folder => "folder",
            Self::Storage => "storage",
            Self::Schedule => "schedule",
            Self::Clock => "clock",
        }
    }
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckState {
    /// It could not be found out.
    Skipped,
    /// As it should be.
    Ok,
    /// The job can be done, but somebody should know.
    Warning,
    /// The job cannot be done.
    Failed,
}

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// No portal answers at the address, or the way to it is not safe.
    Unreachable,
    /// The portal is too old, or not in service.
    Unfit,
    /// The key, its scope, the role of its owner or the network address do not suffice.
    NotAllowed,
    /// A folder, a provider or a schedule is not there.
    NotFound,
    /// A backup would be refused until somebody pays, or there is no room.
    Payment,
    /// A backup would cost money, which [`Spending::Never`](crate::Spending::Never) forbids.
    CostsMoney,
    /// The order cannot be carried out at this portal.
    Order,
}

impl Finding {
    pub(super) fn ok(check: Check, found: impl Into<String>) -> Self {
        Self::new(check, CheckState::Ok, found)
    }

    pub(super) fn warning(check: Check, found: impl Into<String>) -> Self {
        Self::new(check, CheckState::Warning, found)
    }

    pub(super) fn failed(check: Check, fault: Fault, found: impl Into<String>) -> Self {
        Self { fault: Some(fault), ..Self::new(check, CheckState::Failed, found) }
    }

    /// It could not be found out, because this call failed.
    pub(super) fn skipped(check: Check, failure: &Failure) -> Self {
        Self::new(check, CheckState::Skipped, &failure.message)
    }

    pub(super) fn mend(self, mend: impl Into<String>) -> Self {
        Self { mend: Some(mend.into()), ..self }
    }

    fn new(check: Check, state: CheckState, found: impl Into<String>) -> Self {
        Self { check, state, found: found.into(), mend: None, fault: None }
    }
}
