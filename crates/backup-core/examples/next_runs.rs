//! Says when the portal's own schedule makes its next backups: `cargo run -p backup-core --example next_runs -- [COUNT]`.
//!
//! Nothing is changed. The address comes from `DOCSPACE_API_HOST`, the key from the file `DOCSPACE_API_KEY_FILE`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod connect;

use std::{env, process::ExitCode};

use backup_core::{Hazard, hazards, next_runs};
use connect::Failure;
use docspace_api::Scope;
use jiff::{Timestamp, tz::TimeZone};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    connect::exit_code(show().await)
}

async fn show() -> Result<(), Failure> {
    let count = env::args().nth(1).map_or(Ok(3), |count| count.parse())?;
    let portal = connect::portal()?;
    let Some(schedule) = portal.backup_schedule(Scope::Portal).await? else {
        println!("the portal has no schedule");
        return Ok(());
    };
    // A schedule counts in the portal's time zone, not in ours.
    let name = portal.tenant().await?.time_zone.ok_or("only an admin is told the portal's time zone")?;
    let zone = TimeZone::get(&name)?;
    let now = Timestamp::now();
    for run in next_runs(&schedule.cron, &zone, now, count) {
        println!("{}", run.strftime("%A %F %H:%M %Z"));
    }
    for hazard in hazards(&schedule.cron, &zone, now) {
        warn(&hazard);
    }
    Ok(())
}

fn warn(hazard: &Hazard) {
    match hazard {
        // That is for whoever sets a schedule.
        Hazard::FiresAtOnce { .. } => {}
        Hazard::SkipsMonths(months) => println!("warning: left out in the months {months:?}, which lack the day"),
        Hazard::Gap(day) => println!("warning: on {day} the hour is left out, as summer time begins"),
        Hazard::Fold(day) => println!("warning: on {day} the hour occurs twice, as summer time ends"),
    }
}
