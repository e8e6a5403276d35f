//! `getbackupprogress` (contract §3).

use serde::Serialize;

use super::{Context, Outcome, dump_parameter};
use crate::answer::Answer;
use crate::gate;
use crate::job::Job;
use crate::life_cycle::Moment;

/// The `backupProgressEnum` of a backup.
const BACKUP: u8 = 0;
const TENANT: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    is_completed: bool,
    progress: u8,
    error: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'a str>,
    link: String,
    tenant_id: u32,
    backup_progress_enum: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u8>,
    task_id: &'a str,
}

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let dump = dump_parameter(context.request)?;
    gate::administrator(&context.state.caller)?;
    gate::queue_unlocked(context.state)?;
    Ok(current(context, dump))
}

/// What the slot shows at this instant; the answer to a start is the same.
pub(super) fn current(context: &mut Context<'_>, dump: bool) -> Answer {
    let state = &*context.state;
    let Some((job, moment)) = state.queue.current(dump, context.now) else {
        tell(&mut context.note, "nothing in the queue".to_owned());
        return Answer::success::<Item<'_>>(context.request, None, 0);
    };
    tell(&mut context.note, describe(job, &moment));
    let item = Item {
        is_completed: moment.completed,
        progress: moment.progress,
        error: &moment.error,
        warning: moment.warning.as_deref().filter(|_| state.config.is_at_least([3, 6, 0])),
        link: job.link(context.now),
        tenant_id: TENANT,
        backup_progress_enum: BACKUP,
        status: state.config.is_at_least([3, 7, 1]).then_some(moment.status as u8),
        task_id: &job.id,
    };
    Answer::success(context.request, Some(&item), 1)
}

fn describe(job: &Job, moment: &Moment) -> String {
    let end = if moment.completed { ", completed" } else { "" };
    let error = if moment.error.is_empty() { String::new() } else { format!(", error: {}", moment.error) };
    let short = job.id.get(..8).unwrap_or(&job.id);
    format!("{short} at {} %{end}{error}", moment.progress)
}

fn tell(note: &mut String, what: String) {
    if !note.is_empty() {
        note.push_str(": ");
    }
    note.push_str(&what);
}
