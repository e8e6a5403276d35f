//! `schedule`: the portal's own schedule, shown, set and removed.

mod account;
mod conclusion;
mod difference;
mod hazard;
mod remove;
mod set;
mod shown;
mod zone;

use backup_core::drift;
use docspace_api::{Portal, Schedule, Scope};

pub(super) use self::difference::sentence as difference_sentence;
use self::{
    account::{Account, Deed},
    hazard::hazards_of,
    remove::remove,
    set::set,
    shown::Shown,
    zone::Zone,
};
use super::portal::connect;
use crate::{
    answer::Answer,
    arguments::{ScheduleCommand, ShowArguments},
    console::Console,
    problem::Problem,
    settings::Settings,
};

/// Carries one of the subcommands out.
pub(crate) async fn schedule(
    command: &ScheduleCommand,
    settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    match command {
        ScheduleCommand::Show(arguments) => show(arguments, settings, console).await,
        ScheduleCommand::Set(arguments) => set(arguments, settings, console).await,
        ScheduleCommand::Remove(arguments) => remove(arguments, settings, console).await,
    }
}

async fn show(arguments: &ShowArguments, mut settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let scope = settings.resolve_schedule_scope(arguments.dump)?;
    let declared = settings.declared_schedule()?.filter(|declared| declared.scope == scope);
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let present = read(&client, scope).await?;
    let zone = Zone::of(&client, scope).await;
    let account = Account {
        drift: declared.as_ref().map(|declared| drift(declared, present.as_ref())).unwrap_or_default(),
        declared: declared.as_ref().map(Shown::from),
        notes: present.as_ref().map(|schedule| hazards_of(schedule, &zone)).unwrap_or_default(),
        schedule: present.as_ref().map(Shown::from),
        ..Account::of(Deed::Shown, portal, zone)
    };
    account.remark(console);
    Ok(account.answer())
}

/// The schedule at the portal.
async fn read(client: &Portal, scope: Scope) -> Result<Option<Schedule>, Problem> {
    client.backup_schedule(scope).await.map_err(|error| Problem::from(&error))
}
