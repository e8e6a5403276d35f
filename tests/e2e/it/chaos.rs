//! Every fault that is known, against the built program: one table, and the run fails if one row differs.

mod changes;
mod expected;
mod gzip;
mod matrix;
mod play;
pub(crate) mod random;
mod scenario;
mod seen;
mod set_up;
mod stage;
mod table;

use std::sync::Arc;

use tokio::{sync::Semaphore, task::JoinSet, time::Instant};

use self::{
    scenario::Scenario,
    seen::Seen,
    table::{Played, differences, table},
};

/// Scenarios wait more than they compute: many more at once than there are cores.
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_scenario_ends_as_it_must() {
    let seed = random::seed();
    let wanted = part();
    let scenarios =
        matrix::all(seed).into_iter().filter(|row| format!("{}: {}", row.group, row.name).contains(&wanted));
    let began = Instant::now();
    let played = play_all(scenarios.collect()).await;
    show(&format!("{}kills at random moments came of the seed {seed}\n", table(&played, began.elapsed())));
    let differences = differences(&played);
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn there_are_more_than_120_scenarios_with_a_name_each() {
    let rows = matrix::all(0);
    let names: std::collections::BTreeSet<_> = rows.iter().map(|row| (row.group, row.name.clone())).collect();
    assert_eq!(names.len(), rows.len());
    assert!(rows.len() >= 120, "{}", rows.len());
}

#[tokio::test]
async fn a_wrong_expectation_makes_the_run_fail() {
    let right = scenario::row("fine", "run", scenario::Fine, ("completed", 0, 1, 1));
    let wrong = scenario::row("fine", "run", scenario::Fine, ("lost: vanished", 17, 2, 2));
    let played = play_all(vec![right, wrong]).await;
    let told = differences(&played);
    let lines: Vec<&str> = told.lines().skip_while(|line| line.is_empty()).take(5).collect();
    assert_eq!(
        lines,
        [
            ": fine",
            "  outcome: expected lost: vanished, came completed",
            "  exit code: expected 17, came 0",
            "  starts: expected 2, came 1",
            "  starts sent: expected 2..=2, came 1",
        ]
    );
    assert_eq!(told.matches(": fine").count(), 1, "{told}");
}

/// Plays all of them, the slow ones first; gives them in the order in which they came.
async fn play_all(scenarios: Vec<Scenario>) -> Vec<Played> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut order: Vec<(usize, Scenario)> = scenarios.into_iter().enumerate().collect();
    order.sort_by_key(|(_, scenario)| !scenario.is_slow);
    let mut tasks = JoinSet::new();
    for (number, scenario) in order {
        let places = Arc::clone(&places);
        tasks.spawn(async move {
            let _place = places.acquire().await.unwrap();
            (number, play_safely(scenario).await)
        });
    }
    let mut played = tasks.join_all().await;
    played.sort_by_key(|(number, _)| *number);
    played.into_iter().map(|(_, played)| played).collect()
}

/// A scenario that breaks its own stage is a row too.
async fn play_safely(scenario: Scenario) -> Played {
    let scenario = Arc::new(scenario);
    let task = tokio::spawn({
        let scenario = Arc::clone(&scenario);
        async move { play::play(&scenario).await }
    });
    let seen = task.await.unwrap_or_else(|broken| Seen { faults: vec![broken.to_string()], ..Seen::default() });
    let scenario = Arc::into_inner(scenario).expect("the task is over, and has dropped its own");
    Played { scenario, seen }
}

/// The part of a row's name to which the run is limited; usually none.
#[expect(clippy::disallowed_methods, reason = "a test has no settings stage, and this names what is tested")]
fn part() -> String {
    std::env::var("DOCSPACE_CHAOS_PART").unwrap_or_default()
}

/// The table is what this test is for.
#[expect(clippy::print_stdout, reason = "this is the one place that prints, for whoever reads the log")]
fn show(table: &str) {
    println!("{table}");
}
