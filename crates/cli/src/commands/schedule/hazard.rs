//! Where a schedule will not do what one expects of it, in words.

use backup_core::{Hazard, hazards};
use docspace_api::{CronParams, NewSchedule, Schedule, StorageType};
use jiff::Timestamp;

use super::Zone;

/// What to know before that schedule is set.
pub(super) fn hazards_of_new(schedule: &NewSchedule, zone: &Zone) -> Vec<String> {
    let hazards = found(&schedule.cron, zone).iter().map(sentence).collect();
    with_doubts(hazards, schedule.target.storage(), zone)
}

/// What to know of a schedule that is set.
pub(super) fn hazards_of(schedule: &Schedule, zone: &Zone) -> Vec<String> {
    let lasting =
        found(&schedule.cron, zone).into_iter().filter(|hazard| !matches!(hazard, Hazard::FiresAtOnce { .. }));
    with_doubts(lasting.map(|hazard| sentence(&hazard)).collect(), schedule.storage, zone)
}

fn found(cron: &CronParams, zone: &Zone) -> Vec<Hazard> {
    zone.zone.as_ref().map(|zone| hazards(cron, zone, Timestamp::now())).unwrap_or_default()
}

fn with_doubts(mut hazards: Vec<String>, storage: StorageType, zone: &Zone) -> Vec<String> {
    if storage == StorageType::DataStore {
        let dies = "each copy in the temporary store is deleted after 24 hours, however many are to be kept";
        hazards.push(dies.to_owned());
    }
    hazards.extend(zone.doubt.clone());
    hazards
}

fn sentence(hazard: &Hazard) -> String {
    match hazard {
        Hazard::FiresAtOnce { missed } => format!(
            "{} is past, and the portal makes up for it: the first backup begins within 15 minutes of setting this",
            missed.strftime("%H:%M of %Y-%m-%d"),
        ),
        Hazard::SkipsMonths(months) => {
            let months: Vec<&str> = months.iter().filter_map(|month| month_name(*month)).collect();
            format!("months without that day are skipped: {}", months.join(", "))
        }
        Hazard::Gap(date) => {
            format!("on {date} summer time leaves this hour out: that backup comes later, or not at all")
        }
        Hazard::Fold(date) => format!("on {date} this hour comes twice, as summer time ends: so may the backup"),
    }
}

fn month_name(month: i8) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::try_from(month).ok()?.checked_sub(1)?).copied()
}
