//! What a test changes at a portal that runs: settings, key, schedule, and the fate of cancels and restores.

use std::time::Duration;

use tokio::time::Instant;

use crate::cancel_plan::CancelPlan;
use crate::clock::later;
use crate::config::Config;
use crate::plan::JobPlan;
use crate::portal::MockPortal;
use crate::schedule::Schedule;

impl MockPortal {
    /// Changes settings of the portal from now on; folders and the object store stay as they were at its start.
    ///
    /// # Panics
    ///
    /// When the time zone is none.
    pub fn change(&self, change: impl FnOnce(&mut Config)) {
        let mut state = self.shared.settled();
        change(&mut state.config);
        state.zone = state.config.zone();
    }

    /// Puts a schedule there, in the place of the one of its kind, as if it had always been there.
    pub fn put_schedule(&self, schedule: Schedule) {
        self.shared.settled().schedules.put(schedule);
    }

    /// Drops the schedules, as a portal does whose money has run out.
    pub fn drop_schedules(&self) {
        let mut state = self.shared.settled();
        state.schedules.remove(false);
        state.schedules.remove(true);
    }

    /// Lays out the fate of the next restore; several lie in a row, and the others succeed.
    ///
    /// The portal is closed from 10 % on; at 75 % the restore takes effect and the portal is open again. [`JobPlan::fail`]
    /// leaves it open and as it was, and so does [`JobPlan::vanish`], unless it is told to go on
    /// [with a record](crate::Vanish::WithRecord): then it takes effect unseen. [`JobPlan::freeze`] is a worker that died:
    /// from 10 % on the portal stays closed for ever.
    pub fn plan_next_restore(&self, plan: JobPlan) {
        self.shared.settled().next_restores.push_back(plan);
    }

    /// What every cancel does from now on; at first [`CancelPlan::ByPhase`].
    pub fn plan_cancels(&self, plan: CancelPlan) {
        self.shared.settled().cancel_plan = plan;
    }

    /// Makes an id known as another tenant's backup.
    pub fn add_foreign_backup(&self, id: impl Into<String>) {
        self.shared.settled().records.add_foreign(id.into().to_lowercase());
    }

    /// The key expires after this time by the portal's clock, and tells so before.
    pub fn expire_key_in(&self, time: Duration) {
        let mut state = self.shared.settled();
        state.key_expires = Some(later(state.clock.date(Instant::now()), time));
    }

    /// Somebody makes a new key that never expires, in the place of the old one.
    pub fn renew_key(&self, key: impl Into<String>) {
        let mut state = self.shared.settled();
        state.config.api_key = key.into();
        state.key_expires = None;
    }
}
