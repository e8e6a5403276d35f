//! `portal`: administrators learn all of it, others its number.

use serde_json::json;

use super::{Context, Outcome, person};
use crate::answer::Answer;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let state = &*context.state;
    if !state.caller.role.manages_portal() {
        return Ok(Answer::success(context.request, Some(&json!({"tenantId": state.tenant})), 1));
    }
    let tenant = json!({
        "tenantId": state.tenant,
        "tenantAlias": state.config.alias,
        "name": state.config.name,
        "timeZone": state.config.time_zone,
        "language": "en-US",
        "ownerId": person::ID,
        "status": state.tenant_status(),
        "creationDateTime": "2026-01-02T03:04:05.0000000Z",
    });
    Ok(Answer::success(context.request, Some(&tenant), 1))
}
