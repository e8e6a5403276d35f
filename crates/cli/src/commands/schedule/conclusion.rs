//! What became of a change that was sent: told by what stands at the portal since, also after a doubt.

use backup_core::{Difference, drift};
use docspace_api::{ApiError, NewSchedule, Schedule};

use super::{Account, Deed, Shown, difference};
use crate::{exit_code::ExitCode, problem::Problem};

/// The account of a change of which the portal `found` this afterwards; `wanted` is `None` where the schedule was to go.
pub(super) fn conclude(
    planned: Account,
    wanted: Option<&NewSchedule>,
    doubt: Option<&ApiError>,
    found: Result<Option<Schedule>, ApiError>,
) -> Account {
    let doubt = doubt.map(Problem::from);
    match found {
        Ok(found) => judge(planned, wanted, doubt, found.as_ref()),
        Err(unread) => unconfirmed(planned, doubt, &Problem::from(&unread)),
    }
}

fn judge(planned: Account, wanted: Option<&NewSchedule>, doubt: Option<Problem>, found: Option<&Schedule>) -> Account {
    let drift = wanted.map(|wanted| drift(wanted, found)).unwrap_or_default();
    let kept = match wanted {
        Some(_) => drift.is_empty().then_some(Deed::Set),
        None => found.is_none().then_some(Deed::Removed),
    };
    let schedule = found.map(Shown::from);
    match kept {
        Some(deed) => Account { deed, schedule, ..planned },
        None => {
            let problem = Some(doubt.unwrap_or_else(|| not_kept(&drift)));
            Account { deed: Deed::NotKept, schedule, problem, drift, ..planned }
        }
    }
}

fn not_kept(drift: &[Difference]) -> Problem {
    let differences: Vec<String> = drift.iter().map(difference::sentence).collect();
    let message = match differences.as_slice() {
        [] => "the portal took the removal, and has a schedule all the same".to_owned(),
        differences => format!("the portal took the schedule, and has not kept it: {}", differences.join("; ")),
    };
    Problem::new("not_kept", ExitCode::Failed, message).with_hint(
        "somebody has perhaps changed it meanwhile, or no free backups are left: `docspace-backup schedule show`",
    )
}

/// Without a doubt about the change itself it is done, and only not proved.
fn unconfirmed(planned: Account, doubt: Option<Problem>, unread: &Problem) -> Account {
    let problem = doubt.map(|problem| Problem { code: "change_unknown", exit: ExitCode::Unknown, ..problem });
    let mut notes = planned.notes.clone();
    notes.push(format!("what the portal has kept could not be read: {}", unread.message));
    Account { deed: Deed::Unconfirmed, schedule: None, notes, problem, ..planned }
}
