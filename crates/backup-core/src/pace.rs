//! How long to wait before the next look, so that the end is noticed soon and the portal is asked seldom.
//!
//! The bound: an end is noticed within 2 s or 1 % of the duration, whichever is more, and within 1 s while the job is
//! young, so that one of ten seconds is told at once. Polling at exactly the bound costs 217 looks for ten minutes and 577 for
//! six hours.
//!
//! Where the progress lets the end be foreseen, looks come half as often. The foresight is a pessimist's: it supposes that the
//! job will from now on move twice as fast as it ever did, and that it may end as soon as it is at 90 %; a job that ever jumped
//! is not foreseen at all.
//! The one end that no progress foretells, a job that dies on its way, is then noticed within twice the bound.

use std::time::Duration;

/// A little more than the ten seconds that count, for a job that began before its start was answered.
const YOUNG: Duration = Duration::from_secs(12);
const INTERVAL_WHILE_YOUNG: Duration = Duration::from_secs(1);
const SHORTEST: Duration = Duration::from_secs(2);
const PART_OF_AGE: u32 = 100;

/// Below this age, and with fewer moves than [`MOVES_TO_TRUST`], nothing is foreseen.
const AGE_TO_TRUST: Duration = Duration::from_secs(30);
const MOVES_TO_TRUST: u32 = 4;
/// From here on a job may end at any moment: what is left is the upload, of which nothing is told.
const LAST_FORESEEABLE: u8 = 90;
/// More percent than this from one look to the next are a jump.
const LARGEST_MOVE: u8 = 5;
const SUPPOSED_SPEED_UP: f64 = 2.0;
const LONGEST_STRETCH: u32 = 2;

/// After so many failed looks in a row the next ones come at growing distances.
const PATIENT_FAILURES: u32 = 2;
const LONGEST_BACK_OFF: Duration = Duration::from_secs(15);
const BACK_OFF_WHEN_THROTTLED: Duration = Duration::from_secs(5);
const LONGEST_WHEN_THROTTLED: Duration = Duration::from_secs(60);

/// What the looks so far tell about the job's speed, and from that the time to the next one.
///
/// An end is noticed within 2 s or 1 % of the job's age, whichever is more; within 1 s while it is young. A job that dies
/// while its progress promised much time is noticed within twice that: the price of asking seldom while nothing can happen.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    percent: u8,
    moved_at: Duration,
    moves: u32,
    /// The fastest ever seen from one move to the next, in percent per second.
    fastest: f64,
    has_jumped: bool,
}

impl Pace {
    /// Notes a look that succeeded: the job's age then, and how far it was.
    pub fn saw(&mut self, age: Duration, percent: u8) {
        let moved = percent.saturating_sub(self.percent);
        if moved == 0 {
            return;
        }
        let seconds = age.saturating_sub(self.moved_at).as_secs_f64().max(f64::EPSILON);
        self.fastest = self.fastest.max(f64::from(moved) / seconds);
        self.has_jumped |= moved > LARGEST_MOVE;
        self.moves += 1;
        (self.percent, self.moved_at) = (percent, age);
    }

    /// The time from one look to the next, at this age of the job.
    pub fn interval(&self, age: Duration) -> Duration {
        let bound = bound(age);
        self.earliest_end(age).map_or(bound, |left| (left / 2).clamp(bound, bound * LONGEST_STRETCH))
    }

    /// The least time that the job can still need, if that can be said at all.
    fn earliest_end(&self, age: Duration) -> Option<Duration> {
        let has_begun = age >= AGE_TO_TRUST && self.moves >= MOVES_TO_TRUST;
        let is_known = has_begun && !self.has_jumped && self.percent < LAST_FORESEEABLE;
        let left = f64::from(LAST_FORESEEABLE.saturating_sub(self.percent));
        is_known.then(|| Duration::from_secs_f64(left / (self.fastest * SUPPOSED_SPEED_UP)))
    }
}

/// The promise, as an interval: an end right after a look is seen by the next one.
fn bound(age: Duration) -> Duration {
    if age < YOUNG { INTERVAL_WHILE_YOUNG } else { SHORTEST.max(age / PART_OF_AGE) }
}

/// The wait after `failures` failed looks in a row.
pub(crate) fn back_off(interval: Duration, failures: u32) -> Duration {
    let doublings = failures.saturating_sub(PATIENT_FAILURES).min(8);
    (interval * (1 << doublings)).min(LONGEST_BACK_OFF.max(interval))
}

/// The wait after the portal has asked so many times in a row to slow down: what it asked for, or 5 s growing to 60 s where it
/// did not say (contract §11).
pub(crate) fn back_off_when_throttled(interval: Duration, times: u32, asked: Option<Duration>) -> Duration {
    let ours = BACK_OFF_WHEN_THROTTLED * (1 << times.saturating_sub(1).min(4));
    interval.max(asked.unwrap_or(ours.min(LONGEST_WHEN_THROTTLED)))
}
