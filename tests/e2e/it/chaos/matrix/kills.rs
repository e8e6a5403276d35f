//! `kill -9` at twenty moments and more: one start and one final notice all the same.

use mock_portal::{Answer, Operation};

use super::names::{History, Progress, RUN, Start, Version, lasting, ms, on};
use crate::{
    chaos::{
        random::Random,
        scenario::{Act, Ends, IntoSetUp, Moment, Scenario, acts},
    },
    rig::Reply,
};

const ONCE: Ends = ("completed", 0, 1, 1);

/// The command after the kill.
const AGAIN: &str = "run --folder 123 --if-running join";

/// How long a job takes in whose middle something is killed.
const LONG_ENOUGH: u64 = 2500;

/// How many kills are at moments that the seed chooses.
const RANDOM: usize = 12;

pub(super) fn rows(seed: u64) -> Vec<Scenario> {
    let mut rows = chosen();
    let mut random = Random::new(seed);
    rows.extend((1..=RANDOM).map(|number| at_random(number, &mut random)));
    rows
}

#[rustfmt::skip] // a row is a line
fn chosen() -> Vec<Scenario> {
    use Moment::{After, Called, Posted};
    let slow = || lasting(LONG_ENOUGH);
    let page = || Answer::gateway(502);
    vec![
        kill("before anything was answered", Called(Version, 1), on(Version).hang()),
        kill("at the first look", Called(Progress, 1), on(Progress).hang()),
        kill("at the second try of the first look", Called(Progress, 2), on(Progress).times(2).answer(page()).delay(ms(200))),
        kill("at the start, which had no effect", Called(Start, 1), on(Start).hang()).sent(1..=2),
        kill("at the start, which had its effect", Called(Start, 1), on(Start).hang().after_effect()),
        kill("at the start, which was answered by half", Called(Start, 1), on(Start).stall_after(60).after_effect()),
        kill("at the start, whose answer is under way", After(5, Start, 1), slow()),
        kill("in doubt after a start with effect", Called(Progress, 2), on(Start).reset().after_effect()).and(slow()),
        kill("in doubt after a start without effect", Called(Progress, 2), on(Start).reset()).sent(1..=2),
        kill("at the second look", Called(Progress, 2), slow()),
        kill("at the third look", Called(Progress, 3), slow()),
        kill("at a look that hangs", Called(Progress, 3), on(Progress).nth(3).hang()).and(slow()),
        kill("after a look that failed", Called(Progress, 3), on(Progress).nth(2).answer(page())).and(slow()),
        kill("at the fourth look", Called(Progress, 4), lasting(4000)),
        kill("at the history", Called(History, 1), on(History).hang()),
        kill("at the second try of the history", Called(History, 2), on(History).times(2).answer(page()).delay(ms(200))),
        kill("just after the history", After(3, History, 1), slow()),
        kill("between the history and the notice", After(12, History, 1), slow()),
        kill("while the notice is delivered", Posted(1), slow()).hook(vec![Reply::never(), Reply::new(200, "")]),
        kill("while the notice is delivered for the second time", Posted(2), slow()).hook(vec![Reply::new(500, ""), Reply::never(), Reply::new(200, "")]),
        kill("between two tries of the notice", Posted(1), slow()).hook(vec![Reply::new(503, ""), Reply::new(200, "")]),
        twice("at the first look, and again", [Called(Progress, 1), Called(Progress, 2)]),
        twice("at the second look, and again at the fourth", [Called(Progress, 2), Called(Progress, 4)]),
        twice("at the start, and again at the notice", [Called(Start, 1), Posted(1)]).hook(vec![Reply::never(), Reply::new(200, "")]),
    ]
}

fn kill(name: &str, moment: Moment, set_up: impl IntoSetUp) -> Scenario {
    once(name.to_owned(), vec![Act::Kill(RUN, moment), Act::Run(AGAIN)], set_up)
}

fn twice(name: &str, [first, second]: [Moment; 2]) -> Scenario {
    let killed = vec![Act::Kill(RUN, first), Act::Kill(AGAIN, second), Act::Run(AGAIN)];
    once(name.to_owned(), killed, lasting(2 * LONG_ENOUGH))
}

/// Somewhere between the first look and the notice.
fn at_random(number: usize, random: &mut Random) -> Scenario {
    const CALLS: [(Operation, u64); 4] = [(Version, 1), (Progress, 4), (Start, 1), (History, 1)];
    let (operation, most) = CALLS[random.below(4) as usize];
    let (nth, later) = (1 + random.below(most), random.below(60));
    let name = format!("random {number}: {later} ms after {operation:?} {nth}");
    let killed = vec![Act::Kill(RUN, Moment::After(later, operation, nth as usize)), Act::Run(AGAIN)];
    once(name, killed, lasting(4500))
}

/// The webhook takes so long that no run is over before it is killed: the next one would rightly be another backup.
fn once(name: String, killed: Vec<Act>, set_up: impl IntoSetUp) -> Scenario {
    let slow = Reply { delay: ms(1500), ..Reply::new(200, "") };
    acts(name, killed, set_up, ONCE).hook(vec![slow]).notices(1)
}
