//! What the next backup costs, and whether there is room.

use docspace_api::{ApiErrorKind, BackupTarget, PortalSettings, Quota, ServiceState};
use expect_test::{Expect, expect};

use super::{Asked, Check, Evidence, Spending, Wanted, failed, into_folder, reached, said, unreachable, wanted};
use crate::CostEvidence;

const GIB: u64 = 1 << 30;

fn plan(free: u64, total_bytes: Option<u64>) -> Quota {
    Quota { name: None, free_backups: Some(free), total_bytes }
}

/// A portal in the cloud with so many free backups a month, and so many made.
fn cloud(free: u64, used: u64, service: ServiceState) -> CostEvidence {
    CostEvidence {
        settings: Ok(PortalSettings { standalone: Some(false), time_zone: None }),
        quota: Some(Ok(plan(free, None))),
        used: Some(Ok(used)),
        service: Some(Ok(service)),
    }
}

fn check_cost(cost: CostEvidence, wanted: &Wanted, expected: Expect) {
    expected.assert_eq(&said(Check::Cost, &Evidence { cost: Some(cost), ..reached() }, wanted));
}

#[test]
fn a_backup_that_costs_nothing_is_fine() {
    let settings = Ok(PortalSettings { standalone: Some(true), time_zone: None });
    let own = CostEvidence { settings, ..cloud(0, 0, ServiceState::Disabled) };
    check_cost(
        own,
        &into_folder(),
        expect![[r#"
        cost Ok: backups cost nothing at this portal
    "#]],
    );
    check_cost(
        cloud(5, 2, ServiceState::Disabled),
        &into_folder(),
        expect![[r#"
        cost Ok: 3 more backups of this month are free
    "#]],
    );
    check_cost(
        cloud(5, 4, ServiceState::Disabled),
        &into_folder(),
        expect![[r#"
        cost Ok: the next backup is free; further ones of this month are not
    "#]],
    );
}

#[test]
fn a_backup_that_costs_money_fails_unless_it_may() {
    check_cost(
        cloud(2, 2, ServiceState::Enabled),
        &into_folder(),
        expect![[r#"
            cost Failed (CostsMoney): 2 of 2 free backups of this month are used: the next one would cost money, which is not allowed
                -> allow paid backups, or wait for the next month, by UTC
        "#]],
    );
    let paid = Wanted { spending: Spending::Allowed, ..into_folder() };
    check_cost(
        cloud(2, 2, ServiceState::Enabled),
        &paid,
        expect![[r#"
            cost Warning: 2 of 2 free backups of this month are used: the next one costs money
        "#]],
    );
    check_cost(
        cloud(2, 2, ServiceState::Disabled),
        &paid,
        expect![[r#"
            cost Failed (Payment): 2 of 2 free backups of this month are used, and the portal's wallet does not pay for further ones
                -> switch the wallet's backup service on at the portal, or wait for the next month, by UTC
        "#]],
    );
}

#[test]
fn a_cost_that_cannot_be_found_out_is_skipped_and_never_failed() {
    let unknown = || cloud(0, 0, ServiceState::Disabled);
    check_cost(
        CostEvidence { settings: Err(unreachable()), ..unknown() },
        &into_folder(),
        expect![[r#"
        cost Skipped: no connection to the portal
    "#]],
    );
    check_cost(
        CostEvidence { quota: Some(Err(unreachable())), ..unknown() },
        &into_folder(),
        expect![[r#"
        cost Skipped: no connection to the portal
    "#]],
    );
    let silent = Quota { free_backups: None, ..plan(0, None) };
    check_cost(
        CostEvidence { quota: Some(Ok(silent)), ..unknown() },
        &into_folder(),
        expect![[r#"
        cost Skipped: the portal does not tell
    "#]],
    );
    expect![[r#"
        cost Skipped: the portal does not tell
    "#]]
    .assert_eq(&said(Check::Cost, &reached(), &into_folder()));
}

fn check_quota(total_bytes: Option<u64>, used_space: Asked<u64>, wanted: &Wanted, expected: Expect) {
    let quota = Some(Ok(plan(1, total_bytes)));
    let cost = Some(CostEvidence { quota, ..cloud(1, 0, ServiceState::Disabled) });
    expected.assert_eq(&said(Check::Quota, &Evidence { cost, used_space, ..reached() }, wanted));
}

#[test]
fn room_is_told_as_the_portal_counts_it() {
    check_quota(
        Some(100 * GIB),
        Some(Ok(GIB / 2)),
        &into_folder(),
        expect![[r#"
        quota Ok: 0.50 GiB of 100.00 GiB used
    "#]],
    );
    check_quota(
        None,
        Some(Ok(3 * GIB)),
        &into_folder(),
        expect![[r#"
        quota Ok: 3.00 GiB used, without limit
    "#]],
    );
}

#[test]
fn a_portal_that_is_nearly_full_is_warned_of_and_a_full_one_takes_no_copy() {
    check_quota(
        Some(10 * GIB),
        Some(Ok(9 * GIB)),
        &into_folder(),
        expect![[r#"
        quota Warning: 9.00 GiB of 10.00 GiB used
            -> remove old copies and files, or extend the plan
    "#]],
    );
    check_quota(
        Some(10 * GIB),
        Some(Ok(10 * GIB)),
        &into_folder(),
        expect![[r#"
        quota Failed (Payment): 10.00 GiB of 10.00 GiB used
            -> remove old copies and files, or extend the plan
    "#]],
    );
    // Copies that lie elsewhere need no room.
    check_quota(
        Some(10 * GIB),
        Some(Ok(10 * GIB)),
        &wanted(BackupTarget::DataStore),
        expect![[r#"
        quota Warning: 10.00 GiB of 10.00 GiB used
            -> remove old copies and files, or extend the plan
    "#]],
    );
}

#[test]
fn room_that_cannot_be_found_out_is_skipped() {
    check_quota(
        Some(10 * GIB),
        failed(ApiErrorKind::TimedOut),
        &into_folder(),
        expect![[r#"
        quota Skipped: no answer in time
    "#]],
    );
    let cost = CostEvidence { quota: Some(Err(unreachable())), ..cloud(1, 0, ServiceState::Disabled) };
    let evidence = Evidence { cost: Some(cost), used_space: Some(Ok(1)), ..reached() };
    expect![[r#"
        quota Skipped: no connection to the portal
    "#]]
    .assert_eq(&said(Check::Quota, &evidence, &into_folder()));
}
