//! `settings`: a part for everybody, and another for who is known.

use serde_json::json;

use super::{Context, Outcome, person};
use crate::answer::Answer;
use crate::caller::Trouble;
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let state = &*context.state;
    let mut settings = json!({
        "culture": "en-US",
        "greetingSettings": state.config.name,
        "docSpace": true,
        "standalone": state.config.standalone,
        "isAmi": false,
        "baseDomain": "example.com",
        "version": state.config.version,
        "tenantStatus": state.tenant_status(),
        "tenantAlias": state.config.alias,
    });
    if gate::authenticated(state, context.request.credentials).is_ok() {
        let offset = state.zone.to_offset(state.clock.date(context.now)).seconds();
        settings["timezone"] = state.config.time_zone.as_str().into();
        settings["utcHoursOffset"] = (f64::from(offset) / 3600.0).into();
        settings["ownerId"] = person::ID.into();
        settings["limitedAccessSpace"] = state.has(Trouble::SpacesLimited).into();
    }
    Ok(Answer::success(context.request, Some(&settings), 1))
}
