//! The schedule as it runs: when, what it leaves, and what keeps it from running.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use mock_portal::{Config, Period, Schedule, SlotJob, Trouble, Wallet};

use crate::client::{Client, HISTORY, LONG, PROGRESS, SCHEDULE};

const QUARTER: Duration = Duration::from_secs(15 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A portal whose clock shows this time at its start.
async fn at(time: &str, config: Config) -> Client {
    let ahead: SignedDuration = time.parse::<Timestamp>().unwrap().duration_since(Timestamp::now());
    Client::of(Config { clock_ahead: ahead, ..config }).await
}

/// When the scheduled backups were created, in whole quarters of an hour.
fn runs(client: &Client) -> Vec<String> {
    let quarter = |time: Timestamp| time.to_zoned(TimeZone::UTC).strftime("%d. %H:%M").to_string();
    client.portal.records().iter().filter(|record| record.scheduled).map(|record| quarter(record.created_on)).collect()
}

#[tokio::test(start_paused = true)]
async fn a_schedule_runs_each_day_and_its_copies_beyond_the_number_go() {
    let client = at("2026-07-29T02:50:10Z", Config::default()).await;
    client.portal.put_schedule(Schedule { backups_stored: 2, ..Schedule::new(Period::EveryDay, 3).into_folder("123") });
    tokio::time::advance(QUARTER + LONG).await;
    assert_eq!(runs(&client), ["29. 03:06"], "at the first tick after the hour");
    assert_eq!(client.get(SCHEDULE).await.response()["lastBackupTime"], "2026-07-29T03:05:10");
    tokio::time::advance(2 * DAY + QUARTER).await;
    assert_eq!(runs(&client), ["30. 03:06", "31. 03:06"], "the first one has made room");
    assert_eq!(client.get(HISTORY).await.json()["count"], 2);
    assert_eq!(client.get(PROGRESS).await.response()["isCompleted"], true, "it is seen like any other");
    assert_eq!(client.portal.starts(), 0);
}

#[tokio::test(start_paused = true)]
async fn copies_that_somebody_ordered_make_no_room() {
    let client = at("2026-07-29T02:50:10Z", Config::default()).await;
    client.started().await;
    tokio::time::advance(LONG).await;
    client.portal.put_schedule(Schedule::new(Period::EveryDay, 3).into_folder("123"));
    tokio::time::advance(QUARTER + LONG).await;
    assert_eq!(client.get(HISTORY).await.json()["count"], 2);
}

#[tokio::test(start_paused = true)]
async fn a_schedule_whose_hour_is_past_runs_at_once() {
    let client = at("2026-07-29T20:00:00Z", Config::default()).await;
    client.portal.put_schedule(Schedule::new(Period::EveryDay, 3));
    tokio::time::advance(QUARTER + LONG).await;
    assert_eq!(client.portal.jobs().len(), 1);
    tokio::time::advance(DAY / 4).await;
    assert_eq!(client.portal.jobs().len(), 1, "and then not before tomorrow");
    let weekly = at("2026-07-29T20:00:00Z", Config::default()).await; // A Wednesday.
    weekly.portal.put_schedule(Schedule::new(Period::EveryWeek(3), 3));
    tokio::time::advance(DAY).await;
    assert!(weekly.portal.jobs().is_empty(), "Tuesday is past, but was not today");
}

#[tokio::test(start_paused = true)]
async fn the_hour_is_that_of_the_portals_time_zone() {
    let client = at("2026-07-29T00:00:00Z", Config { time_zone: "Europe/Berlin".into(), ..Config::default() }).await;
    client.portal.put_schedule(Schedule::new(Period::EveryDay, 3).into_folder("123"));
    tokio::time::advance(DAY / 2).await;
    assert_eq!(runs(&client), ["29. 01:01"]);
}

#[tokio::test(start_paused = true)]
async fn a_busy_slot_swallows_a_run() {
    let client = at("2026-07-29T02:50:10Z", Config::default()).await;
    client.portal.put_schedule(Schedule::new(Period::EveryDay, 3));
    let foreign = client.portal.put_in_slot(SlotJob::running_for(2 * QUARTER));
    tokio::time::advance(DAY / 2).await;
    let jobs: Vec<_> = client.portal.jobs().into_iter().map(|job| job.task_id).collect();
    assert_eq!(jobs, [foreign], "and it is not made up for");
    assert_eq!(client.get(SCHEDULE).await.response()["lastBackupTime"], "2026-07-29T03:05:10");
}

#[tokio::test(start_paused = true)]
async fn a_portal_that_cannot_pay_loses_its_schedule() {
    let client = at("2026-07-29T02:50:10Z", Config { standalone: false, free_backups: 1, ..Config::default() }).await;
    client.portal.put_schedule(Schedule::new(Period::EveryDay, 3).into_folder("123"));
    tokio::time::advance(DAY / 2).await;
    assert_eq!(client.portal.schedules().len(), 1);
    tokio::time::advance(DAY).await;
    assert!(client.get(SCHEDULE).await.response().is_null());
    assert_eq!(client.portal.jobs().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_wallet_pays_for_runs_beyond_the_free_ones() {
    let config = Config { standalone: false, free_backups: 1, wallet: Wallet::On, ..Config::default() };
    let client = at("2026-07-29T02:50:10Z", config).await;
    client.portal.put_schedule(Schedule { backups_stored: 9, ..Schedule::new(Period::EveryDay, 3).into_folder("123") });
    tokio::time::advance(2 * DAY).await;
    let paid: Vec<_> = client.portal.records().iter().map(|record| record.paid).collect();
    assert_eq!(paid, [false, true]);
}

#[tokio::test(start_paused = true)]
async fn an_unpaid_tariff_makes_a_run_wait() {
    let client = at("2026-07-29T02:50:10Z", Config::default()).await;
    client.portal.set_troubles([Trouble::Unpaid]);
    client.portal.put_schedule(Schedule::new(Period::EveryDay, 3));
    tokio::time::advance(DAY / 2).await;
    assert!(client.portal.jobs().is_empty());
    client.portal.set_troubles([]);
    tokio::time::advance(QUARTER).await;
    assert_eq!(client.portal.jobs().len(), 1);
}

#[tokio::test]
async fn a_schedule_can_be_watched_in_real_time() {
    let tick = Duration::from_millis(5);
    let client = Client::of(Config { scheduler_tick: tick, ..Config::default() }).await;
    client.portal.put_schedule(Schedule::new(Period::EveryDay, 0));
    client.portal.wait_for(|snapshot| snapshot.jobs.len() == 1).await;
}
