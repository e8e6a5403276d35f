//! `keys/@self` (contract §10.4).

use serde_json::json;

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::clock::zoned;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let state = &*context.state;
    let api_key = &state.config.api_key;
    let postfix = api_key.get(api_key.len().saturating_sub(4)..).unwrap_or_default();
    let mut key = json!({
        "id": "5a1c7b1e-93f0-4c0a-8f52-0e7f7d6b3a10",
        "name": "mock",
        "key": format!("sk-***{postfix}"),
        "keyPostfix": postfix,
        "permissions": state.caller.scope.permissions(),
        "lastUsed": zoned(state.clock.date(context.now)),
        "createOn": "2026-01-02T03:04:05.0000000Z",
        "createBy": {"id": super::person::ID, "displayName": super::person::NAME},
        "isActive": true,
    });
    let expires = state.caller.key_expires_at.clone().or_else(|| state.key_expires.map(zoned));
    if let Some(expires) = expires {
        key["expiresAt"] = expires.into();
    }
    Ok(Answer::success(context.request, Some(&key), 1))
}
