//! Claims about the difference between what was declared and what the portal tells.

use std::collections::BTreeMap;

use docspace_api::{BackupTarget, BackupsStored, Schedule, Scope, StorageType, Weekday};
use expect_test::{Expect, expect};

use super::{daily, monthly, weekly};
use crate::{Declared, Difference, drift};

fn declared(target: BackupTarget) -> Declared {
    Declared { target, scope: Scope::Portal, cron: daily(3), backups_stored: BackupsStored::new(7).unwrap() }
}

fn into_folder() -> Declared {
    declared(BackupTarget::Documents { folder: 123 })
}

fn into_s3() -> Declared {
    let params = [("bucket".to_owned(), "nightly".to_owned())];
    declared(BackupTarget::ThirdPartyConsumer { module: "S3".into(), params: params.into() })
}

/// What the portal tells of a schedule into folder 123.
fn actual() -> Schedule {
    Schedule {
        storage: StorageType::Documents,
        folder: Some("123".into()),
        params: BTreeMap::new(),
        cron: daily(3),
        backups_stored: Some(7),
        last_backup: None,
        scope: Scope::Portal,
    }
}

fn at_s3(params: &[(&str, &str)]) -> Schedule {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Schedule { storage: StorageType::ThirdPartyConsumer, folder: None, params, ..actual() }
}

fn check(declared: &Declared, actual: Option<&Schedule>, expected: Expect) {
    let differences: String = drift(declared, actual).iter().map(|difference| format!("{difference}\n")).collect();
    expected.assert_eq(&differences);
}

#[test]
fn the_declared_schedule_is_no_drift() {
    check(&into_folder(), Some(&actual()), expect![[""]]);
}

#[test]
fn a_schedule_that_the_portal_dropped_is_missing() {
    assert_eq!(drift(&into_folder(), None), [Difference::Missing]);
    check(
        &into_folder(),
        None,
        expect![[r#"
        the portal has no schedule
    "#]],
    );
}

#[test]
fn each_difference_is_named_in_words() {
    let other = Schedule { cron: weekly(Weekday::Sunday, 4), backups_stored: Some(1), ..actual() };
    let other = Schedule { folder: Some("99".into()), ..other };
    check(
        &into_folder(),
        Some(&other),
        expect![[r#"
            copies go to folder 99, not to 123
            it runs every Sunday at 04:00, not every day at 03:00
            the newest 1 of its copies are kept, not 7
        "#]],
    );
    let monthly = Schedule { cron: monthly(31, 3), ..actual() };
    check(
        &into_folder(),
        Some(&monthly),
        expect![[r#"
        it runs on day 31 of each month at 03:00, not every day at 03:00
    "#]],
    );
    check(
        &declared(BackupTarget::DataStore),
        Some(&actual()),
        expect![[r#"
        copies go to Documents, not to DataStore
    "#]],
    );
}

#[test]
fn what_the_portal_does_not_tell_is_no_difference() {
    let silent = Schedule { folder: None, backups_stored: None, ..actual() };
    check(&into_folder(), Some(&silent), expect![[""]]);
    let temporary = Schedule { storage: StorageType::DataStore, ..silent };
    check(&declared(BackupTarget::DataStore), Some(&temporary), expect![[""]]);
}

#[test]
fn folders_and_directories_are_compared_as_the_portal_writes_them() {
    let drive = declared(BackupTarget::ThirdpartyDocuments { folder: "sbox-1-|Backups".into() });
    let storage = StorageType::ThirdpartyDocuments;
    check(&drive, Some(&Schedule { storage, folder: Some("sbox-1-|Backups".into()), ..actual() }), expect![[""]]);
    let disk = declared(BackupTarget::Local { directory: "/backups".into() });
    let storage = StorageType::Local;
    check(
        &disk,
        Some(&Schedule { storage, folder: Some("/mnt".into()), ..actual() }),
        expect![[r#"
        copies go to folder /mnt, not to /backups
    "#]],
    );
}

#[test]
fn a_providers_parameters_are_compared_and_those_of_the_portal_are_passed_over() {
    let same = at_s3(&[("module", "S3"), ("bucket", "nightly"), ("subdir", "backup")]);
    check(&into_s3(), Some(&same), expect![[""]]);
    check(
        &into_s3(),
        Some(&at_s3(&[("module", "GoogleCloud")])),
        expect![[r#"
        module is GoogleCloud, not S3
        bucket is not set to nightly
    "#]],
    );
}
