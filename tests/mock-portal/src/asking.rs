//! What a test asks a portal about backups, schedules and restores.

use jiff::Timestamp;
use tokio::time::Instant;

use crate::portal::MockPortal;
use crate::record::Record;
use crate::schedule::Schedule;

impl MockPortal {
    /// The time by the portal's clock.
    pub fn now(&self) -> Timestamp {
        self.shared.lock().clock.date(Instant::now())
    }

    /// The records of the history, dumps too, in the order in which they came; asking removes none.
    pub fn records(&self) -> Vec<Record> {
        let state = self.shared.settled();
        let today = state.clock.date(Instant::now());
        state.records.listed(today).cloned().collect()
    }

    /// The ids of the records that calls deleted, in the order of deletion.
    pub fn deleted(&self) -> Vec<String> {
        self.shared.settled().records.deleted().to_vec()
    }

    /// The schedules there are: at most one of portal backups and one of dumps.
    pub fn schedules(&self) -> Vec<Schedule> {
        self.shared.settled().schedules.all().to_vec()
    }

    /// How often calls wrote a schedule.
    pub fn schedule_writes(&self) -> usize {
        self.shared.lock().schedules.writes
    }

    /// How many restores began.
    pub fn restores(&self) -> usize {
        self.shared.lock().restores.count()
    }

    /// The portal's number, which a portal restore changes.
    pub fn tenant(&self) -> u32 {
        self.shared.settled().tenant
    }

    /// Whether the portal is closed because of a restore.
    pub fn is_restoring(&self) -> bool {
        self.shared.settled().is_restoring()
    }
}
