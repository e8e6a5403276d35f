//! Whole check-ups of the mock portal.

use std::time::Duration;

use docspace_api::{BackupPeriod, BackupTarget, BackupsStored, CronParams, Hour, StartBackup};
use expect_test::{Expect, expect};
use jiff::{SignedDuration, Timestamp};
use mock_portal::{Answer, Caller, Config, Fault, MockPortal, Operation, Period, Role, Schedule, Trouble, Wallet};

use super::{described, into_folder, wanted};
use crate::{CheckState, Declared, Wanted, check_before_start, check_up, fixture::client};

async fn mock(config: Config) -> MockPortal {
    MockPortal::start(config).await
}

/// Everything that is not as it should be.
async fn check(mock: &MockPortal, wanted: &Wanted, expected: Expect) {
    let findings = check_up(&client(mock), wanted, Timestamp::now()).await;
    expected.assert_eq(&described(findings.iter().filter(|finding| finding.state != CheckState::Ok)));
}

async fn before_start(mock: &MockPortal) -> String {
    described(&check_before_start(&client(mock), &into_folder(), Timestamp::now()).await)
}

#[tokio::test]
async fn a_healthy_portal_passes_every_check() {
    let mock = mock(Config::default()).await;
    let findings = check_up(&client(&mock), &into_folder(), Timestamp::now()).await;
    expect![[r#"
        reachable Ok: DocSpace 3.7.2.4321 answers
        version Ok: 3.7.2.4321
        portal Ok: the portal is in service
        key Ok: the portal takes the key "mock" (…cdef)
        key_expiry Ok: the key never expires
        scope Ok: the key may do all that its owner may
        role Ok: Key Owner owns the portal
        slot Ok: no job is running
        cost Ok: backups cost nothing at this portal
        quota Ok: 1.00 GiB of 100.00 GiB used
        folder Ok: the copy goes to "Backups" (123)
        clock Ok: the portal's clock and ours agree
    "#]]
    .assert_eq(&described(&findings));
    // The key is asked for twice: its second answer tells the portal's time.
    let mut asked: Vec<String> = mock.calls().iter().map(|call| format!("{} {}", call.method, call.path)).collect();
    asked.sort();
    expect![[r#"
        GET /api/2.0/backup/getbackupprogress
        GET /api/2.0/files/folder/123
        GET /api/2.0/keys/@self
        GET /api/2.0/keys/@self
        GET /api/2.0/people/@self
        GET /api/2.0/portal
        GET /api/2.0/portal/quota
        GET /api/2.0/portal/usedspace
        GET /api/2.0/settings
        GET /api/2.0/settings/version/build"#]]
    .assert_eq(&asked.join("\n"));
}

#[tokio::test]
async fn in_the_cloud_free_backups_are_counted() {
    let mock = mock(Config { standalone: false, free_backups: 0, wallet: Wallet::On, ..Config::default() }).await;
    check(
        &mock,
        &into_folder(),
        expect![[r#"
        cost Failed (CostsMoney): the plan has no free backups: the next one would cost money, which is not allowed
            -> allow paid backups, or wait for the next month, by UTC
    "#]],
    )
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_key_role_folder_and_clock_is_found() {
    let clock_ahead = SignedDuration::from_mins(-10);
    let mock = mock(Config { clock_ahead, ..Config::default() }).await;
    mock.expire_key_in(Duration::from_secs(5 * 24 * 60 * 60 + 700));
    mock.set_caller(Caller { role: Role::RoomAdmin, ..Caller::default() });
    let findings = check_up(&client(&mock), &wanted(BackupTarget::Documents { folder: 2 }), Timestamp::now()).await;
    let bad = findings.iter().filter(|finding| finding.state >= CheckState::Warning);
    let names: Vec<&str> = bad.map(|finding| finding.check.id()).collect();
    assert_eq!(names, ["key_expiry", "role", "folder", "clock"], "{findings:#?}");
}

#[tokio::test]
async fn a_schedule_that_the_portal_dropped_is_found() {
    let mock = mock(Config::default()).await;
    let cron = CronParams { period: BackupPeriod::EveryDay, hour: Hour::MIN };
    let StartBackup { target, scope } = into_folder().backup;
    let declared = Declared { target, scope, cron, backups_stored: BackupsStored::MIN };
    let wanted = Wanted { schedule: Some(declared), ..into_folder() };
    mock.put_schedule(Schedule::new(Period::EveryDay, 0).into_folder("123"));
    check(&mock, &wanted, expect![[""]]).await;
    mock.drop_schedules();
    check(&mock, &wanted, expect![[r#"
        schedule Failed (NotFound): the portal has no schedule, though one is declared: it drops one where backups cannot be paid for
            -> set the schedule again
    "#]]).await;
}

#[tokio::test]
async fn a_portal_that_is_being_restored_is_not_in_service() {
    let mock = mock(Config::default()).await;
    mock.set_troubles([Trouble::Restoring]);
    let findings = check_up(&client(&mock), &into_folder(), Timestamp::now()).await;
    let failed = findings.iter().filter(|finding| finding.state == CheckState::Failed);
    expect![[r#"
        portal Failed (Unfit): the portal is being restored from a copy
            -> wait until that is over; a portal that stays so needs its operator
    "#]]
    .assert_eq(&described(failed));
}

#[tokio::test]
async fn a_dead_key_is_told_as_that_and_not_as_a_missing_folder() {
    let mock = mock(Config::default()).await;
    mock.set_troubles([Trouble::KeyRefused]);
    let findings = check_up(&client(&mock), &into_folder(), Timestamp::now()).await;
    let failed = findings.iter().filter(|finding| finding.state == CheckState::Failed);
    expect![[r#"
        key Failed (NotAllowed): the portal does not take the key: it is expired, switched off, deleted, of a disabled account, or of another portal
            -> have a DocSpace admin or the owner make a new key at the portal, without restrictions
    "#]].assert_eq(&described(failed));
}

#[tokio::test]
async fn where_no_portal_is_nothing_else_is_asked() {
    let mock = mock(Config::default()).await;
    mock.inject(Fault::on(Operation::Version).always().answer(Answer::redirect("https://elsewhere.example/login")));
    check(&mock, &into_folder(), expect![[r#"
        reachable Failed (Unreachable): cannot read the portal's version: the address leads elsewhere: it leads to https://elsewhere.example
            -> give the address to which it leads, most often with https://
    "#]]).await;
    assert!(mock.calls().iter().all(|call| call.operation == Operation::Version), "{}", mock.log());
}

#[tokio::test]
async fn before_a_start_three_calls_suffice_at_a_self_hosted_server() {
    let mock = mock(Config::default()).await;
    expect![[r#"
        key Ok: the portal takes the key "mock" (…cdef)
        key_expiry Ok: the key never expires
        scope Ok: the key may do all that its owner may
        role Ok: Key Owner owns the portal
        cost Ok: backups cost nothing at this portal
    "#]]
    .assert_eq(&before_start(&mock).await);
    assert_eq!(mock.calls().len(), 3, "{}", mock.log());
}

#[tokio::test]
async fn before_a_start_only_a_plain_answer_fails() {
    let mock = mock(Config { standalone: false, wallet: Wallet::On, ..Config::default() }).await;
    mock.inject(Fault::on_any().always().answer(Answer::gateway(502)));
    expect![[r#"
        key Skipped: cannot look up the key: status 502
        role Skipped: cannot look up the key's owner: status 502
        cost Skipped: cannot read the portal's settings: status 502
    "#]]
    .assert_eq(&before_start(&mock).await);
    mock.clear_faults();
    mock.change(|config| config.free_backups = 0);
    mock.set_caller(Caller { scope: mock_portal::Scope::ReadOnly, role: Role::User, ..Caller::default() });
    expect![[r#"
        key Ok: the portal takes the key "mock" (…cdef)
        key_expiry Ok: the key never expires
        scope Failed (NotAllowed): the key may read (*:read), but not start a backup
            -> make a key without restrictions, or with the scope *:write
        role Failed (NotAllowed): Key Owner is no DocSpace admin, and only those may do backups
            -> have the owner make the account a DocSpace admin, or have an admin make the key
        cost Skipped: cannot read the quota: not allowed (403): the role of the key's owner does not allow it, or the portal forbids it
    "#]].assert_eq(&before_start(&mock).await);
}

#[tokio::test(start_paused = true)]
async fn before_a_start_a_portal_that_hangs_costs_no_more_than_ten_seconds() {
    let mock = mock(Config::default()).await;
    mock.inject(Fault::on_any().always().hang());
    let began = tokio::time::Instant::now();
    let findings = before_start(&mock).await;
    assert!(began.elapsed() <= Duration::from_secs(11), "{:?}", began.elapsed());
    assert!(!findings.contains("Failed"), "{findings}");
}
