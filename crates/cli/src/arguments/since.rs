//! A moment in the past as people write it: a time, a day, or how long ago.

use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// Where to begin.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Since {
    /// At this moment.
    At(Timestamp),
    /// So long before now.
    Ago(Span),
}

impl Since {
    /// The moment, seen from `now`. What lies further back than the calendar reaches is its beginning.
    pub(crate) fn moment(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Ago(span) => {
                let then = now.to_zoned(TimeZone::UTC).checked_sub(span);
                then.map_or(Timestamp::MIN, |then| then.timestamp())
            }
        }
    }
}

/// Reads `2026-07-01`, `2026-07-01T12:00:00+02:00` or `7d`; what names no zone is UTC, as all times in outputs are.
///
/// # Errors
///
/// A sentence that follows the name of the setting, with examples to go by.
pub(crate) fn parse_since(text: &str) -> Result<Since, String> {
    let text = text.trim();
    let at = || text.parse::<Timestamp>().ok().or_else(|| in_utc(text)).map(Since::At);
    match at() {
        Some(since) => Ok(since),
        None => ago(text),
    }
}

fn in_utc(text: &str) -> Option<Timestamp> {
    let at = text.parse::<DateTime>().ok().or_else(|| text.parse::<Date>().ok().map(DateTime::from))?;
    at.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp())
}

fn ago(text: &str) -> Result<Since, String> {
    match text.parse::<Span>() {
        Ok(span) if span.is_positive() => Ok(Since::Ago(span)),
        Ok(_) => Err("a length of time above zero is needed".to_owned()),
        Err(_) => Err(format!("neither a time nor how long ago: write {EXAMPLES}")),
    }
}

const EXAMPLES: &str = "7d, 12h, 2026-07-01 or 2026-07-01T12:00:00Z";

#[cfg(test)]
mod tests {
    use super::parse_since;

    fn check(text: &str, expected: &str) {
        let now = "2026-07-29T10:15:31Z".parse().unwrap();
        let moment = parse_since(text).map(|since| since.moment(now).to_string());
        assert_eq!(moment.as_deref().unwrap_or_else(|why| why), expected, "{text}");
    }

    #[test]
    fn a_day_begins_at_midnight_utc() {
        check("2026-07-01", "2026-07-01T00:00:00Z");
        check(" 2026-07-01T12:30 ", "2026-07-01T12:30:00Z");
    }

    #[test]
    fn a_time_with_a_zone_is_that_moment() {
        check("2026-07-01T12:00:00+02:00", "2026-07-01T10:00:00Z");
        check("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z");
    }

    #[test]
    fn a_length_of_time_counts_back_by_the_calendar() {
        check("7d", "2026-07-22T10:15:31Z");
        check("1 month", "2026-06-29T10:15:31Z");
        check("90m", "2026-07-29T08:45:31Z");
        check("19000 years", "-009999-01-02T01:59:59Z");
    }

    #[test]
    fn nonsense_is_answered_with_examples() {
        let unknown = "neither a time nor how long ago: write 7d, 12h, 2026-07-01 or 2026-07-01T12:00:00Z";
        for text in ["", "7", "yesterday", "2026-13-01", "2026-07-32"] {
            check(text, unknown);
        }
        check("0d", "a length of time above zero is needed");
        check("-7d", "a length of time above zero is needed");
    }
}
