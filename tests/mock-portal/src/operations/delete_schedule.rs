//! `deletebackupschedule`: true, also when there was none (contract §7).

use super::{Context, Outcome, dump_parameter};
use crate::answer::Answer;
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let dump = dump_parameter(context.request)?;
    gate::dump_call(context.state, dump)?;
    context.state.schedules.remove(dump);
    Ok(Answer::success(context.request, Some(&true), 1))
}
