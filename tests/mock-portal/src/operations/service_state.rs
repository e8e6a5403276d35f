//! `getservicestate`, from version 3.5.0: the wallet's switch for backups (contract §12).

use serde_json::json;

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::config::Wallet;
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    gate::administrator(&context.state.caller)?;
    let enabled = match context.state.config.wallet {
        Wallet::On | Wallet::Empty => !context.state.config.standalone,
        Wallet::Off => false,
    };
    Ok(Answer::success(context.request, Some(&json!({"enabled": enabled})), 1))
}
