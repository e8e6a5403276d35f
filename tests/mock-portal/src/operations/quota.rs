//! `portal/quota`: what the plan allows.

use serde_json::json;

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::caller::Trouble;
use crate::config::Wallet;
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    gate::administrator(&context.state.caller)?;
    let state = &*context.state;
    let config = &state.config;
    let quota = json!({
        "tenantId": state.tenant,
        "name": if config.standalone { "Default" } else { "Business" },
        "price": 0,
        "priceCurrencySymbol": "$",
        "visible": true,
        "wallet": false,
        "features": "audit,ldap,sso,restore",
        "maxFileSize": config.total_bytes,
        "maxTotalSize": config.total_bytes,
        "countUser": -1,
        "countRoomAdmin": -1,
        "countRoom": -1,
        "nonProfit": false,
        "trial": false,
        "free": false,
        "restore": config.standalone || !state.has(Trouble::RestoreNotInPlan),
        "thirdParty": true,
        "year": true,
        "countFreeBackup": config.free_backups,
        "backup": config.wallet != Wallet::Off,
    });
    Ok(Answer::success(context.request, Some(&quota), 1))
}
