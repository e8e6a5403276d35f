//! `portal/usedspace`: how much is stored, in gigabytes of 1024³ bytes, rounded to hundredths.

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::gate;

const GIGABYTE: f64 = 1024.0 * 1024.0 * 1024.0;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    gate::administrator(&context.state.caller)?;
    let used = context.state.config.used_bytes as f64 / GIGABYTE;
    let rounded = (used * 100.0).round() / 100.0;
    Ok(Answer::success(context.request, Some(&rounded), 1))
}
