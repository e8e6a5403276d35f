//! Runs of processes that died: their verdict found where it is still unknown, and told to whoever was not.

use std::time::Duration;

use backup_core::{EventSender, Failure, Limits, Order, Outcome, Reason, Report, Verdict, drive};
use docspace_api::Scope;
use jiff::Timestamp;
use journal::{Phase, RunRecord};
use notify::Notice;
use serde_json::Value;

use super::tools::Tools;
use crate::{
    answer::Answer,
    exit_code::ExitCode,
    logbook::Record,
    report::{Account, Notification, Purpose, answer_of_notice, headline},
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
    if matches!(account.outcome(), Outcome::StillRunning | Outcome::NotStarted) {
        record.ended(&account.ending());
        return record.close();
    }
    tools.console.talk(&format!("an earlier run was cut off. {}", headline(&account)));
    tools.audience.conclude(&account, record, &tools.outbox);
    let account = tools.audience.tell(account, record, &tools.outbox, tools.console).await;
    record.ended(&account.ending());
    record.close();
}

/// Tells an earlier run's verdict to those whom its process did not reach any more, and answers with that verdict.
pub(super) async fn tell_the_rest(record: &Record, run: &RunRecord, tools: &Tools<'_>) -> Answer {
    let notifications = if tools.tells {
        let sending = tools.audience.send(&tools.outbox, tools.console, Some(record.run())).await;
        drop(tools.audience.give_up(&tools.outbox, tools.console));
        sending.of_run(&tools.outbox, record.run())
    } else {
        run.messages.iter().map(Notification::of_message).collect()
    };
    let is_owed = !notifications.iter().all(Notification::is_told);
    if tools.tells || !is_owed {
        record.close();
    }
    let exit = run.exit_code.map_or(ExitCode::Unknown, ExitCode::from_number);
    let exit = if exit == ExitCode::Done && is_owed && tools.tells { ExitCode::NotTold } else { exit };
    answer(run, &notifications, exit)
}

fn answer(run: &RunRecord, notifications: &[Notification], exit: ExitCode) -> Answer {
    let mut document: Value =
        run.report.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    if !notifications.is_empty() {
        document["exit_code"] = exit.number().into();
        document["notifications"] = notifications.iter().map(Notification::document).collect();
    }
    let notice: Option<Notice> = run.messages.first().and_then(|kept| serde_json::from_str(&kept.message.notice).ok());
    answer_of_notice(notice.as_ref(), document, exit)
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
