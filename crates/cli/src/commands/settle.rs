//! Runs of processes that died: their verdict found where it is still unknown, and told to whoever was not.

use std::time::Duration;

use backup_core::{EventSender, Failure, Limits, Order, Outcome, Reason, Report, Verdict, drive};
use docspace_api::Scope;
use jiff::Timestamp;
use journal::{Phase, RunRecord};
use notify::{Delivery, Notice};
use serde_json::Value;

use super::tools::Tools;
use crate::{
    answer::Answer,
    exit_code::ExitCode,
    logbook::Record,
    report::{Account, Purpose, answer_of_notice, delivery_document, headline},
};

/// The job is only looked at, not waited for.
const AT_ONCE: Limits =
    Limits { timeout: Duration::ZERO, stall_timeout: Duration::ZERO, recheck_after: Duration::ZERO };

/// Brings an old run to its end. One that another process has taken over meanwhile is left to it.
pub(super) async fn settle(run: &RunRecord, tools: &Tools<'_>) {
    let Some((record, run)) = tools.logbook.claim(&run.id) else { return };
    match run.phase {
        Phase::Ended => drop(tell_the_rest(&record, &run, tools).await),
        Phase::Begun => conclude(&record, nothing_began(&run, Outcome::NotStarted, Reason::Interrupted), tools).await,
        Phase::Starting => {
            let cut_off = Reason::StartUnknown(Failure::cut_off());
            conclude(&record, nothing_began(&run, Outcome::Lost, cut_off), tools).await;
        }
        Phase::Bound | Phase::Closed => conclude(&record, look_once(&run, tools).await, tools).await,
    }
}

/// Records a verdict that came late, and tells it unless the backup goes on, or never began.
async fn conclude(record: &Record, report: Report, tools: &Tools<'_>) {
    let account = Account::of_report(Purpose::Run, tools.facts.clone(), report);
    if account.outcome() == Outcome::StillRunning && account.says_nothing_of_the_job() {
        return;
    }
    let is_news = !matches!(account.outcome(), Outcome::StillRunning | Outcome::NotStarted);
    let notice = if is_news { tools.audience.owe(&account, record) } else { None };
    record.ended(account.outcome(), &account.answer());
    if is_news {
        tools.console.talk(&format!("an earlier run was cut off. {}", headline(&account)));
        tools.audience.tell(account, notice, record).await;
    }
    record.close();
}

/// Tells an earlier run's verdict to those whom its process did not reach any more, and answers with that verdict.
pub(super) async fn tell_the_rest(record: &Record, run: &RunRecord, tools: &Tools<'_>) -> Answer {
    let notice: Option<Notice> = run.notice.as_ref().and_then(|notice| serde_json::from_str(notice).ok());
    let deliveries = match &notice {
        Some(notice) if tools.tells => tools.audience.tell_the_rest(notice, &run.deliveries, record).await,
        Some(_) | None => Vec::new(),
    };
    let is_owed = notice.is_some() && !tools.tells;
    if !is_owed {
        record.close();
    }
    answer(run, notice.as_ref(), &deliveries)
}

fn answer(run: &RunRecord, notice: Option<&Notice>, deliveries: &[Delivery]) -> Answer {
    let mut document: Value =
        run.report.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    if !deliveries.is_empty() {
        document["notifications"] = deliveries.iter().map(delivery_document).collect();
    }
    answer_of_notice(notice, document, run.exit_code.map_or(ExitCode::Unknown, ExitCode::from_number))
}

/// What is known of a run without a job.
fn nothing_began(run: &RunRecord, outcome: Outcome, reason: Reason) -> Report {
    let verdict = Verdict {
        outcome,
        reason: Some(reason),
        warnings: Vec::new(),
        task: None,
        progress: None,
        record: None,
        joined: false,
        had_ended: false,
    };
    let finished_at = Timestamp::now();
    Report { verdict, scope: Scope::Portal, started_at: run.begun_at, finished_at, duration: Duration::ZERO, looks: 0 }
}

/// One look at a job that was ours.
async fn look_once(run: &RunRecord, tools: &Tools<'_>) -> Report {
    let task = run.task.as_ref().and_then(|task| task.parse().ok());
    let order = Order::Attach { task, scope: tools.scope };
    let report = drive(&tools.portal, order, AT_ONCE, EventSender::none(), tools.signals.stop.clone()).await;
    Report { verdict: as_ours(report.verdict), ..report }
}

/// A job that was ours, and that neither slot nor history knows, is lost.
fn as_ours(verdict: Verdict) -> Verdict {
    match &verdict.reason {
        Some(Reason::NoSuchTask(task)) => {
            let task = task.clone();
            Verdict { outcome: Outcome::Lost, reason: Some(Reason::Vanished { history: None }), task, ..verdict }
        }
        _ => verdict,
    }
}
