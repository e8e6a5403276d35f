//! The portal's two ways of writing a moment (contract §1.4).

use jiff::{Timestamp, civil, tz::TimeZone};

/// Reads `2026-07-29T10:15:30` as UTC, and `Z` or an offset as they say. `None` for what cannot be read, and for the
/// years 1 and 9999, by which .NET writes "never".
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let moment = text.parse().ok().or_else(|| zoneless(text))?;
    let year = moment.to_zoned(TimeZone::UTC).year();
    (2..9999).contains(&year).then_some(moment)
}

/// The civil type skips over an offset, so it is asked only where the other one found none.
fn zoneless(text: &str) -> Option<Timestamp> {
    let moment: civil::DateTime = text.parse().ok()?;
    moment.to_zoned(TimeZone::UTC).ok().map(|moment| moment.timestamp())
}
