//! Addresses that are good for a time: those of the portal's own store, and those of the object store.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::later;
use crate::request::Request;

const SIGNATURE: &str = "MOCKSIGNATURE";
/// How long a file that lies elsewhere can be fetched by the address that its download leads to.
pub(crate) const AN_HOUR: Duration = Duration::from_secs(60 * 60);
/// How long the object store gives a file away.
pub(crate) const AT_ONCE: Duration = Duration::from_secs(15);

/// The signed query of the portal's own store.
pub(crate) fn query(signed: Timestamp, good_for: Duration) -> String {
    format!("expire={}&auth={}.{SIGNATURE}", good_for.as_secs() / 60, signed.as_millisecond())
}

/// Whether the query was signed by the portal and is still good.
pub(crate) fn is_good(request: &Request, now: Timestamp) -> bool {
    let Some((signed, SIGNATURE)) = request.parameter("auth").and_then(|auth| auth.split_once('.')) else {
        return false;
    };
    in_time(signed, request.parameter("expire").unwrap_or_default(), 60, now)
}

/// The signed query of the object store.
pub(crate) fn object_query(signed: Timestamp, good_for: Duration) -> String {
    let (date, seconds) = (signed.as_millisecond(), good_for.as_secs());
    format!("X-Amz-Date={date}&X-Amz-Expires={seconds}&X-Amz-Signature={SIGNATURE}")
}

/// Whether the object store's query was signed and is still good.
pub(crate) fn is_good_object(request: &Request, now: Timestamp) -> bool {
    let parameter = |name| request.parameter(name).unwrap_or_default();
    parameter("X-Amz-Signature") == SIGNATURE && in_time(parameter("X-Amz-Date"), parameter("X-Amz-Expires"), 1, now)
}

fn in_time(signed: &str, units: &str, seconds_of_unit: u64, now: Timestamp) -> bool {
    let signed = signed.parse().ok().and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok());
    let good_for = units.parse::<u64>().ok().and_then(|units| units.checked_mul(seconds_of_unit));
    signed.zip(good_for).is_some_and(|(signed, seconds)| now < later(signed, Duration::from_secs(seconds)))
}
