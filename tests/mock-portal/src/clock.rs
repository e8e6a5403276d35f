//! The portal's clock: one pausable time for everything, and its reading as a date.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Unit};
use tokio::time::Instant;

/// Wall-clock times are derived from [`Instant`], so that paused time moves them too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    origin: Instant,
    wall: Timestamp,
}

impl Clock {
    /// A clock that is so far ahead of this machine's; a negative lead means behind.
    pub(crate) fn start(ahead: SignedDuration) -> Self {
        let now = Timestamp::now();
        Self { origin: Instant::now(), wall: now.checked_add(ahead).unwrap_or(now) }
    }

    pub(crate) fn date(&self, instant: Instant) -> Timestamp {
        later(self.wall, instant.saturating_duration_since(self.origin))
    }

    pub(crate) fn since_start(&self, instant: Instant) -> Duration {
        instant.saturating_duration_since(self.origin)
    }
}

/// The time so much later; a time past the end of the calendar stays where it is.
pub(crate) fn later(time: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| time.checked_add(by).ok()).unwrap_or(time)
}

/// The time so much earlier; a time before the start of the calendar stays where it is.
pub(crate) fn earlier(time: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| time.checked_sub(by).ok()).unwrap_or(time)
}

/// A backup's time as the portal writes it: UTC without saying so, rounded to whole seconds by the database.
pub(crate) fn zoneless(time: Timestamp) -> String {
    let rounded = time.round(Unit::Second).unwrap_or(time);
    rounded.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A time of files, keys and people: seven digits of fraction and a zone.
pub(crate) fn zoned(time: Timestamp) -> String {
    let seconds = time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    format!("{seconds}.{:07}Z", time.subsec_nanosecond().max(0) / 100)
}

/// A time as the head of an answer has it.
pub(crate) fn http_date(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The stamp in a backup's file name.
pub(crate) fn file_stamp(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d_%H-%M-%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::{file_stamp, http_date, zoned, zoneless};

    #[test]
    fn the_four_ways_to_write_a_time() {
        let time = "2026-07-29T10:15:30.6Z".parse().unwrap();
        assert_eq!(zoneless(time), "2026-07-29T10:15:31", "the database rounds");
        assert_eq!(zoned(time), "2026-07-29T10:15:30.6000000Z");
        assert_eq!(file_stamp(time), "2026-07-29_10-15-30");
        assert_eq!(http_date(time), "Wed, 29 Jul 2026 10:15:30 GMT");
    }
}
