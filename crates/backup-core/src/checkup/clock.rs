//! Whether the portal's clock and ours agree: expiry, history and schedules are told by the portal's.

use jiff::SignedDuration;

use super::{Check, ClockReading, Evidence, Finding};

/// Clocks that are kept right differ by less, the time of a call included.
const TOLERATED: SignedDuration = SignedDuration::from_secs(60);

pub(super) fn finding(evidence: &Evidence) -> Option<Finding> {
    let reading = match evidence.clock.as_ref()? {
        Ok(reading) => reading,
        Err(failure) => return Some(Finding::skipped(Check::Clock, failure)),
    };
    let ClockReading { portal: Some(portal), ours } = reading else { return None };
    let ahead = portal.duration_since(*ours);
    if ahead.abs() <= TOLERATED {
        return Some(Finding::ok(Check::Clock, "the portal's clock and ours agree"));
    }
    let way = if ahead.is_positive() { "ahead of" } else { "behind" };
    let found = format!("the portal's clock is {} s {way} ours", ahead.abs().as_secs());
    Some(Finding::warning(Check::Clock, found).mend("let both machines take their time from a time server"))
}
