//! What the next backup costs, and whether there is room.

use docspace_api::StorageType;

use super::{Check, Evidence, Fault, Finding, Spending, Wanted};
use crate::{Cost, CostEvidence, Failure};

/// From this part of the space on, somebody should know.
const NEARLY_FULL_PERCENT: u128 = 90;

pub(super) fn cost(evidence: &Evidence, wanted: &Wanted) -> Finding {
    let judged = evidence.cost.as_ref().map_or(Cost::Unknown, crate::cost::cost);
    let spent = || spent(evidence.cost.as_ref());
    match (judged, wanted.spending) {
        (Cost::NotMetered, _) => Finding::ok(Check::Cost, "backups cost nothing at this portal"),
        (Cost::Free { left: 1 }, _) => {
            Finding::ok(Check::Cost, "the next backup is free; further ones of this month are not")
        }
        (Cost::Free { left }, _) => Finding::ok(Check::Cost, format!("{left} more backups of this month are free")),
        (Cost::CostsMoney, Spending::Allowed) => {
            Finding::warning(Check::Cost, format!("{}: the next one costs money", spent()))
        }
        (Cost::CostsMoney, Spending::Never) => {
            let found = format!("{}: the next one would cost money, which is not allowed", spent());
            Finding::failed(Check::Cost, Fault::CostsMoney, found)
                .mend("allow paid backups, or wait for the next month, by UTC")
        }
        (Cost::WouldBeRefused, _) => {
            let found = format!("{}, and the portal's wallet does not pay for further ones", spent());
            Finding::failed(Check::Cost, Fault::Payment, found)
                .mend("switch the wallet's backup service on at the portal, or wait for the next month, by UTC")
        }
        (Cost::Unknown, _) => unknown(evidence.cost.as_ref()),
    }
}

/// How many free backups of the month are used.
fn spent(evidence: Option<&CostEvidence>) -> String {
    match evidence.and_then(used_and_allowed) {
        Some((_, 0)) => "the plan has no free backups".to_owned(),
        Some((used, allowed)) => format!("{used} of {allowed} free backups of this month are used"),
        None => "the free backups of this month are used up".to_owned(),
    }
}

fn used_and_allowed(evidence: &CostEvidence) -> Option<(u64, u64)> {
    let used = evidence.used.as_ref()?.as_ref().ok()?;
    let allowed = evidence.quota.as_ref()?.as_ref().ok()?.free_backups?;
    Some((*used, allowed))
}

fn unknown(evidence: Option<&CostEvidence>) -> Finding {
    let failure = evidence.and_then(first_failure);
    let why = failure.map_or("the portal does not tell", |failure| &failure.message);
    Finding { state: super::CheckState::Skipped, ..Finding::ok(Check::Cost, why) }
}

fn first_failure(evidence: &CostEvidence) -> Option<&Failure> {
    let quota = evidence.quota.as_ref().and_then(|answer| answer.as_ref().err());
    let used = evidence.used.as_ref().and_then(|answer| answer.as_ref().err());
    evidence.settings.as_ref().err().or(quota).or(used)
}

/// Only copies in the portal's own documents need room in its quota.
pub(super) fn quota(evidence: &Evidence, wanted: &Wanted) -> Option<Finding> {
    let plan = evidence.cost.as_ref()?.quota.as_ref()?;
    let (plan, used) = match (plan, evidence.used_space.as_ref()?) {
        (Ok(plan), Ok(used)) => (plan, *used),
        (Err(failure), _) | (_, Err(failure)) => return Some(Finding::skipped(Check::Quota, failure)),
    };
    let Some(total) = plan.total_bytes else {
        return Some(Finding::ok(Check::Quota, format!("{} used, without limit", gib(used))));
    };
    let found = format!("{} of {} used", gib(used), gib(total));
    let needs_room = wanted.backup.target.storage() == StorageType::Documents;
    let mend = "remove old copies and files, or extend the plan";
    Some(if used >= total && needs_room {
        Finding::failed(Check::Quota, Fault::Payment, found).mend(mend)
    } else if u128::from(used) * 100 >= u128::from(total) * NEARLY_FULL_PERCENT {
        Finding::warning(Check::Quota, found).mend(mend)
    } else {
        Finding::ok(Check::Quota, found)
    })
}

/// As the portal itself counts, in hundredths of a GiB.
fn gib(bytes: u64) -> String {
    let hundredths = u128::from(bytes) * 100 / (1 << 30);
    format!("{}.{:02} GiB", hundredths / 100, hundredths % 100)
}
