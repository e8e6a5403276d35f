//! `getbackupprogress`, and the item that the slots of backups and restores show (contract §1.3, §3).

use serde::Serialize;

use super::{Context, Outcome, dump_parameter};
use crate::answer::Answer;
use crate::gate;
use crate::life_cycle::Moment;
use crate::state::State;

/// The `backupProgressEnum` of a backup and of a restore.
const BACKUP: u8 = 0;
const RESTORE: u8 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    is_completed: bool,
    progress: u8,
    error: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    tenant_id: u32,
    backup_progress_enum: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u8>,
    task_id: String,
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
    let found = state.queue.current(dump, context.now).map(|(job, moment)| {
        let warning = moment.warning.clone().filter(|_| state.config.is_at_least([3, 6, 0]));
        let link = Some(job.link(context.now, state.object_store));
        Item { warning, link, ..item(state, &job.id, moment) }
    });
    shown(context, found)
}

/// What the slot of restores shows; without a choice a server of one's own shows whichever restore there is.
pub(super) fn of_restore(context: &mut Context<'_>, dump: Option<bool>) -> Answer {
    let state = &*context.state;
    let dump = if state.config.standalone { dump } else { Some(false) };
    let found = state.restores.current(dump, context.now).map(|(restore, moment)| Item {
        tenant_id: restore.tenant,
        backup_progress_enum: RESTORE,
        ..item(state, &restore.id, moment)
    });
    shown(context, found)
}

fn item(state: &State, id: &str, moment: Moment) -> Item {
    Item {
        is_completed: moment.completed,
        progress: moment.progress,
        error: moment.error,
        warning: None,
        link: None,
        tenant_id: state.tenant,
        backup_progress_enum: BACKUP,
        status: state.config.is_at_least([3, 7, 1]).then_some(moment.status as u8),
        task_id: id.to_owned(),
    }
}

fn shown(context: &mut Context<'_>, item: Option<Item>) -> Answer {
    let told = item.as_ref().map_or_else(|| "nothing in the queue".to_owned(), describe);
    if !context.note.is_empty() {
        context.note.push_str(": ");
    }
    context.note.push_str(&told);
    Answer::success(context.request, item.as_ref(), item.iter().count())
}

fn describe(item: &Item) -> String {
    let end = if item.is_completed { ", completed" } else { "" };
    let error = if item.error.is_empty() { String::new() } else { format!(", error: {}", item.error) };
    let short = item.task_id.get(..8).unwrap_or(&item.task_id);
    format!("{short} at {} %{end}{error}", item.progress)
}
