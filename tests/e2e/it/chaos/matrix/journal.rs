//! What the journal does for runs that were cut off, and what happens where it cannot be kept.

use mock_portal::Answer;

use super::names::{Progress, RUN, Start, lasting, on};
use crate::{
    chaos::scenario::{Act, Channel, Ends, Fine, IntoSetUp, JournalFolder, Moment, Scenario, acts, row},
    rig::{Reply, Signal},
};

const COMPLETED: Ends = ("completed", 0, 1, 1);
const UNTOLD: &str = "run --folder 123 --no-notify";
const CLOSED: &str = "closed completed";

pub(super) fn rows() -> Vec<Scenario> {
    let mut rows = cut_off();
    rows.extend(left());
    rows.extend(unkept());
    rows.extend(at_once());
    rows
}

/// A scenario with a webhook that gets one notice.
fn told(name: &str, done: Vec<Act>, set_up: impl IntoSetUp, ends: Ends) -> Scenario {
    acts(name, done, set_up, ends).channel(hook()).notices(1)
}

#[rustfmt::skip] // a row is a line
fn cut_off() -> Vec<Scenario> {
    let killed = |moment| Act::Kill(RUN, moment);
    let watching = || killed(Moment::Called(Progress, 2));
        vec![
        told("its job still runs, the next run joins it", vec![watching(), Act::Run(RUN)], lasting(3000), COMPLETED).runs(CLOSED),
        told("its job ended meanwhile", vec![watching(), Act::JobEnds, Act::Run(RUN)], lasting(1500), COMPLETED).runs(CLOSED),
        told("wait after the kill", vec![watching(), Act::Run("wait")], lasting(3000), COMPLETED).runs(CLOSED),
        told("wait after the kill and the end", vec![watching(), Act::JobEnds, Act::Run("wait")], lasting(1500), COMPLETED).runs(CLOSED),
        told("its start was never sent", vec![killed(Moment::Called(Progress, 1)), Act::Run(RUN)], on(Progress).hang(), COMPLETED).runs(CLOSED),
        told("its start had no effect", vec![killed(Moment::Called(Start, 1)), Act::Run(RUN)], on(Start).hang(), ("completed", 0, 1, 2)).runs(CLOSED),
        told("its start had its effect", vec![killed(Moment::Called(Start, 1)), Act::Run(RUN)], on(Start).hang().after_effect(), COMPLETED).runs(CLOSED),
        told("another order settles it, and is its own backup", vec![watching(), Act::JobEnds, Act::Run("run --storage temporary")], lasting(1500), ("completed", 0, 2, 2)).notices(2).runs("closed completed, closed completed"),
        told("--no-notify leaves the notice owed, and the next run tells it", vec![Act::Kill(RUN, Moment::Posted(1)), Act::Run(UNTOLD), Act::Run(RUN)], lasting(500), COMPLETED).hook(vec![Reply::never(), Reply::new(200, "")]).runs(CLOSED),
        told("a run cut off leaves status as it is", vec![watching(), Act::Run("status")], lasting(3000), ("backup_status", 0, 1, 1)).notices(0),
        told("a run cut off is listed", vec![watching(), Act::Run("runs")], lasting(3000), ("runs", 0, 1, 1)).notices(0).runs("bound ?"),
        told("start cut off at the look, then run", vec![Act::Kill("start --folder 123", Moment::Called(Progress, 1)), Act::Run(RUN)], on(Progress).hang(), COMPLETED),
    ]
}

#[rustfmt::skip] // a row is a line
fn left() -> Vec<Scenario> {
    let at_start = || Act::Kill(RUN, Moment::Called(Start, 1));
    let down = || Act::Break(on(Progress).always().answer(Answer::gateway(502)));
    let refused = || Act::Break(on(Progress).always().status(401));
    let killed = || Act::Kill(RUN, Moment::Called(Progress, 2));
    vec![
        acts("cut off, the next run has no time, then another", vec![killed(), Act::Run("run --folder 123 --timeout 1s"), Act::Run(RUN)], lasting(5000), COMPLETED),
        told("cut off, the portal is down for the next run, then back", vec![killed(), down(), Act::Run(RUN), Act::Mend, Act::Run(RUN)], lasting(2000), COMPLETED).runs(CLOSED),
        told("cut off, the key is refused for the next run, then good again", vec![killed(), refused(), Act::Run(RUN), Act::Mend, Act::Run(RUN)], lasting(2000), COMPLETED).runs(CLOSED),
        told("cut off at the start, the portal is down for the next run, then back", vec![at_start(), down(), Act::Run(RUN), Act::Mend, Act::Run(RUN)], lasting(5000), COMPLETED).and(on(Start).hang().after_effect()).runs(CLOSED),
        told("cut off, the portal is down for the next wait, then back", vec![killed(), down(), Act::Run("wait"), Act::Mend, Act::Run(RUN)], lasting(2000), COMPLETED).runs(CLOSED),
        told("cut off, the portal is down for another order, then back", vec![killed(), down(), Act::Run("run --storage temporary"), Act::Mend, Act::Run(RUN)], lasting(2000), COMPLETED).notices(2), // the other order could not be carried out, which is news
        acts("started, the portal is down for a wait, and back for the next", vec![Act::Run("start --folder 123"), Act::Break(on(Progress).always().status(502)), Act::Run("wait"), Act::Mend, Act::Run("wait")], lasting(3000), COMPLETED),
        acts("interrupted, then run again", vec![Act::Signal(RUN, Signal::Interrupt, Moment::Called(Progress, 2)), Act::Run(RUN)], lasting(3000), COMPLETED),
        acts("terminated, then run again", vec![Act::Signal(RUN, Signal::Terminate, Moment::Called(Progress, 2)), Act::Run(RUN)], lasting(3000), COMPLETED),
        acts("cut off, interrupted, then run again", vec![killed(), Act::Signal(RUN, Signal::Interrupt, Moment::Called(Progress, 4)), Act::Run(RUN)], lasting(4000), COMPLETED),
        acts("interrupted in the silence of the start", vec![Act::Signal(RUN, Signal::Interrupt, Moment::Called(Start, 1)), Act::Mend, Act::Run("run --folder 123 --if-running join")], lasting(4000), COMPLETED).and(on(Start).hang().after_effect()),
    ]
}

#[rustfmt::skip] // a row is a line
fn unkept() -> Vec<Scenario> {
    let kept =
        |name, journal| row(name, RUN, Fine, COMPLETED).journal(journal).channel(hook()).notices(1).says("journal");
    vec![
        kept("the folder would be below a file", JournalFolder::BelowAFile),
        kept("the journal is damaged", JournalFolder::Damaged),
        kept("the disk is full from the beginning", JournalFolder::Full(0)),
        kept("the disk is full after 4 kB", JournalFolder::Full(8)),
        kept("the disk is full after 32 kB", JournalFolder::Full(64)),
        row("a failed backup, and no journal", RUN, mock_portal::JobPlan::fail("no"), ("failed: backup_failed", 1, 1, 1)).journal(JournalFolder::BelowAFile),
        row("runs without a journal that can be read", "runs", Fine, ("error: journal", 1, 0, 0)).journal(JournalFolder::Damaged),
        row("wait without a journal", "wait", Fine, ("not_started: no_such_task", 10, 0, 0)).journal(JournalFolder::BelowAFile),
        acts("damaged while a run was cut off, joined by the slot", vec![Act::Kill(RUN, Moment::Called(Progress, 2)), Act::DamageJournal, Act::Run("run --folder 123 --if-running join")], lasting(3000), COMPLETED),
    ]
}

#[rustfmt::skip] // a row is a line
fn at_once() -> Vec<Scenario> {
    vec![
        acts("two runs at the same moment", vec![Act::Twice(RUN)], lasting(2000), ("busy: busy", 11, 1, 1)),
        acts("two runs at the same moment, joined", vec![Act::Twice("run --folder 123 --if-running join")], lasting(2000), COMPLETED),
        acts("two runs at the same moment, one after the other", vec![Act::Twice("run --folder 123 --if-running wait")], lasting(1000), ("completed", 0, 2, 2)),
        acts("two runs go on with the same run", vec![Act::Kill(RUN, Moment::Called(Progress, 2)), Act::Twice("run --folder 123 --if-running join")], lasting(4000), COMPLETED),
        acts("two waits for the same job", vec![Act::Run("start --folder 123"), Act::Twice("wait")], lasting(2000), COMPLETED),
    ]
}

fn hook() -> Channel {
    Channel::Webhook(vec![Reply::new(200, "")])
}
