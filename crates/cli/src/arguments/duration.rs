//! A length of time as people write it.

use std::time::Duration;

use jiff::SignedDuration;

/// Reads `90s`, `1h30m`, `6 hours` or `PT1H`; zero and less are refused, for no setting has a use for them.
///
/// # Errors
///
/// A sentence that follows the name of the setting, with an example to go by.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let parsed: SignedDuration = text.trim().parse().map_err(|_| not_a_duration(text))?;
    match Duration::try_from(parsed) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        Ok(_) | Err(_) => Err("a length of time above zero is needed".to_owned()),
    }
}

fn not_a_duration(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(_) => "the unit is missing: write 90s, 15m or 1h30m".to_owned(),
        Err(_) => "not a length of time: write 90s, 15m or 1h30m".to_owned(),
    }
}
