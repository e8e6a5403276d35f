//! What a backup costs: the free ones of the month, then the wallet (contract §2.6).

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use tokio::time::Instant;

use crate::answer::Answer;
use crate::caller::Trouble;
use crate::config::Wallet;
use crate::state::State;

/// How the next backup is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payment {
    Free,
    Paid,
}

impl State {
    /// How a backup that starts now is paid for, or why it cannot be.
    pub(crate) fn payment(&self, now: Instant) -> Result<Payment, Answer> {
        if self.config.standalone || self.has(Trouble::Unpaid) || self.has_free_backups(now) {
            return Ok(Payment::Free);
        }
        match self.config.wallet {
            Wallet::On => Ok(Payment::Paid),
            Wallet::Off => Err(refused("The free backups of this month are used up.")),
            Wallet::Empty => Err(refused("The wallet is empty.")),
        }
    }

    /// Removed backups count too, and those that run do not yet.
    fn has_free_backups(&self, now: Instant) -> bool {
        let now = self.clock.date(now);
        let used = self.records.count(false, start_of_month(now), now);
        !self.has(Trouble::BackupsSpent) && u32::try_from(used).is_ok_and(|used| used < self.config.free_backups)
    }

    /// Whether the plan lets nobody set a schedule up: it has no free backups, and nothing pays for others.
    pub(crate) fn schedules_unaffordable(&self) -> bool {
        let config = &self.config;
        !config.standalone && config.free_backups == 0 && config.wallet == Wallet::Off
    }
}

/// The first moment of the UTC month.
pub(crate) fn start_of_month(now: Timestamp) -> Timestamp {
    let first = now.to_zoned(TimeZone::UTC).date().first_of_month().to_datetime(Time::midnight());
    first.to_zoned(TimeZone::UTC).map_or(now, |first| first.timestamp())
}

/// 402 with the words.
pub(crate) fn refused(message: &str) -> Answer {
    Answer::exception(402, "ASC.Core.Billing.BillingException", message)
}
