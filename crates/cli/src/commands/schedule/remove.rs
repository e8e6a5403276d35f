//! `schedule remove`: the portal makes no backups by itself any more.

use docspace_api::{Portal, Scope};

use super::{Account, Deed, Shown, Zone, conclusion::conclude, read};
use crate::{
    answer::Answer,
    arguments::RemoveArguments,
    commands::{consent::ask, portal::connect},
    console::Console,
    problem::Problem,
    settings::Settings,
};

/// Removes it, and looks whether it is gone. Where there is none, nothing is sent.
pub(super) async fn remove(
    arguments: &RemoveArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let scope = settings.resolve_schedule_scope(arguments.dump)?;
    let declared = settings.declared_schedule()?.filter(|declared| declared.scope == scope);
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let present = read(&client, scope).await?;
    let zone = Zone::of(&client, scope).await;
    let notes = declared.iter().map(|_| "the settings file still declares a schedule".to_owned()).collect();
    let account = Account { notes, ..Account::of(Deed::Unchanged, portal, zone) };
    let Some(present) = present else {
        return Ok(account.answer());
    };
    account.remark(console);
    let planned = Account { deed: Deed::Planned, previous: Some(Shown::from(&present)), ..account };
    if arguments.consent.dry_run {
        return Ok(planned.answer());
    }
    if !arguments.consent.yes {
        console.talk(&format!("now: {}", notify::one_line(&Shown::from(&present).line())));
    }
    ask(&format!("Remove the schedule of {}?", planned.portal.host), arguments.consent.yes, console)?;
    let done = carry_out(planned, &client, scope).await?;
    done.say_what_went_wrong(console);
    Ok(done.answer())
}

async fn carry_out(planned: Account, client: &Portal, scope: Scope) -> Result<Account, Problem> {
    let sent = client.delete_backup_schedule(scope).await;
    if let Err(error) = &sent
        && !error.kind().leaves_doubt()
    {
        return Err(Problem::from(error));
    }
    let found = client.backup_schedule(scope).await;
    Ok(conclude(planned, None, sent.as_ref().err(), found))
}
