//! What a portal may use up: backups, money, space.

use jiff::Timestamp;

/// Which backups [`Portal::backups_count`](crate::Portal::backups_count) counts; deleted ones count too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupsCount {
    /// Those that were paid for, or the others.
    pub payment: Payment,
    /// Made at this moment or later. `None` is the beginning of the month, in UTC.
    pub from: Option<Timestamp>,
    /// Made before this moment, which must not lie before [`from`](Self::from). `None` is now.
    pub to: Option<Timestamp>,
}

/// Whether a backup was paid for from the portal's wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Payment {
    /// It was one of the free ones of its month.
    #[default]
    Free,
    /// It cost money.
    Paid,
}

/// The wallet's switch for paid backups. It says nothing about health, and nothing at a self-hosted server, where backups
/// are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceState {
    /// Once the free backups of a month are used up, each further one costs money.
    Enabled,
    /// Once the free backups of a month are used up, a further one is refused.
    Disabled,
}

/// What the portal's plan allows, as `portal/quota` tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// The plan's name.
    pub name: Option<String>,
    /// How many backups of a month, in UTC, are free; they count also when they are deleted. `None` where the portal does not
    /// tell (before 3.5.0). A self-hosted server tells 0, and charges nothing.
    pub free_backups: Option<u64>,
    /// How much the portal may store, in bytes; `None` is without limit.
    pub total_bytes: Option<u64>,
}
