//! Whether the key and its owner may do the job now.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{Caller, Fault, JobPlan, Operation, Role, Scope, SlotJob, Trouble};

use super::{DAY, check, check_caller, check_trouble, check_unanswered, spoiled};

#[tokio::test]
async fn a_key_may_not_be_taken() {
    check_trouble(Trouble::KeyRefused, "key", expect![[r#"
        exit 4
        failed: the portal does not take the key: it is expired, switched off, deleted, of a disabled account, or of another portal
          mend: have a DocSpace admin or the owner make a new key at the portal, without restrictions
    "#]]).await;
    check_trouble(
        Trouble::KeyRefused,
        "cost",
        expect![[r#"
        exit 4
        skipped: not known, since the portal does not take the key
    "#]],
    )
    .await;
    check_unanswered(
        Operation::Key,
        "--folder 123",
        "key",
        expect![[r#"
        exit 3
        skipped: cannot look up the key: status 502
    "#]],
    )
    .await;
    let token = spoiled(|portal| portal.inject(Fault::on(Operation::Key).always().status(400))).await;
    check(
        &token,
        "--folder 123",
        "key",
        expect![[r#"
        exit 3
        warning: the credential is a login token and no API key: it ends with its session
          mend: have a DocSpace admin or the owner make a new key at the portal, without restrictions
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_key_that_expires_is_warned_of_30_7_and_1_days_ahead() {
    let hour = Duration::from_secs(60 * 60);
    for (left, expected) in [
        (
            40 * DAY,
            expect![[r#"
            exit 0
            ok: the key expires in 39 days, at [TIME]
        "#]],
        ),
        (
            20 * DAY + hour,
            expect![[r#"
            exit 3
            warning: the key expires in 20 days, at [TIME]
              mend: have a new key made, and put it in the place of this one
        "#]],
        ),
        (
            5 * DAY,
            expect![[r#"
            exit 3
            warning: the key expires within a week, at [TIME]
              mend: have a new key made, and put it in the place of this one
        "#]],
        ),
        (
            12 * hour,
            expect![[r#"
            exit 3
            warning: the key expires within a day, at [TIME]
              mend: have a new key made, and put it in the place of this one
        "#]],
        ),
    ] {
        check(&spoiled(|portal| portal.expire_key_in(left)).await, "--folder 123", "key_expiry", expected).await;
    }
    let past = Caller { key_expires_at: Some("2026-01-02T03:04:05.0000000Z".into()), ..Caller::default() };
    check_caller(
        past,
        "key_expiry",
        expect![[r#"
        exit 4
        failed: the key "mock" expired at [TIME]
          mend: have a new key made, and put it in the place of this one
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_narrow_key_and_a_small_role_do_not_suffice() {
    check_caller(
        Caller { scope: Scope::ReadOnly, ..Caller::default() },
        "scope",
        expect![[r#"
        exit 4
        failed: the key may read (*:read), but not start a backup
          mend: make a key without restrictions, or with the scope *:write
    "#]],
    )
    .await;
    check_caller(
        Caller { scope: Scope::Narrow, ..Caller::default() },
        "scope",
        expect![[r#"
        exit 4
        failed: the key's scope does not cover backups
          mend: make a key without restrictions, or with the scope *:write
    "#]],
    )
    .await;
    check_caller(
        Caller { role: Role::Admin, ..Caller::default() },
        "role",
        expect![[r#"
        exit 0
        ok: Key Owner is a DocSpace admin
    "#]],
    )
    .await;
    check_caller(
        Caller { role: Role::RoomAdmin, ..Caller::default() },
        "role",
        expect![[r#"
        exit 4
        failed: Key Owner is no DocSpace admin, and only those may do backups
          mend: have the owner make the account a DocSpace admin, or have an admin make the key
    "#]],
    )
    .await;
    check_unanswered(
        Operation::Person,
        "--folder 123",
        "role",
        expect![[r#"
        exit 3
        skipped: cannot look up the key's owner: status 502
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_job_may_hold_the_slot() {
    let busy = spoiled(|portal| drop(portal.put_in_slot(SlotJob::running_for(DAY)))).await;
    check(&busy, "--folder 123", "slot", expect![[r#"
        exit 3
        warning: job [ID] is running, at 63 %: another one cannot start meanwhile
          mend: wait for it; if its progress has not moved for hours, its worker is dead, and cancelling it clears the slot
    "#]]).await;
    let failed = SlotJob::new(JobPlan::fail("Disk full"), DAY / 2);
    let failed = spoiled(|portal| drop(portal.put_in_slot(failed))).await;
    check(
        &failed,
        "--folder 123",
        "slot",
        expect![[r#"
        exit 3
        warning: the last job failed: Disk full
    "#]],
    )
    .await;
    check_trouble(
        Trouble::QueueLocked,
        "slot",
        expect![[r#"
        exit 3
        skipped: cannot read the backup's progress: status 500
    "#]],
    )
    .await;
}
