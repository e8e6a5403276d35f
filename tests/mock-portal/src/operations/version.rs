//! `settings/version/build`, which asks for no credentials.

use serde_json::json;

use super::{Context, Outcome};
use crate::answer::Answer;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let build = json!({"docSpace": context.state.config.version});
    Ok(Answer::success(context.request, Some(&build), 1))
}
