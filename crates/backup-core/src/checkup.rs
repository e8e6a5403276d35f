//! Whether a key can do a job at a portal, what it will cost, and what is wrong: asked first, then judged as values.

mod access;
mod clock;
mod evidence;
mod expiry;
mod finding;
mod reach;
mod schedule;
mod slot;
mod spending;
mod target;
#[cfg(test)]
mod tests;

use docspace_api::{Portal, Scope, StartBackup};
use jiff::Timestamp;

use crate::Declared;

pub use evidence::{Asked, ClockReading, Evidence, gather_evidence};
pub use finding::{Check, CheckState, Fault, Finding};

/// The job that a portal and a key are checked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The backup that is to be started.
    pub backup: StartBackup,
    /// Whether it may cost money.
    pub spending: Spending,
    /// The schedule that the portal should have, if it should have one.
    pub schedule: Option<Declared>,
}

impl Wanted {
    fn scope(&self) -> Scope {
        self.backup.scope
    }
}

/// Whether a backup may cost money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spending {
    /// Rather no backup.
    #[default]
    Never,
    /// Once the free ones of the month are used up.
    Allowed,
}

/// Checks everything, by some fifteen calls that change nothing. The findings are in the order of [`Check`]; a check that
/// has nothing to do with the job is left out.
pub async fn check_up(portal: &Portal, wanted: &Wanted, now: Timestamp) -> Vec<Finding> {
    findings(&gather_evidence(portal, wanted).await, wanted, now)
}

/// Judges what was found out. No clock, no network.
pub fn findings(evidence: &Evidence, wanted: &Wanted, now: Timestamp) -> Vec<Finding> {
    let mut findings = reach::findings(evidence);
    if evidence.is_reached() {
        findings.extend(before_start_findings(evidence, wanted, now));
        findings.extend(slot::findings(evidence));
        findings.extend(spending::quota(evidence, wanted));
        findings.extend(target::findings(evidence, wanted));
        findings.extend(schedule::finding(evidence, wanted));
        findings.extend(clock::finding(evidence));
        findings.sort_by_key(|finding| finding.check);
    }
    findings
}

/// Checks what is cheap and would make a start pointless: key, scope, role, cost. It takes at most ten seconds.
///
/// [`Failed`](CheckState::Failed) is only what the portal has plainly said. A call that fails leaves its check
/// [`Skipped`](CheckState::Skipped), and is no reason not to start.
pub async fn check_before_start(portal: &Portal, wanted: &Wanted, now: Timestamp) -> Vec<Finding> {
    before_start_findings(&evidence::gather_before_start(portal).await, wanted, now)
}

fn before_start_findings(evidence: &Evidence, wanted: &Wanted, now: Timestamp) -> Vec<Finding> {
    let mut findings = access::findings(evidence);
    findings.extend(expiry::finding(evidence, now));
    findings.push(spending::cost(evidence, wanted));
    findings.sort_by_key(|finding| finding.check);
    findings
}
