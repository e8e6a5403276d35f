//! What a restore does to its portal in the course of its life (contract §8).

use std::time::Duration;

use super::LifeCycle;

/// From here on the portal is closed to everybody.
const LOCKS_AT: u8 = 10;
/// Here the restored portal takes the place of the old one, and is open again.
const SWITCHES_AT: u8 = 75;

impl LifeCycle {
    /// Whether the portal's status is `Restoring`; it stays so for ever when the worker dies within.
    pub(crate) fn locks_portal(&self, elapsed: Duration) -> bool {
        let locked = self.reached(LOCKS_AT);
        if self.is_lost_event() || elapsed < locked || self.stops < locked {
            return false;
        }
        let opens = if self.leaves_record() { Some(self.reached(SWITCHES_AT)) } else { self.end() };
        opens.is_none_or(|opens| elapsed < opens)
    }

    /// Whether the restored portal is in place.
    pub(crate) fn switched(&self, elapsed: Duration) -> bool {
        self.leaves_record() && elapsed >= self.reached(SWITCHES_AT)
    }

    /// When the percentage would be reached if nothing came between.
    fn reached(&self, percent: u8) -> Duration {
        self.taken + (self.duration - self.taken).mul_f64(self.curve.time_of(percent))
    }
}
