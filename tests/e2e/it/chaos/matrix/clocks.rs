//! A portal whose clock is an hour ahead or behind: in `Date`, `createdOn`, links and file names.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use mock_portal::{Answer, Config, JobPlan, SlotJob, Vanish};

use super::names::{Progress, RUN, hours, lasting, ms, on};
use crate::chaos::scenario::{Act, Ends, Fine, Moment, Scenario, acts, row};

const COMPLETED: Ends = ("completed", 0, 1, 1);

pub(super) fn rows() -> Vec<Scenario> {
    [("an hour ahead", 1), ("an hour behind", -1), ("a day ahead", 24), ("a year behind", -24 * 365)]
        .into_iter()
        .flat_map(|(name, lead)| rows_of(name, lead))
        .collect()
}

fn rows_of(name: &str, lead: i64) -> [Scenario; 7] {
    let named = |what: &str| format!("{name}, {what}");
    let killed = vec![Act::Kill(RUN, Moment::Called(Progress, 2)), Act::Run(RUN)];
    [
        row(named("a run"), RUN, Fine, COMPLETED),
        row(named("a temporary copy"), "run --storage temporary", Fine, COMPLETED),
        row(named("yesterday's job in the slot"), RUN, SlotJob::finished(hours(20)), COMPLETED),
        row(named("vanished, and in the history"), RUN, JobPlan::vanish(Vanish::WithRecord, 30), COMPLETED),
        row(named("history"), "history", SlotJob::finished(hours(3)), ("backup_history", 0, 0, 0)),
        row(named("429 with a date by the portal's clock"), RUN, on(Progress).answer(throttled(lead)), COMPLETED),
        acts(named("killed and gone on with"), killed, lasting(2000), COMPLETED),
    ]
    .map(|row| row.config(|config: &mut Config| config.clock_ahead = SignedDuration::from_hours(lead)))
}

/// Come back in a second, by a clock with that lead.
fn throttled(lead: i64) -> Answer {
    let then = Timestamp::now() + SignedDuration::from_hours(lead) + SignedDuration::try_from(ms(1000)).unwrap();
    let date = then.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    Answer::throttled(Some(&date))
}
