//! What is asked just before a start: it shall not be sent where it is bound to be refused, nor cost money without leave.

use std::time::Duration;

use backup_core::{
    Check, CheckState, Earlier, Finding, IfRunning, Order, Spending, Wanted as WantedBackup, check_before_start,
};
use docspace_api::{JobKind, Portal, Progress, RetryPolicy, StartBackup};
use jiff::Timestamp;

use super::doctor::Row;
use crate::{exit_code::ExitCode, problem::Problem};

/// The longest that a look for a job to join may take.
const FOR_A_LOOK: Duration = Duration::from_secs(5);

/// What stands in the way of a start, and what else somebody should know.
#[derive(Debug, Default)]
pub(super) struct Prospect {
    /// What was checked; nothing where there is nothing to start.
    pub(super) findings: Vec<Finding>,
    /// Why it is not to be sent.
    pub(super) refusal: Option<Problem>,
}

impl Prospect {
    /// What somebody should know although the backup can be started.
    pub(super) fn foreseen(&self) -> impl Iterator<Item = String> {
        let told = self.findings.iter().filter(|finding| is_warning(finding)).map(Row::of_finding);
        told.map(|Row { found, mend, .. }| match mend {
            Some(mend) => format!("{found}: {mend}"),
            None => found,
        })
    }
}

/// An expired key that the portal still takes is a matter of clocks, and no reason to leave a backup out.
fn is_warning(finding: &Finding) -> bool {
    match finding.state {
        CheckState::Warning => true,
        CheckState::Failed => finding.check == Check::KeyExpiry,
        CheckState::Ok | CheckState::Skipped => false,
    }
}

/// The prospect of an order. Nothing is asked for one that will hardly start anything: one that goes on with a job of before,
/// or that joins the one that runs.
pub(super) async fn prospect(portal: &Portal, order: &Order, spending: Spending) -> Prospect {
    match order {
        Order::Start { earlier: Some(Earlier::Started(_) | Earlier::PerhapsStarted { .. }), .. } => Prospect::default(),
        Order::Start { backup, if_running, earlier, .. } => {
            let joins = |job: &Progress| is_joined(job, *if_running, earlier.as_ref());
            let may_join = *if_running == IfRunning::Join || earlier.is_some();
            match may_join && running_job(portal, backup).await.is_some_and(|job| joins(&job)) {
                true => Prospect::default(),
                false => prospect_of(portal, backup, spending).await,
            }
        }
        Order::Attach { .. } => Prospect::default(),
    }
}

/// The prospect of a start that is certain.
pub(super) async fn prospect_of(portal: &Portal, backup: &StartBackup, spending: Spending) -> Prospect {
    let wanted = WantedBackup { backup: backup.clone(), spending, schedule: None };
    let findings = check_before_start(portal, &wanted, Timestamp::now()).await;
    let refusal = findings.iter().find_map(refusal);
    Prospect { findings, refusal }
}

async fn running_job(portal: &Portal, backup: &StartBackup) -> Option<Progress> {
    let portal = portal.with_retry(RetryPolicy::NEVER);
    let look = tokio::time::timeout(FOR_A_LOOK, portal.backup_progress(backup.scope)).await;
    look.ok()?.ok()?.filter(|job| !job.state.is_over())
}

fn is_joined(job: &Progress, if_running: IfRunning, earlier: Option<&Earlier>) -> bool {
    let is_ours = matches!(earlier, Some(Earlier::StillRunning(tasks)) if tasks.contains(&job.task));
    is_ours || (if_running == IfRunning::Join && job.kind == JobKind::Backup)
}

/// Why a finding forbids the start. A key that the portal does not take is told by the start itself, in the portal's words.
fn refusal(finding: &Finding) -> Option<Problem> {
    let (code, exit) = match (finding.state, finding.check) {
        (CheckState::Failed, Check::Scope | Check::Role) => ("forbidden", ExitCode::NotAllowed),
        (CheckState::Failed, Check::Cost) => ("payment_required", ExitCode::PaymentRequired),
        (_, _) => return None,
    };
    let Row { found, mend, .. } = Row::of_finding(finding);
    Some(Problem { hint: mend, ..Problem::new(code, exit, found) })
}
