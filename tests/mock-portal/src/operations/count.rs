//! `getbackupscount`, from version 3.5.0 (contract §12).

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Context, Outcome, truth_parameter};
use crate::answer::Answer;
use crate::clock::later;
use crate::gate;
use crate::payment::start_of_month;
use crate::percent;
use crate::request::Request;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let from = time(context.request, "from")?;
    let to = time(context.request, "to")?;
    let paid = truth_parameter(context.request, "Paid")?.unwrap_or(false);
    let now = context.state.clock.date(context.now);
    let from = from.unwrap_or_else(|| start_of_month(now));
    let to = to.unwrap_or_else(|| later(now, Duration::from_secs(1)));
    if from > to {
        let message = "From date must be less than to date";
        return Err(Answer::exception(400, "System.ArgumentException", message));
    }
    gate::administrator(&context.state.caller)?;
    let count = context.state.records.count(paid, from, to);
    context.note = format!("{count} backups");
    Ok(Answer::success(context.request, Some(&count), 1))
}

/// A time of the query, in UTC where it names no zone.
fn time(request: &Request, name: &str) -> Result<Option<Timestamp>, Answer> {
    let decoded = request.parameter(name).map(|text| percent::decode(&text.replace('+', " ")));
    let Some(text) = decoded.filter(|text| !text.is_empty()) else { return Ok(None) };
    let zoneless = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let time = text.parse().ok().or_else(zoneless);
    time.map(Some).ok_or_else(|| Answer::invalid(request, name, &format!("The value '{text}' is not valid.")))
}
