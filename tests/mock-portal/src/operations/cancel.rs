//! `cancelbackup`, from version 3.7.1 (contract §4).

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    gate::administrator(&context.state.caller)?;
    gate::queue_unlocked(context.state)?;
    let any = context.state.queue.cancel(context.state.cancel_plan, context.now);
    context.note = (if any { "queue emptied" } else { "queue was empty" }).to_owned();
    Ok(Answer::success(context.request, Some(&any), 1))
}
