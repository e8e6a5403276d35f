//! `portal`: administrators learn all of it, others its number.

use serde_json::json;

use super::{Context, Outcome, person};
use crate::answer::Answer;
use crate::caller::Trouble;

const ACTIVE: u8 = 0;
const RESTORING: u8 = 4;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let state = &*context.state;
    if !state.caller.role.manages_portal() {
        return Ok(Answer::success(context.request, Some(&json!({"tenantId": 1})), 1));
    }
    let status = if state.has(Trouble::Restoring) { RESTORING } else { ACTIVE };
    let tenant = json!({
        "tenantId": 1,
        "tenantAlias": state.config.alias,
        "name": "Mock portal",
        "timeZone": "UTC",
        "language": "en-US",
        "ownerId": person::ID,
        "status": status,
        "creationDateTime": "2026-01-02T03:04:05.0000000Z",
    });
    Ok(Answer::success(context.request, Some(&tenant), 1))
}
