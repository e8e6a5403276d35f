//! Whole restores against the mock portal over real sockets, with tokio's time paused.

use std::time::Duration;

use docspace_api::{NotifyUsers, RestoreSource, Scope, StartRestore, StorageType, TenantStatus};
use mock_portal::{Answer, Config, Credentials, Fault, JobPlan, MockPortal, Operation, Record, SlotJob, Vanish};
use tokio_util::sync::CancellationToken;

use crate::{
    Event, EventSender, KeyFate, Limits, Outcome, Reason, RestoreCopy, RestoreOrder, RestoreReport, RestoreWish,
    Warning, events,
    fixture::{OTHER, client, id},
    plan_restore, restore,
};

const TEN_MINUTES: Duration = Duration::from_secs(600);

/// A portal with one backup; gives its id too.
async fn mock() -> (MockPortal, String) {
    let mock = MockPortal::start(Config { backup_duration: TEN_MINUTES, ..Config::default() }).await;
    let record = Record::new("acme.tar.gz", "2026-07-29T10:15:30Z".parse().unwrap());
    let id = record.id.clone();
    mock.add_record(record);
    (mock, id)
}

async fn run(mock: &MockPortal, order: RestoreOrder) -> RestoreReport {
    restore(&client(mock), order, Limits::default(), EventSender::none(), CancellationToken::new()).await
}

async fn put_back(mock: &MockPortal, copy: &str) -> RestoreReport {
    let wish = RestoreWish { copy: RestoreCopy::Record(id(copy)), scope: Scope::Portal, notify_users: NotifyUsers::No };
    let plan = plan_restore(&client(mock), &wish, "2026-07-30T00:00:00Z".parse().unwrap()).await.unwrap();
    run(mock, RestoreOrder::Start(plan.order)).await
}

#[tokio::test(start_paused = true)]
async fn a_restore_is_seen_through_although_it_kills_the_key() {
    let (mock, copy) = mock().await;
    let report = put_back(&mock, &copy).await;
    assert_eq!(report.verdict.outcome, Outcome::Completed, "{report:?}{}", mock.log());
    assert_eq!(report.verdict.key, KeyFate::Dead);
    assert_eq!(report.verdict.record.unwrap().id.as_str(), copy);
    assert_eq!(mock.restores(), 1);
    assert!(report.duration >= TEN_MINUTES && report.duration <= TEN_MINUTES * 102 / 100, "{:?}", report.duration);
    let looks = mock.calls_of(Operation::RestoreProgress);
    assert!(looks.iter().all(|call| call.query.as_deref() == Some("dump=false")), "{looks:?}");
    assert!(looks.iter().all(|call| call.credentials == Credentials::Absent), "{}", mock.log());
}

#[tokio::test(start_paused = true)]
async fn a_restore_that_fails_leaves_key_and_portal_in_service() {
    let (mock, copy) = mock().await;
    mock.plan_next_restore(JobPlan::fail("The archive is broken.").at_percent(43));
    let report = put_back(&mock, &copy).await;
    assert_eq!(report.verdict.outcome, Outcome::Failed);
    assert_eq!(report.verdict.reason, Some(Reason::BackupFailed("The archive is broken.".into())));
    assert_eq!((report.verdict.key, report.verdict.status), (KeyFate::Alive, Some(TenantStatus::Active)));
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_dies_leaves_a_closed_portal_and_that_is_told() {
    let (mock, copy) = mock().await;
    mock.plan_next_restore(JobPlan::freeze(43));
    let report = put_back(&mock, &copy).await;
    assert_eq!(report.verdict.outcome, Outcome::StillRunning);
    assert_eq!(report.verdict.reason, Some(Reason::Stalled { percent: 43 }));
    assert_eq!(report.verdict.status, Some(TenantStatus::Restoring));
}

#[tokio::test(start_paused = true)]
async fn a_start_whose_answer_is_lost_is_sent_once_and_found() {
    let (mock, copy) = mock().await;
    mock.inject(Fault::on(Operation::StartRestore).answer(Answer::gateway(504)).after_effect());
    let report = put_back(&mock, &copy).await;
    assert_eq!(report.verdict.outcome, Outcome::Completed);
    assert!(matches!(report.verdict.warnings[..], [Warning::StartNotConfirmed(_)]), "{report:?}");
    assert_eq!((mock.restores(), mock.calls_of(Operation::StartRestore).len()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_start_that_never_arrived_is_not_sent_again() {
    let (mock, copy) = mock().await;
    mock.inject(Fault::on(Operation::StartRestore).reset());
    let report = put_back(&mock, &copy).await;
    assert_eq!(report.verdict.outcome, Outcome::NotStarted);
    assert!(matches!(report.verdict.reason, Some(Reason::StartRefusedInDoubt(_))), "{report:?}");
    assert_eq!((mock.restores(), mock.calls_of(Operation::StartRestore).len()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_restore_that_vanishes_is_told_as_lost_with_what_became_of_the_key() {
    for (vanish, key) in [(Vanish::WithRecord, KeyFate::Dead), (Vanish::WithoutRecord, KeyFate::Alive)] {
        let (mock, copy) = mock().await;
        mock.plan_next_restore(JobPlan::vanish(vanish, 40));
        let report = put_back(&mock, &copy).await;
        assert_eq!(report.verdict.outcome, Outcome::Lost, "{report:?}");
        assert_eq!(report.verdict.key, key);
    }
}

#[tokio::test(start_paused = true)]
async fn a_backup_that_runs_forbids_the_restore() {
    let (mock, copy) = mock().await;
    let backup = mock.put_in_slot(SlotJob::running_for(TEN_MINUTES));
    let report = put_back(&mock, &copy).await;
    assert_eq!(report.verdict.reason, Some(Reason::Busy(id(&backup))));
    assert_eq!(mock.calls_of(Operation::StartRestore).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_id_of_the_other_kind_is_never_sent() {
    let (mock, copy) = mock().await;
    for (copy, scope) in [(&*copy, Scope::Server), (OTHER, Scope::Portal)] {
        let source = RestoreSource::Backup { id: id(copy), storage: StorageType::Documents };
        let order = StartRestore { source, notify_users: NotifyUsers::No, scope };
        let report = run(&mock, RestoreOrder::Start(order)).await;
        assert_eq!(report.verdict.reason, Some(Reason::NoSuchTask(Some(id(copy)))));
    }
    assert_eq!(mock.calls_of(Operation::StartRestore).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_portal_that_is_away_in_the_middle_loses_nothing() {
    let (mock, copy) = mock().await;
    mock.inject(Fault::on(Operation::RestoreProgress).answer(Answer::gateway(502)).nth(20).times(40));
    let report = put_back(&mock, &copy).await;
    assert_eq!(report.verdict.outcome, Outcome::Completed, "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn what_happens_is_told_as_of_a_run() {
    let (mock, copy) = mock().await;
    mock.inject(Fault::on(Operation::RestoreProgress).status(403).nth(3));
    let source = RestoreSource::Backup { id: id(&copy), storage: StorageType::Documents };
    let order = StartRestore { source, notify_users: NotifyUsers::No, scope: Scope::Portal };
    let (sender, mut events) = events();
    let stop = CancellationToken::new();
    restore(&client(&mock), RestoreOrder::Start(order), Limits::default(), sender, stop).await;
    let mut told = Vec::new();
    while let Some(event) = events.recv().await {
        told.push(event);
    }
    assert!(matches!(told[..2], [Event::Starting { previous: None }, Event::Bound { joined: false, .. }]), "{told:?}");
    let is_progress = |event: &&Event| matches!(event, Event::Progress { .. });
    let others: Vec<&Event> = told[2..].iter().filter(|event| !is_progress(event)).collect();
    assert!(matches!(others[..], [Event::LookFailed { .. }]), "{others:?}");
}
