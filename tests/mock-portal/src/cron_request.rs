//! The `cronParams` of a schedule, bound as the portal binds them (contract §7).

use serde_json::Value;

use crate::answer::Answer;
use crate::cron::Period;
use crate::request::Request;
use crate::storage_request::{StorageRequest, property};

const PERIODS: [&str; 3] = ["EveryDay", "EveryWeek", "EveryMonth"];

/// The numbers as they came, whether they make sense or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CronRequest {
    period: i64,
    hour: i64,
    day: i64,
}

impl CronRequest {
    /// Reads the parameters, or gives the binder's refusal; `None` where there are none.
    pub(crate) fn bind(request: &Request, body: &StorageRequest) -> Result<Option<Self>, Answer> {
        let refuse = |field: &str| Answer::invalid(request, field, "The JSON value could not be converted to Cron.");
        let cron = match body.property("cronParams") {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Object(cron)) => cron,
            Some(_) => return Err(refuse("$.cronParams")),
        };
        let number = |name: &str, read: fn(&Value) -> Option<i64>| match property(cron, name) {
            None | Some(Value::Null) => Ok(0),
            Some(value) => read(value).ok_or_else(|| refuse(&format!("$.cronParams.{name}"))),
        };
        Ok(Some(Self {
            period: number("period", period)?,
            hour: number("hour", integer)?,
            day: number("day", integer)?,
        }))
    }

    /// The schedule that the numbers make, or the exception of the cron parser.
    pub(crate) fn schedule(self) -> Result<(Period, u8), Answer> {
        let within = |number: i64, last: u8| u8::try_from(number).ok().filter(|number| *number <= last);
        let day = |last| within(self.day, last).filter(|day| *day > 0);
        let period = match self.period {
            0 => Some(Period::EveryDay),
            1 => day(7).map(Period::EveryWeek),
            2 => day(31).map(Period::EveryMonth),
            _ => None,
        };
        period.zip(within(self.hour, 23)).ok_or_else(|| {
            let message = format!("The cron expression of hour {} and day {} is not valid.", self.hour, self.day);
            Answer::exception(500, "System.FormatException", &message)
        })
    }
}

/// A number, or a text with one.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A period by its name in any case, or by its number.
fn period(value: &Value) -> Option<i64> {
    let named = |text: &str| PERIODS.iter().position(|name| name.eq_ignore_ascii_case(text));
    let named = value.as_str().and_then(named).and_then(|index| i64::try_from(index).ok());
    named.or_else(|| integer(value))
}
