//! How long the key lasts.

use docspace_api::KeyInfo;
use jiff::{SignedDuration, Timestamp};

use super::{Check, Evidence, Fault, Finding};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// From so many days before its end on, a key is warned of.
const SOON: i64 = 30;
/// From so many days before its end on, the warning is urgent.
const VERY_SOON: i64 = 7;

pub(super) fn finding(evidence: &Evidence, now: Timestamp) -> Option<Finding> {
    let Ok(key) = evidence.key.as_ref()? else { return None };
    Some(match key.expires_at {
        None => Finding::ok(Check::KeyExpiry, "the key never expires"),
        Some(end) => ends(key, end, end.duration_since(now)),
    })
}

fn ends(key: &KeyInfo, end: Timestamp, left: SignedDuration) -> Finding {
    const MEND: &str = "have a new key made, and put it in the place of this one";
    let days = left.as_hours() / DAY.as_hours();
    if left <= SignedDuration::ZERO {
        return Finding::failed(
            Check::KeyExpiry,
            Fault::NotAllowed,
            format!("the key \"{}\" expired at {end}", key.name),
        )
        .mend(MEND);
    }
    let warning = |found: String| Finding::warning(Check::KeyExpiry, found).mend(MEND);
    match days {
        0 => warning(format!("the key expires within a day, at {end}")),
        1..VERY_SOON => warning(format!("the key expires within a week, at {end}")),
        VERY_SOON..SOON => warning(format!("the key expires in {days} days, at {end}")),
        _ => Finding::ok(Check::KeyExpiry, format!("the key expires in {days} days, at {end}")),
    }
}
