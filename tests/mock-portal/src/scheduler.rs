//! What happens at the portal by itself: schedules run, surplus copies go, restores take effect (contract §7, §8).
//!
//! Nothing runs in the background: whoever looks at the portal first lets everything happen that was due by then, in
//! its order, so that time may be paused and moved as a test likes.

use std::time::Duration;

use tokio::time::Instant;

use crate::caller::Trouble;
use crate::job::Origin;
use crate::operations::target;
use crate::schedule::Schedule;
use crate::state::{Purpose, State};

const SHORTEST_TICK: Duration = Duration::from_millis(1);

impl State {
    /// Brings the portal up to this moment.
    pub(crate) fn settle(&mut self, now: Instant) {
        let tick = self.config.scheduler_tick.max(SHORTEST_TICK);
        if self.schedules.all().is_empty() {
            let idle = now.saturating_duration_since(self.last_tick).as_nanos() / tick.as_nanos();
            let idle = Duration::from_nanos(u64::try_from(idle * tick.as_nanos()).unwrap_or(u64::MAX));
            self.last_tick += idle;
        }
        while let Some(at) = self.last_tick.checked_add(tick).filter(|at| *at <= now) {
            self.last_tick = at;
            self.take_effect(at);
            self.run_schedules(at);
        }
        self.take_effect(now);
    }

    /// What jobs, restores and the key have come to.
    fn take_effect(&mut self, now: Instant) {
        self.settle_files(now);
        self.switch_portal(now);
        if self.key_expires.is_some_and(|end| end <= self.clock.date(now)) {
            self.dead_keys.insert(self.config.api_key.clone());
        }
        self.restoring = self.restores.lock_portal(now);
    }

    /// A portal restore ends in a portal with another number, which no key of the old one opens; a dump brings the
    /// whole server back, keys and numbers too.
    fn switch_portal(&mut self, now: Instant) {
        let Some(restore) = self.restores.switch(now).filter(|restore| !restore.dump) else { return };
        self.tenant += 1;
        restore.tenant = self.tenant;
        self.dead_keys.insert(self.config.api_key.clone());
        self.queue.forget_portal();
        for (old, new) in self.records.renumber(self.clock.date(now)) {
            self.files.renumber(&old, &new);
        }
    }

    fn run_schedules(&mut self, now: Instant) {
        for dump in [false, true] {
            if let Some(schedule) = self.schedules.get(dump).cloned().filter(|_| !self.restoring) {
                self.thin_out(&schedule, now);
                self.run_if_due(schedule, now);
            }
        }
    }

    fn thin_out(&mut self, schedule: &Schedule, now: Instant) {
        let today = self.clock.date(now);
        for id in self.records.thin_out(schedule.dump, schedule.backups_stored.into(), today) {
            self.files.delete_copy(&id);
        }
    }

    /// A run counts as made when it is ordered: a busy slot swallows it, and so does an unpaid tariff, which waits. A
    /// portal that cannot pay loses its schedule.
    fn run_if_due(&mut self, schedule: Schedule, now: Instant) {
        let today = self.clock.date(now);
        let due = schedule.due(&self.zone, today).is_some_and(|due| due <= today);
        if !due || self.has(Trouble::Unpaid) {
            return;
        }
        let Ok(payment) = self.payment(now) else { return self.schedules.remove(schedule.dump) };
        self.schedules.ran(schedule.dump, today);
        if !self.queue.is_free(schedule.dump, now) {
            return;
        }
        let Schedule { storage, parameters, dump, .. } = schedule;
        let plan = target::doomed(storage, &parameters).unwrap_or_else(|| self.take_plan());
        let folder = parameters.get("folderId").cloned();
        let purpose = Purpose { dump, storage, folder, origin: Origin::Schedule, payment };
        let job = self.job(plan, purpose, Duration::ZERO, now);
        self.queue.start(job, now);
    }
}
