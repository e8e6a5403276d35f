//! Whether the portal's schedule is the one that the settings declare.

use expect_test::{Expect, expect};
use mock_portal::{Fault, MockPortal, Operation, Period, Schedule, StorageType};

use super::{check_program, has_changed_nothing};
use crate::rig::{Program, portal};

const DECLARED: &str =
    "[portals.main.schedule]\ndaily = true\nat = 3\nkeep = 7\nstorage = \"documents\"\nfolder = 123\n";

async fn check(portal: &MockPortal, expected: Expect) {
    check_program(&Program::of(portal).add_settings(DECLARED), "--folder 123", "schedule", expected).await;
    has_changed_nothing(portal);
}

fn nightly(hour: u8) -> Schedule {
    Schedule { backups_stored: 7, ..Schedule::new(Period::EveryDay, hour).into_folder("123") }
}

#[tokio::test]
async fn a_schedule_may_be_as_declared_drifted_or_dropped() {
    let portal = portal().await;
    portal.put_schedule(nightly(3));
    check(
        &portal,
        expect![[r#"
        exit 0
        ok: the portal's schedule is the declared one
    "#]],
    )
    .await;
    portal.put_schedule(nightly(4));
    check(
        &portal,
        expect![[r#"
        exit 3
        warning: time: every day at 04:00, not every day at 03:00
          mend: `docspace-backup schedule set` sets it as it is declared; or mend what the file declares
    "#]],
    )
    .await;
    portal.drop_schedules();
    check(
        &portal,
        expect![[r#"
        exit 10
        failed: the portal has no schedule, though one is declared: it drops one where backups cannot be paid for
          mend: `docspace-backup schedule set` sets it as it is declared
    "#]],
    )
    .await;
    portal.inject(Fault::on(Operation::Schedule).always().status(500));
    check(
        &portal,
        expect![[r#"
        exit 3
        skipped: cannot read the backup schedule: status 500
    "#]],
    )
    .await;
}

#[tokio::test]
async fn no_schedule_is_looked_for_where_none_is_declared() {
    let portal = portal().await;
    check_program(
        &Program::of(&portal),
        "--folder 123",
        "schedule",
        expect![[r#"
        exit 0
    "#]],
    )
    .await;
    assert_eq!(portal.calls_of(Operation::Schedule), []);
}

#[tokio::test]
async fn a_declaration_that_makes_no_sense_is_a_finding() {
    let portal = portal().await;
    let program = Program::of(&portal).add_settings(&DECLARED.replace("folder = 123\n", ""));
    check_program(
        &program,
        "--folder 123",
        "settings",
        expect![[r#"
        exit 2
        ok: settings file [HOME]/config/docspace-backup/config.toml
        failed: storage ([HOME]/config/docspace-backup/config.toml:11): documents needs a folder
          mend: give --folder with the number at the end of the folder's address
    "#]],
    )
    .await;
    check_program(
        &program,
        "--folder 123",
        "folder",
        expect![[r#"
        exit 2
        ok: the copy goes to "Backups" (123)
    "#]],
    )
    .await;
}

#[tokio::test]
async fn what_a_provider_is_told_in_secret_is_not_told_here() {
    let portal = portal().await;
    let parameters =
        [("module", "S3"), ("secretKey", "other-hush-hush")].map(|(key, value)| (key.into(), value.into()));
    let storage = StorageType::ThirdPartyConsumer;
    portal.put_schedule(Schedule { storage, parameters: parameters.into(), ..nightly(3) });
    let place = "storage = \"third-party-storage\"\nparams = { module = \"S3\", secretKey = \"hush-hush-hush\" }\n";
    let declared = DECLARED.replace("storage = \"documents\"\nfolder = 123\n", place);
    let program = Program::of(&portal).secret("hush-hush").add_settings(&declared);
    check_program(
        &program,
        "--folder 123",
        "schedule",
        expect![[r#"
            exit 3
            warning: param secretKey: (hidden), not (hidden)
              mend: `docspace-backup schedule set` sets it as it is declared; or mend what the file declares
        "#]],
    )
    .await;
}
