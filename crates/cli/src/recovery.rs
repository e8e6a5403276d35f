//! What to do about runs that no process sees through any more: decided as a value.

use std::time::Duration;

use backup_core::Earlier;
use docspace_api::TaskId;
use jiff::Timestamp;
use journal::{Phase, RunRecord};

/// A run whose process died less than this ago is continued by the next one of the same order. An older one is settled,
/// and a new run begins: last night's backup is not tonight's.
const SAME_RUN: Duration = Duration::from_secs(60 * 60);

/// What a command wants, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted<'a> {
    /// A backup by this order.
    Backup {
        /// The order, as the journal keeps it.
        order: &'a str,
    },
    /// The end of this job; `None` is whichever is at hand.
    End(Option<&'a TaskId>),
}

/// The runs, sorted by what is to become of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Recovery {
    /// Those whose verdict is to be found and told, oldest first.
    pub(crate) settled: Vec<RunRecord>,
    /// The one that this command continues.
    pub(crate) continued: Option<RunRecord>,
}

/// Sorts the unfinished runs of one portal and scope, oldest first.
pub(crate) fn recover(mut unfinished: Vec<RunRecord>, wanted: Wanted<'_>, now: Timestamp) -> Recovery {
    let place = unfinished.iter().rposition(|run| is_continued(run, wanted, now));
    let continued = place.map(|place| unfinished.remove(place));
    unfinished.retain(|run| !is_left_alone(run, now));
    Recovery { settled: unfinished, continued }
}

fn is_continued(run: &RunRecord, wanted: Wanted<'_>, now: Timestamp) -> bool {
    match wanted {
        Wanted::Backup { order } => run.order == order && silent_for(run, now) <= SAME_RUN,
        Wanted::End(None) => run.task.is_some(),
        Wanted::End(Some(task)) => run.task.as_deref() == Some(task.as_str()),
    }
}

/// Whether its order may still be given again, which then finds out whether it was started.
fn is_left_alone(run: &RunRecord, now: Timestamp) -> bool {
    run.phase == Phase::Starting && silent_for(run, now) <= SAME_RUN
}

/// Since the last sign of life; nothing where the clock was set back since.
fn silent_for(run: &RunRecord, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(run.alive_at)).unwrap_or_default()
}

/// What the run that is continued has left behind for the workflow.
pub(crate) fn left_behind(run: &RunRecord, now: Timestamp) -> Option<Earlier> {
    let task = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
    match run.phase {
        Phase::Begun => None,
        Phase::Starting => {
            Some(Earlier::PerhapsStarted { previous: task(&run.previous_task), ago: silent_for(run, now) })
        }
        Phase::Bound | Phase::Ended | Phase::Closed => task(&run.task).map(Earlier::Started),
    }
}

/// The jobs of one of these orders among the newest runs that somebody stopped waiting for, and that may still run. A job of
/// another order is no stranger's, but its copy is not the one that is wanted.
pub(crate) fn still_running(recent: &[RunRecord], scope: &str, orders: &[String]) -> Option<Earlier> {
    let is_left = |run: &&RunRecord| run.scope == scope && is_unfinished(run) && orders.contains(&run.order);
    let tasks: Vec<TaskId> = recent.iter().filter(is_left).filter_map(|run| run.task.as_ref()?.parse().ok()).collect();
    (!tasks.is_empty()).then_some(Earlier::StillRunning(tasks))
}

/// Whether somebody stopped waiting for this job, and no later command has seen its end: that end is news.
pub(crate) fn was_left(recent: &[RunRecord], task: &TaskId) -> bool {
    let mut of_task = recent.iter().filter(|run| run.task.as_deref() == Some(task.as_str())).peekable();
    of_task.peek().is_some() && of_task.all(|run| is_unfinished(run) || run.outcome.is_none())
}

fn is_unfinished(run: &RunRecord) -> bool {
    run.outcome.as_deref() == Some("still_running")
}

#[cfg(test)]
mod tests;
