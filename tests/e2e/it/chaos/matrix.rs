//! Every scenario with what must come of it: outcome, exit code, jobs begun, starts sent.
//!
//! A line reads: name, command line, what is wrong, what comes. The tables of a folder are put together here.

mod answers;
mod broken_calls;
mod cancels;
mod channels;
mod clocks;
mod crossed;
mod deletions;
mod gotchas;
mod journal;
mod kills;
mod life_cycle;
mod listings;
mod names;
mod restores;
mod schedules;
mod secrets;
mod ways;

use super::scenario::{Scenario, group};

/// All of them, in the order of the table; the seed decides upon the random ones.
pub(super) fn all(seed: u64) -> Vec<Scenario> {
    let groups = [
        group("gotchas of the portal", gotchas::rows()),
        group("cancels", cancels::rows()),
        group("restores", restores::rows()),
        group("deletions", deletions::rows()),
        group("schedules", schedules::rows()),
        group("listings", listings::rows()),
        group("error shapes", answers::rows()),
        group("broken calls", broken_calls::rows()),
        group("other commands", crossed::rows()),
        group("life of a job", life_cycle::rows()),
        group("ways to the portal", ways::rows()),
        group("clocks", clocks::rows()),
        group("channels", channels::rows()),
        group("repeated secrets", secrets::rows()),
        group("killed", kills::rows(seed)),
        group("journal", journal::rows()),
    ];
    groups.into_iter().flatten().collect()
}
