//! Operations that answer with true or false.

use serde_json::Value;

use super::{Field, Misfit};
use crate::CancelReply;

/// Reads "true", the one answer of operations that either work or fail.
pub(crate) fn done(response: &Value) -> Result<(), Misfit> {
    let done = Field::new("response", Some(response));
    if done.flag()? == Some(true) { Ok(()) } else { Err(done.misfit("true alone")) }
}

/// `cancelbackup` (contract §4).
pub(crate) fn cancel_reply(response: &Value) -> Result<CancelReply, Misfit> {
    let removed = Field::new("response", Some(response));
    match removed.flag()? {
        Some(true) => Ok(CancelReply::Emptied),
        Some(false) => Ok(CancelReply::WasEmpty),
        None => Err(removed.misfit("true or false")),
    }
}
