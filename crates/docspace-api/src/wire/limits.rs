//! `getbackupscount`, `getservicestate`, `portal/quota` and `portal/usedspace` (contract §12).

use serde_json::Value;

use super::{Field, Misfit, object, shown};
use crate::{Quota, ServiceState};

/// Used space is told in units of this many bytes.
const GIB: f64 = (1_u64 << 30) as f64;

/// How the portal writes "without limit".
const NO_LIMIT: i64 = i64::MAX;

pub(crate) fn count(response: &Value) -> Result<u64, Misfit> {
    let count = Field::new("response", Some(response));
    let number = count.integer()?.and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| count.misfit("a number from 0 up"))
}

pub(crate) fn service_state(response: &Value) -> Result<ServiceState, Misfit> {
    let enabled = object(response)?.get("enabled");
    match enabled.flag()? {
        Some(true) => Ok(ServiceState::Enabled),
        Some(false) => Ok(ServiceState::Disabled),
        None => Err(enabled.misfit("true or false")),
    }
}

pub(crate) fn quota(response: &Value) -> Result<Quota, Misfit> {
    let quota = object(response)?;
    let total = quota.get("maxTotalSize").integer()?.filter(|bytes| *bytes != NO_LIMIT);
    Ok(Quota {
        name: shown(&quota.get("name"))?,
        free_backups: quota.get("countFreeBackup").integer()?.and_then(|number| u64::try_from(number).ok()),
        total_bytes: total.and_then(|bytes| u64::try_from(bytes).ok()),
    })
}

/// GiB with two decimals, as bytes.
pub(crate) fn used_space(response: &Value) -> Result<u64, Misfit> {
    let used = Field::new("response", Some(response));
    let gib = used.fraction()?.filter(|number| *number >= 0.0);
    gib.map(|gib| (gib * GIB).round() as u64).ok_or_else(|| used.misfit("a size"))
}
