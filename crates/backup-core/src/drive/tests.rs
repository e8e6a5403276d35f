//! Whole runs against the mock portal over real sockets, with tokio's time paused: ten minutes pass in a moment.

use std::time::Duration;

use docspace_api::{BackupTarget, Scope, StartBackup};
use mock_portal::{Answer, Config, Fault, JobPlan, MockPortal, Operation, SlotJob};
use tokio_util::sync::CancellationToken;

use super::drive;
use crate::{
    Event, EventSender, IfRunning, Limits, Order, Outcome, Reason, Report, Until, Warning, events, fixture::client,
};

const TEN_MINUTES: Duration = Duration::from_secs(600);

async fn mock() -> MockPortal {
    MockPortal::start(Config { backup_duration: TEN_MINUTES, ..Config::default() }).await
}

fn order(if_running: IfRunning) -> Order {
    let backup = StartBackup { target: BackupTarget::Documents { folder: 123 }, scope: Scope::Portal };
    Order::Start { backup, if_running, until: Until::Ended, earlier: None }
}

async fn run(mock: &MockPortal, if_running: IfRunning) -> Report {
    let stop = CancellationToken::new();
    drive(&client(mock), order(if_running), Limits::default(), EventSender::none(), stop).await
}

#[tokio::test(start_paused = true)]
async fn ten_minutes_end_in_time_and_cost_few_requests() {
    let mock = mock().await;
    let report = run(&mock, IfRunning::Fail).await;
    assert_eq!(report.verdict.outcome, Outcome::Completed, "{report:?}{}", mock.log());
    let lag = mock.ended_at().unwrap().elapsed();
    assert!(lag <= TEN_MINUTES / 100, "{lag:?}");
    assert!(mock.calls().len() <= 220, "{}", mock.calls().len());
    assert_eq!(report.finished_at.duration_since(report.started_at).unsigned_abs(), report.duration);
    assert!(report.duration >= TEN_MINUTES && report.looks as usize == mock.calls_of(Operation::Progress).len());
}

#[tokio::test(start_paused = true)]
async fn a_start_whose_answer_is_lost_is_sent_once_and_found() {
    for lost in [Fault::on(Operation::Start).answer(Answer::gateway(502)), Fault::on(Operation::Start).reset()] {
        let mock = mock().await;
        mock.inject(lost.after_effect());
        let report = run(&mock, IfRunning::Fail).await;
        assert_eq!(report.verdict.outcome, Outcome::Completed, "{report:?}");
        assert!(matches!(report.verdict.warnings[..], [Warning::StartNotConfirmed(_)]), "{report:?}");
        assert_eq!((mock.calls_of(Operation::Start).len(), mock.starts()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_that_never_arrived_is_not_sent_again() {
    let mock = mock().await;
    mock.inject(Fault::on(Operation::Start).answer(Answer::gateway(502)).before_effect());
    let report = run(&mock, IfRunning::Fail).await;
    assert!(matches!(report.verdict.reason, Some(Reason::StartRefusedInDoubt(_))), "{report:?}");
    assert_eq!((mock.calls_of(Operation::Start).len(), mock.starts()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_portal_that_is_upgraded_meanwhile_loses_nothing() {
    let mock = mock().await;
    let upgrade = Fault::on(Operation::Progress).answer(Answer::gateway(502)).nth(20).times(60);
    mock.inject(upgrade);
    let report = run(&mock, IfRunning::Fail).await;
    assert_eq!(report.verdict.outcome, Outcome::Completed, "{report:?}");
    assert_eq!(mock.starts(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_portals_reason_for_a_failure_is_kept() {
    let mock = mock().await;
    mock.plan_next_job(JobPlan::fail("No space left on device"));
    let report = run(&mock, IfRunning::Fail).await;
    assert_eq!(report.verdict.reason, Some(Reason::BackupFailed("No space left on device".into())));
}

#[tokio::test(start_paused = true)]
async fn a_foreign_job_is_waited_for_and_then_ours_is_started() {
    let mock = mock().await;
    let foreign = mock.put_in_slot(SlotJob::running_for(TEN_MINUTES));
    let report = run(&mock, IfRunning::Wait).await;
    assert_eq!(report.verdict.outcome, Outcome::Completed, "{report:?}");
    assert_ne!(report.verdict.task.unwrap().as_str(), foreign);
    assert!(report.duration < TEN_MINUTES + Duration::from_secs(10), "{:?}", report.duration);
}

#[tokio::test(start_paused = true)]
async fn stopping_ends_the_waiting_and_events_told_what_went_on() {
    let mock = mock().await;
    let (sender, mut receiver) = events();
    let stop = CancellationToken::new();
    let stopper = stop.clone();
    let seen = tokio::spawn(async move {
        let mut seen = Vec::new();
        while let Some(event) = receiver.recv().await {
            if matches!(event, Event::Progress { percent: 10.., .. }) {
                stopper.cancel();
            }
            seen.push(event);
        }
        seen
    });
    let report = drive(&client(&mock), order(IfRunning::Fail), Limits::default(), sender, stop).await;
    assert_eq!((report.verdict.outcome, report.verdict.reason), (Outcome::StillRunning, Some(Reason::Interrupted)));
    let seen = seen.await.unwrap();
    assert!(
        matches!(seen[..], [Event::Starting { .. }, Event::Bound { joined: false, .. }, Event::Progress { .. }, ..]),
        "{seen:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_portal_that_hangs_does_not_outlast_the_timeout() {
    let mock = mock().await;
    mock.inject(Fault::on(Operation::Progress).always().hang());
    let limits = Limits { timeout: Duration::from_secs(30), ..Limits::default() };
    let report =
        drive(&client(&mock), order(IfRunning::Fail), limits, EventSender::none(), CancellationToken::new()).await;
    assert_eq!((report.verdict.outcome, report.verdict.reason), (Outcome::NotStarted, Some(Reason::TimedOut)));
    assert!(report.duration <= Duration::from_secs(31), "{:?}", report.duration);
}

#[tokio::test(start_paused = true)]
async fn a_backup_of_a_day_is_seen_through() {
    let day = Duration::from_secs(24 * 60 * 60);
    let mock = MockPortal::start(Config { backup_duration: day, ..Config::default() }).await;
    let limits = Limits { timeout: day * 2, ..Limits::default() };
    let report =
        drive(&client(&mock), order(IfRunning::Fail), limits, EventSender::none(), CancellationToken::new()).await;
    assert_eq!(report.verdict.outcome, Outcome::Completed, "{report:?}");
    assert!(mock.ended_at().unwrap().elapsed() <= day / 100);
    assert!(mock.calls().len() < 800, "{}", mock.calls().len());
}
