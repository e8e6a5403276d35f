//! The restores of a portal: one slot for both kinds (contract §8).

use tokio::time::Instant;

use crate::life_cycle::{LifeCycle, Moment, TaskStatus};
use crate::queue::Started;

/// One restore: a life cycle that began at a moment.
#[derive(Debug)]
pub(crate) struct Restore {
    pub(crate) id: String,
    pub(crate) dump: bool,
    pub(crate) life: LifeCycle,
    pub(crate) since: Instant,
    /// The tenant that its item shows: the new one when that is in place.
    pub(crate) tenant: u32,
    /// Whether the restored portal has taken the place of the old one.
    pub(crate) switched: bool,
}

impl Restore {
    fn moment(&self, now: Instant) -> Option<Moment> {
        self.life.at(now.saturating_duration_since(self.since))
    }
}

/// All restores there ever were; the last one has the slot.
#[derive(Debug, Default)]
pub(crate) struct Restores(Vec<Restore>);

impl Restores {
    /// Starts the restore unless another one, of whichever kind, holds the slot.
    pub(crate) fn start(&mut self, restore: Restore, now: Instant) -> Started {
        let held = self.0.last_mut().and_then(|held| held.moment(now).map(|moment| (held, moment)));
        match held {
            Some((held, moment)) if !moment.completed && moment.status != TaskStatus::Failed => {
                Started::Busy { id: held.id.clone() }
            }
            Some(_) | None => {
                let id = restore.id.clone();
                self.0.push(restore);
                Started::New { id }
            }
        }
    }

    /// The item that the slot shows, of this kind or of any.
    pub(crate) fn current(&self, dump: Option<bool>, now: Instant) -> Option<(&Restore, Moment)> {
        let held = self.0.last().filter(|restore| dump.is_none_or(|dump| restore.dump == dump))?;
        Some((held, held.moment(now)?))
    }

    /// Whether the portal is closed to everybody.
    pub(crate) fn lock_portal(&self, now: Instant) -> bool {
        self.0.iter().any(|restore| restore.life.locks_portal(now.saturating_duration_since(restore.since)))
    }

    /// The restore whose portal takes the place of the old one now, once.
    pub(crate) fn switch(&mut self, now: Instant) -> Option<&mut Restore> {
        let due = |restore: &&mut Restore| {
            !restore.switched && restore.life.switched(now.saturating_duration_since(restore.since))
        };
        let restore = self.0.iter_mut().find(due)?;
        restore.switched = true;
        Some(restore)
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}
