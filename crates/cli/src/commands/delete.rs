//! `delete`: backups removed for good, as far as somebody agreed, and what became of each.

mod account;
mod choice;
mod removal;

use std::time::Duration;

use docspace_api::{BackupRecord, Portal, RetryPolicy, StorageType};

use self::{
    account::Deletion,
    choice::choose,
    removal::{Fate, remove},
};
use super::{consent::ask, portal::connect};
use crate::{
    answer::Answer, arguments::DeleteArguments, console::Console, problem::Problem, settings::Settings, signal::Signals,
};

/// The longest that the portal may take to tell whose server it is.
const FOR_SETTINGS: Duration = Duration::from_secs(10);

/// Reads the history, asks, deletes one backup after the other, and reads the history again.
///
/// Also with `--all` each is deleted by its id: a copy that is made meanwhile was shown to nobody, and stays.
pub(crate) async fn delete(
    arguments: &DeleteArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let scope = settings.resolve_scope(arguments.dump);
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let chosen = choose(arguments, &client, scope).await?;
    let notes = if chosen.is_empty() { Vec::new() } else { notes(&chosen, &client).await };
    let planned = Deletion::planned(portal, chosen, notes);
    if planned.is_empty() || arguments.consent.dry_run {
        planned.remark(console);
        return Ok(planned.answer());
    }
    planned.show(arguments.consent.yes, console);
    ask(&planned.question(), arguments.consent.yes, console)?;
    let signals = Signals::listen(console);
    let fates = remove(planned.records(), &client, scope, &signals).await;
    let done = planned.carried_out(fates, signals.received());
    done.say_what_went_wrong(console);
    Ok(done.answer())
}

/// What to know before agreeing.
async fn notes(chosen: &[BackupRecord], client: &Portal) -> Vec<String> {
    let in_documents = chosen.iter().any(|record| record.storage == StorageType::Documents);
    let trash = in_documents.then(|| "files in documents are removed for good, not moved to the trash".to_owned());
    trash.into_iter().chain(quota(client).await).collect()
}

/// At a hosted portal a month's free backups are counted with those that were deleted (contract §2.6).
async fn quota(client: &Portal) -> Option<String> {
    let client = client.with_retry(RetryPolicy::NEVER);
    let settings = tokio::time::timeout(FOR_SETTINGS, client.settings()).await;
    match settings.ok().and_then(Result::ok).and_then(|settings| settings.standalone) {
        Some(true) => None,
        Some(false) => Some("deleting gives no free backup back: deleted ones count until the month is over".to_owned()),
        None => Some(
            "if this is a hosted portal, deleting gives no free backup back: deleted ones count until the month is over"
                .to_owned(),
        ),
    }
}
