//! What the copy costs, and whether it finds room.

use expect_test::expect;
use jiff::Timestamp;
use mock_portal::{Config, Fault, MockPortal, NewFolder, Operation, Record, Trouble, Wallet};

use super::{check, check_program, check_trouble, check_unanswered};
use crate::rig::{Program, portal};

/// A portal that somebody pays for.
async fn hosted(change: impl FnOnce(&mut Config)) -> MockPortal {
    let mut config = Config { standalone: false, ..Config::default() };
    change(&mut config);
    MockPortal::start(config).await
}

#[tokio::test]
async fn a_backup_may_cost_money() {
    let used = |portal: &MockPortal| portal.add_record(Record::new("acme.tar.gz", Timestamp::now()));
    let portal = hosted(|_| {}).await;
    check(
        &portal,
        "--folder 123",
        "cost",
        expect![[r#"
        exit 0
        ok: 2 more backups of this month are free
    "#]],
    )
    .await;
    used(&portal);
    check(
        &portal,
        "--folder 123",
        "cost",
        expect![[r#"
        exit 0
        ok: the next backup is free; further ones of this month are not
    "#]],
    )
    .await;
    used(&portal);
    check(
        &portal,
        "--folder 123",
        "cost",
        expect![[r#"
        exit 13
        failed: 2 of 2 free backups of this month are used, and the portal's wallet does not pay for further ones
          mend: switch the wallet's backup service on at the portal, or wait for the next month, by UTC
    "#]],
    )
    .await;
    portal.change(|config| config.wallet = Wallet::On);
    check(&portal, "--folder 123", "cost", expect![[r#"
        exit 13
        failed: 2 of 2 free backups of this month are used: the next one would cost money, which is not allowed
          mend: give --allow-paid, write allow_paid = true under [run] in the settings file, or wait for the next month, by UTC
    "#]]).await;
    check(
        &portal,
        "--folder 123 --allow-paid",
        "cost",
        expect![[r#"
        exit 3
        warning: 2 of 2 free backups of this month are used: the next one costs money
    "#]],
    )
    .await;
    let program = Program::of(&portal).add_settings("allow_paid = true\n");
    check_program(
        &program,
        "--folder 123",
        "cost",
        expect![[r#"
        exit 3
        warning: 2 of 2 free backups of this month are used: the next one costs money
    "#]],
    )
    .await;
    portal.inject(Fault::on(Operation::Quota).always().status(500));
    check(
        &portal,
        "--folder 123",
        "cost",
        expect![[r#"
        exit 3
        skipped: cannot read the quota: status 500
    "#]],
    )
    .await;
}

#[tokio::test]
async fn there_may_be_no_room() {
    let filled = |percent: u64| async move {
        let (total_bytes, used_bytes) = (100 << 30, percent << 30);
        MockPortal::start(Config { total_bytes, used_bytes, ..Config::default() }).await
    };
    check(
        &filled(95).await,
        "--folder 123",
        "quota",
        expect![[r#"
        exit 3
        warning: 95.00 GiB of 100.00 GiB used
          mend: remove old copies and files, or extend the plan
    "#]],
    )
    .await;
    check(
        &filled(100).await,
        "--folder 123",
        "quota",
        expect![[r#"
        exit 13
        failed: 100.00 GiB of 100.00 GiB used
          mend: remove old copies and files, or extend the plan
    "#]],
    )
    .await;
    check(
        &filled(100).await,
        "--storage temporary",
        "quota",
        expect![[r#"
        exit 3
        warning: 100.00 GiB of 100.00 GiB used
          mend: remove old copies and files, or extend the plan
    "#]],
    )
    .await;
    check_trouble(
        Trouble::Unpaid,
        "quota",
        expect![[r#"
        exit 3
        skipped: cannot read the used space: payment or quota (402)
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_folder_may_not_take_the_copy() {
    let portal = portal().await;
    portal.add_folder(NewFolder::room("200", "Operations\u{1b}[31m"));
    portal.add_folder(NewFolder::new("202", "Private").within("200").closed());
    check(
        &portal,
        "--folder 200",
        "folder",
        expect![[r#"
        exit 0
        ok: the copy goes to "Operations" (200)
    "#]],
    )
    .await;
    check(
        &portal,
        "--folder 404",
        "folder",
        expect![[r#"
        exit 10
        failed: there is no folder 404
          mend: name another folder, or have the key's owner let in
    "#]],
    )
    .await;
    check(
        &portal,
        "--folder 202",
        "folder",
        expect![[r#"
        exit 4
        failed: no copy can be put into "Private" (202)
          mend: name a room, a folder in a room, or a folder of My documents, in which the key's owner may create files
    "#]],
    )
    .await;
    check(
        &portal,
        "--folder 2",
        "folder",
        expect![[r#"
        exit 4
        failed: no copy can be put into "Rooms" (2)
          mend: name a room, a folder in a room, or a folder of My documents, in which the key's owner may create files
    "#]],
    )
    .await;
    check(
        &portal,
        "--storage third-party-documents --folder sbox-1-backups",
        "folder",
        expect![[r#"
        exit 0
        ok: the copy goes to "Backups" (sbox-1-backups)
    "#]],
    )
    .await;
    check_unanswered(
        Operation::Folder,
        "--folder 123",
        "folder",
        expect![[r#"
        exit 3
        skipped: cannot look up the folder: status 502
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_place_may_not_be_usable() {
    let (own, hosted) = (portal().await, hosted(|_| {}).await);
    check(
        &own,
        "",
        "storage",
        expect![[r#"
        exit 3
        warning: the copy is temporary: the portal deletes it after 24 hours
          mend: name a folder, or download the copy in time
    "#]],
    )
    .await;
    check(
        &own,
        "--storage local --param filePath=/backups",
        "storage",
        expect![[r#"
        exit 0
    "#]],
    )
    .await;
    check(
        &hosted,
        "--storage local --param filePath=/backups",
        "storage",
        expect![[r#"
        exit 1
        failed: only a self-hosted portal can put copies on its own disk
          mend: order a copy of the portal, into a folder
    "#]],
    )
    .await;
    check(
        &hosted,
        "--storage temporary --dump",
        "storage",
        expect![[r#"
        exit 1
        failed: a copy of the whole server can only be made at a self-hosted one
          mend: order a copy of the portal, into a folder
    "#]],
    )
    .await;
    let provider = |module: &str| format!("--storage third-party-storage --param module={module}");
    check(
        &own,
        &provider("S3"),
        "storage",
        expect![[r#"
        exit 0
        ok: the copy goes to Amazon S3
    "#]],
    )
    .await;
    check(
        &own,
        &provider("Selectel"),
        "storage",
        expect![[r#"
        exit 10
        failed: Selectel is not set up at the portal
          mend: set it up at the portal, among its integrations
    "#]],
    )
    .await;
    check(
        &own,
        &provider("Floppy"),
        "storage",
        expect![[r#"
        exit 10
        failed: the portal knows no storage "Floppy"; it knows S3, GoogleCloud, Selectel
          mend: name one that it knows, as the portal writes it
    "#]],
    )
    .await;
    check_unanswered(
        Operation::StorageProviders,
        &provider("S3"),
        "storage",
        expect![[r#"
        exit 3
        skipped: cannot list the storage providers: status 502
    "#]],
    )
    .await;
}
