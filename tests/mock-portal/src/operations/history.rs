//! `getbackuphistory` (contract §5).

use serde::Serialize;

use super::{Context, Outcome, dump_parameter};
use crate::answer::Answer;
use crate::clock::zoneless;
use crate::gate;
use crate::record::Record;

/// .NET's smallest date, which the portal writes for "never".
pub(super) const NEVER: &str = "0001-01-01T00:00:00";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    id: String,
    file_name: String,
    storage_type: i32,
    created_on: String,
    expires_on: String,
}

impl From<Record> for Line {
    fn from(record: Record) -> Self {
        Self {
            id: record.id,
            file_name: record.file_name,
            storage_type: record.storage.number(),
            created_on: zoneless(record.created_on),
            expires_on: record.expires_on.map_or_else(|| NEVER.to_owned(), zoneless),
        }
    }
}

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let dump = dump_parameter(context.request)?;
    gate::dump_call(context.state, dump)?;
    let state = &mut *context.state;
    let today = state.clock.date(context.now);
    let records = state.records.read(dump, today, |id| state.files.lost(id));
    let lines: Vec<Line> = records.into_iter().map(Line::from).collect();
    context.note = format!("{} records", lines.len());
    Ok(Answer::success(context.request, Some(&lines), lines.len()))
}
