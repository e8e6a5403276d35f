//! Whether the portal's schedule is the declared one.

use docspace_api::{
    ApiErrorKind, BackupPeriod, BackupTarget, BackupsStored, CronParams, Hour, Schedule, Scope, StorageType,
};
use expect_test::{Expect, expect};

use super::{Asked, Check, Evidence, Wanted, failed, into_folder, reached, said};
use crate::Declared;

fn daily(hour: u8) -> CronParams {
    CronParams { period: BackupPeriod::EveryDay, hour: Hour::new(hour).unwrap() }
}

fn declared() -> Wanted {
    let target = BackupTarget::Documents { folder: 123 };
    let schedule = Declared { target, scope: Scope::Portal, cron: daily(3), backups_stored: BackupsStored::MIN };
    Wanted { schedule: Some(schedule), ..into_folder() }
}

fn actual(hour: u8) -> Schedule {
    Schedule {
        storage: StorageType::Documents,
        folder: Some("123".into()),
        params: [].into(),
        cron: daily(hour),
        backups_stored: Some(1),
        last_backup: None,
        scope: Scope::Portal,
    }
}

fn check(schedule: Asked<Option<Schedule>>, wanted: &Wanted, expected: Expect) {
    expected.assert_eq(&said(Check::Schedule, &Evidence { schedule, ..reached() }, wanted));
}

#[test]
fn the_declared_schedule_is_there_dropped_or_another() {
    check(
        Some(Ok(Some(actual(3)))),
        &declared(),
        expect![[r#"
        schedule Ok: the portal's schedule is the declared one
    "#]],
    );
    check(
        Some(Ok(None)),
        &declared(),
        expect![[r#"
        schedule Failed (NotFound): the portal has no schedule, though one is declared: it drops one where backups cannot be paid for
            -> set the schedule again
    "#]],
    );
    check(
        Some(Ok(Some(actual(5)))),
        &declared(),
        expect![[r#"
        schedule Warning: it runs every day at 05:00, not every day at 03:00
            -> set the schedule again, or declare it as it is
    "#]],
    );
    check(
        failed(ApiErrorKind::PaymentRequired),
        &declared(),
        expect![[r#"
        schedule Skipped: payment or quota (402)
    "#]],
    );
}

#[test]
fn where_none_is_declared_nothing_is_said() {
    check(Some(Ok(None)), &into_folder(), expect![[""]]);
}
