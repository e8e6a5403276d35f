//! `deletebackup/{id}` (contract §6).

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::backup_route;
use crate::gate;
use crate::record::Known;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let id = backup_route::id(&context.request.path).unwrap_or_default();
    gate::administrator(&context.state.caller)?;
    context.note = match context.state.records.know(&id) {
        Known::Never => return Err(Answer::null_reference()),
        Known::Foreign => format!("{id} is another tenant's, nothing deleted"),
        Known::Ours { dump } => {
            if dump {
                gate::dumps_allowed(context.state)?;
            }
            context.state.records.delete(&id);
            context.state.files.delete_copy(&id);
            format!("{id} deleted")
        }
    };
    Ok(Answer::success(context.request, Some(&true), 1))
}
