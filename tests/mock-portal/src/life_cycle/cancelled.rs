//! What a cancel signal makes of a life (contract §4).

use std::time::Duration;

use super::{LifeCycle, absence, cleaner_tick};
use crate::cancel_plan::CancelPlan;
use crate::plan::{Ending, Returns};

impl LifeCycle {
    /// The life after a cancel signal; `None` when nobody is left to publish the item again.
    pub(crate) fn cancelled(&self, plan: CancelPlan, elapsed: Duration) -> Option<Self> {
        let moment = self.at(elapsed)?;
        if moment.completed || elapsed >= self.stops || self.is_lost_event() {
            return None;
        }
        Some(match plan {
            // The worker finds no item and starts it all the same.
            CancelPlan::ByPhase if elapsed < self.taken => self.hidden_from(elapsed, self.taken),
            CancelPlan::ByPhase if self.recorded(elapsed) => self.hidden_from(elapsed, self.stops),
            CancelPlan::TooLate => self.hidden_from(elapsed, self.stops),
            CancelPlan::Lost => self.hidden_from(elapsed, elapsed + cleaner_tick(self.duration)),
            CancelPlan::LostUnseen => self.hidden_from(elapsed, Duration::MAX),
            CancelPlan::ByPhase | CancelPlan::ComesBack => self.stopped(Returns::Soon, moment.progress, elapsed),
            CancelPlan::Stays => self.stopped(Returns::Never, moment.progress, elapsed),
        })
    }

    fn hidden_from(&self, from: Duration, until: Duration) -> Self {
        Self { hidden: Some((from, until)), ..self.clone() }
    }

    fn stopped(&self, returns: Returns, last: u8, at: Duration) -> Self {
        let ending = Ending::Cancel { returns };
        let hidden = absence(&ending, at, self.duration);
        Self { ending, last, stops: at, settled: at, hidden, ..self.clone() }
    }
}
