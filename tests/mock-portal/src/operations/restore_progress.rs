//! `getrestoreprogress`, which asks for no credentials (contract §8).

use super::{Context, Outcome, progress, truth_parameter};
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let dump = truth_parameter(context.request, "Dump")?;
    gate::queue_unlocked(context.state)?;
    Ok(progress::of_restore(context, dump))
}
