//! Whether the portal's schedule is the declared one.

use super::{Check, Evidence, Fault, Finding, Wanted};
use crate::{Difference, drift};

pub(super) fn finding(evidence: &Evidence, wanted: &Wanted) -> Option<Finding> {
    let declared = wanted.schedule.as_ref()?;
    let actual = match evidence.schedule.as_ref()? {
        Ok(actual) => actual.as_ref(),
        Err(failure) => return Some(Finding::skipped(Check::Schedule, failure)),
    };
    let differences = drift(declared, actual);
    Some(if differences.is_empty() {
        Finding::ok(Check::Schedule, "the portal's schedule is the declared one")
    } else if differences.contains(&Difference::Missing) {
        let found = "the portal has no schedule, though one is declared: it drops one where backups cannot be paid for";
        Finding::failed(Check::Schedule, Fault::NotFound, found).mend("set the schedule again")
    } else {
        let told: Vec<String> = differences.iter().map(ToString::to_string).collect();
        Finding::warning(Check::Schedule, told.join("; ")).mend("set the schedule again, or declare it as it is")
    })
}
