//! Whole cancels against the mock portal over real sockets, with tokio's time paused.

use std::time::Duration;

use docspace_api::Scope;
use mock_portal::{Answer, CancelPlan, Config, Fault, JobPlan, MockPortal, Operation, SlotJob};
use tokio_util::sync::CancellationToken;

use crate::{
    CancelLimits, CancelOrder, CancelOutcome, CancelReport, Event, EventSender, cancel, events,
    fixture::{client, id},
};

const TEN_MINUTES: Duration = Duration::from_secs(600);

async fn mock() -> MockPortal {
    MockPortal::start(Config::default()).await
}

/// A portal on which somebody's backup is half done.
async fn busy(plan: CancelPlan) -> (MockPortal, String) {
    let mock = mock().await;
    mock.plan_cancels(plan);
    let task = mock.put_in_slot(SlotJob::running_for(TEN_MINUTES));
    (mock, task)
}

async fn run(mock: &MockPortal, order: impl Into<CancelOrder>) -> CancelReport {
    let stop = CancellationToken::new();
    cancel(&client(mock), order, CancelLimits::default(), EventSender::none(), stop).await
}

#[tokio::test(start_paused = true)]
async fn each_fate_of_a_cancel_is_told_apart_and_costs_one_cancel() {
    let cases = [
        (CancelPlan::Stays, CancelOutcome::Cancelled, false),
        (CancelPlan::ComesBack, CancelOutcome::Cancelled, true),
        (CancelPlan::Lost, CancelOutcome::StillRunning, false),
        // Nothing tells this one apart from a cancel that worked, but that the portal does not confirm it.
        (CancelPlan::LostUnseen, CancelOutcome::Cancelled, false),
    ];
    for (plan, outcome, is_confirmed) in cases {
        let (mock, task) = busy(plan).await;
        let report = run(&mock, Scope::Portal).await;
        assert_eq!(report.verdict.outcome, outcome, "{plan:?}{}", mock.log());
        assert_eq!(report.verdict.is_confirmed, is_confirmed, "{plan:?}");
        assert_eq!(report.verdict.task.as_ref().unwrap().as_str(), task);
        assert_eq!(mock.calls_of(Operation::Cancel).len(), 1);
        assert!(report.duration <= Duration::from_secs(65), "{plan:?} {:?}", report.duration);
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_completes_before_it_notices_has_not_been_cancelled() {
    let mock = mock().await;
    mock.plan_cancels(CancelPlan::TooLate);
    let task = mock.put_in_slot(SlotJob::new(JobPlan::succeed().lasting(TEN_MINUTES), TEN_MINUTES * 99 / 100));
    let report = run(&mock, Scope::Portal).await;
    assert_eq!(report.verdict.outcome, CancelOutcome::CompletedAnyway, "{}", mock.log());
    assert_eq!(report.verdict.record.unwrap().id.as_str(), task);
}

#[tokio::test(start_paused = true)]
async fn yesterdays_result_is_not_wiped() {
    let mock = mock().await;
    mock.put_in_slot(SlotJob::finished(Duration::from_secs(60)));
    let report = run(&mock, Scope::Portal).await;
    assert_eq!(report.verdict.outcome, CancelOutcome::NothingToCancel);
    assert_eq!(mock.calls_of(Operation::Cancel).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_dump_that_runs_forbids_to_cancel_a_backup() {
    let (mock, _) = busy(CancelPlan::Stays).await;
    let dump = mock.put_in_slot(SlotJob::running_for(TEN_MINUTES).dump());
    let report = run(&mock, Scope::Portal).await;
    assert_eq!(report.verdict.outcome, CancelOutcome::OtherJob(dump.parse().unwrap()));
    assert_eq!(mock.calls_of(Operation::Cancel).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn in_the_cloud_nobody_sees_dumps_and_backups_are_cancelled_all_the_same() {
    let mock = MockPortal::start(Config { standalone: false, ..Config::default() }).await;
    mock.put_in_slot(SlotJob::running_for(TEN_MINUTES));
    let report = run(&mock, Scope::Portal).await;
    assert_eq!(report.verdict.outcome, CancelOutcome::Cancelled, "{}", mock.log());
}

#[tokio::test(start_paused = true)]
async fn a_frozen_job_is_cleared_away() {
    let mock = mock().await;
    mock.put_in_slot(SlotJob::new(JobPlan::freeze(40).lasting(TEN_MINUTES), TEN_MINUTES * 10));
    let report = run(&mock, Scope::Portal).await;
    assert_eq!(report.verdict.outcome, CancelOutcome::Cancelled, "{}", mock.log());
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_on_its_way_is_made_good_by_looking() {
    let (mock, _) = busy(CancelPlan::ComesBack).await;
    mock.inject(Fault::on(Operation::Cancel).answer(Answer::gateway(502)).after_effect());
    let report = run(&mock, Scope::Portal).await;
    assert_eq!(report.verdict.outcome, CancelOutcome::Cancelled);
    assert!(report.verdict.doubt.is_some());
    assert_eq!(mock.calls_of(Operation::Cancel).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_portal_that_is_too_old_says_what_it_needs() {
    let mock = MockPortal::start(Config { version: "3.6.0".into(), ..Config::default() }).await;
    mock.put_in_slot(SlotJob::running_for(TEN_MINUTES));
    let report = run(&mock, Scope::Portal).await;
    let CancelOutcome::Refused(failure) = report.verdict.outcome else { panic!("{report:?}") };
    assert_eq!(failure.message, "cannot cancel the backup: the portal is too old: this needs DocSpace 3.7.1 or newer");
}

#[tokio::test(start_paused = true)]
async fn what_happens_is_told_while_it_happens() {
    let (mock, task) = busy(CancelPlan::Lost).await;
    let (sender, mut events) = events();
    cancel(&client(&mock), Scope::Portal, CancelLimits::default(), sender, CancellationToken::new()).await;
    let mut told = Vec::new();
    while let Some(event) = events.recv().await {
        told.push(event);
    }
    let bound = Event::Bound { task: id(&task), joined: true };
    assert_eq!(told[..2], [bound, Event::Missing(id(&task))], "{told:?}");
    assert!(told[2..].iter().all(|event| matches!(event, Event::Progress { percent: 50.., .. })), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn stopping_ends_the_looking_and_the_cancel_stays_sent() {
    let (mock, _) = busy(CancelPlan::Lost).await;
    let stop = CancellationToken::new();
    let stopper = stop.clone();
    let on_missing = EventSender::new(move |event| {
        if matches!(event, Event::Missing(_)) {
            stopper.cancel();
        }
    });
    let report = cancel(&client(&mock), Scope::Portal, CancelLimits::default(), on_missing, stop).await;
    assert_eq!(report.verdict.outcome, CancelOutcome::Unknown(None));
    assert_eq!(mock.calls_of(Operation::Cancel).len(), 1);
}
