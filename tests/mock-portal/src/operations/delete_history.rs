//! `deletebackuphistory`: every record and every file (contract §6).

use super::{Context, Outcome, dump_parameter};
use crate::answer::Answer;
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let dump = dump_parameter(context.request)?;
    gate::dump_call(context.state, dump)?;
    let state = &mut *context.state;
    let today = state.clock.date(context.now);
    let of_kind = state.records.listed(today).filter(|record| record.dump == dump);
    let ids: Vec<_> = of_kind.map(|record| record.id.clone()).collect();
    for id in &ids {
        state.records.delete(id);
        state.files.delete_copy(id);
    }
    context.note = format!("{} records deleted", ids.len());
    Ok(Answer::success(context.request, Some(&true), 1))
}
