//! `schedule set`: the schedule that is wanted, in place of the one that there is, and proved to have been kept.

use backup_core::drift;
use docspace_api::{ApiError, ApiErrorKind, Denial, NewSchedule, Portal, Schedule};

use super::{Account, Deed, Shown, Zone, conclusion::conclude, hazard::hazards_of_new, read};
use crate::{
    answer::Answer,
    arguments::SetArguments,
    commands::{consent::ask, portal::connect},
    console::Console,
    problem::Problem,
    report::PortalFacts,
    settings::Settings,
    words,
};

/// Sets it, unless it stands there already: each change makes the portal forget when it last ran.
pub(super) async fn set(
    arguments: &SetArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let wanted = settings.schedule_plan(&arguments.times, &arguments.storage)?.schedule()?;
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let present = read(&client, wanted.scope).await?;
    let zone = Zone::of(&client, wanted.scope).await;
    if drift(&wanted, present.as_ref()).is_empty() {
        let schedule = present.as_ref().map(Shown::from);
        return Ok(Account { schedule, ..Account::of(Deed::Unchanged, portal, zone) }.answer());
    }
    let planned = planned(&wanted, present.as_ref(), portal, zone);
    planned.remark(console);
    if arguments.consent.dry_run {
        return Ok(planned.answer());
    }
    if let Some(present) = &present {
        show_change(present, &wanted, arguments.consent.yes, console);
        ask(&format!("Replace the schedule of {}?", planned.portal.host), arguments.consent.yes, console)?;
    }
    let done = carry_out(planned, &wanted, &client).await?;
    done.say_what_went_wrong(console);
    Ok(done.answer())
}

fn planned(wanted: &NewSchedule, present: Option<&Schedule>, portal: PortalFacts, zone: Zone) -> Account {
    Account {
        schedule: Some(Shown::from(wanted)),
        previous: present.map(Shown::from),
        notes: hazards_of_new(wanted, &zone),
        ..Account::of(Deed::Planned, portal, zone)
    }
}

fn show_change(present: &Schedule, wanted: &NewSchedule, is_agreed: bool, console: &Console) {
    if !is_agreed {
        console.talk(&format!("now:  {}", notify::one_line(&Shown::from(present).line())));
        console.talk(&format!("then: {}", notify::one_line(&Shown::from(wanted).line())));
    }
}

async fn carry_out(planned: Account, wanted: &NewSchedule, client: &Portal) -> Result<Account, Problem> {
    let sent = client.create_backup_schedule(wanted).await;
    if let Err(error) = &sent
        && !error.kind().leaves_doubt()
    {
        return Err(refused(error, wanted));
    }
    let found = client.backup_schedule(wanted.scope).await;
    Ok(conclude(planned, Some(wanted), sent.as_ref().err(), found))
}

/// A refusal that is about the folder is not about the key.
fn refused(error: &ApiError, wanted: &NewSchedule) -> Problem {
    let problem = Problem::from(error);
    let Some(folder) = words::folder(&wanted.target) else { return problem };
    if error.kind() == ApiErrorKind::NotFound {
        let hint = format!("this key sees no folder {folder}: `docspace-backup folders` finds the right id");
        return problem.with_hint(hint);
    }
    if let ApiErrorKind::Forbidden(Denial::Role | Denial::Unknown) = error.kind() {
        return problem.with_hint(format!(
            "either the folder {folder} takes no copies (sections such as Rooms and Archive take none, the rooms themselves do), \
             or the key's owner is no administrator of the DocSpace"
        ));
    }
    problem
}
