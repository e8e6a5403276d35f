//! Whether the portal is in service, takes the key, and lets it do backups.

use docspace_api::{ApiErrorKind, Denial, KeyInfo, Tenant, TenantStatus, User};
use expect_test::{Expect, expect};

use super::{Check, Evidence, denied, failed, into_folder, key, reached, said};

fn check(checked: Check, evidence: &Evidence, expected: Expect) {
    expected.assert_eq(&said(checked, evidence, &into_folder()));
}

fn with_key(permissions: &[&str]) -> Evidence {
    let permissions = permissions.iter().map(|scope| (*scope).to_owned()).collect();
    Evidence { key: Some(Ok(KeyInfo { permissions, ..key() })), ..reached() }
}

fn user(is_owner: bool, is_admin: bool) -> Evidence {
    let user = User { display_name: "Key Owner".into(), email: None, is_admin, is_owner };
    Evidence { user: Some(Ok(user)), ..reached() }
}

fn in_status(status: TenantStatus) -> Evidence {
    let tenant = Tenant { id: 1, name: None, alias: None, time_zone: None, status, owner_id: None };
    Evidence { tenant: Some(Ok(tenant)), ..reached() }
}

#[test]
fn the_key_is_taken_or_not() {
    check(
        Check::Key,
        &with_key(&[]),
        expect![[r#"
        key Ok: the portal takes the key "ci" (…1a2b)
    "#]],
    );
    let off = KeyInfo { is_active: false, ..key() };
    check(
        Check::Key,
        &Evidence { key: Some(Ok(off)), ..reached() },
        expect![[r#"
        key Failed (NotAllowed): the key "ci" (…1a2b) is switched off
            -> switch it on at the portal, or have a new one made
    "#]],
    );
    check(
        Check::Key,
        &Evidence { key: failed(ApiErrorKind::Unauthenticated), ..reached() },
        expect![[r#"
        key Failed (NotAllowed): the portal does not take the key: it is expired, switched off, deleted, of a disabled account, or of another portal
            -> have a DocSpace admin or the owner make a new key at the portal, without restrictions
    "#]],
    );
    check(
        Check::Key,
        &Evidence { key: failed(ApiErrorKind::Status(400)), ..reached() },
        expect![[r#"
        key Warning: the credential is a login token and no API key: it ends with its session
            -> have a DocSpace admin or the owner make a new key at the portal, without restrictions
    "#]],
    );
    check(
        Check::Key,
        &Evidence { key: failed(ApiErrorKind::TimedOut), ..reached() },
        expect![[r#"
        key Skipped: no answer in time
    "#]],
    );
    check(Check::Key, &reached(), expect![[""]]);
}

#[test]
fn only_the_global_scope_for_writing_is_wide_enough() {
    for wide in [&[][..], &["*"], &["*:write"], &["files:read", "*:write"]] {
        let expected = expect![[r#"
            scope Ok: the key may do all that its owner may
        "#]];
        check(Check::Scope, &with_key(wide), expected);
    }
    check(
        Check::Scope,
        &with_key(&["*:read"]),
        expect![[r#"
        scope Failed (NotAllowed): the key may read (*:read), but not start a backup
            -> make a key without restrictions, or with the scope *:write
    "#]],
    );
    check(
        Check::Scope,
        &with_key(&["files:write", "rooms:read"]),
        expect![[r#"
        scope Failed (NotAllowed): the key's scope does not cover backups: files:write, rooms:read
            -> make a key without restrictions, or with the scope *:write
    "#]],
    );
    // Whatever the key says of itself: the portal refused it.
    check(
        Check::Scope,
        &Evidence { progress: denied(Denial::Scope), ..with_key(&["*"]) },
        expect![[r#"
        scope Failed (NotAllowed): the key's scope does not cover backups
            -> make a key without restrictions, or with the scope *:write
    "#]],
    );
    check(Check::Scope, &Evidence { key: failed(ApiErrorKind::TimedOut), ..reached() }, expect![[""]]);
}

#[test]
fn only_admins_and_the_owner_do_backups() {
    check(
        Check::Role,
        &user(true, true),
        expect![[r#"
        role Ok: Key Owner owns the portal
    "#]],
    );
    check(
        Check::Role,
        &user(false, true),
        expect![[r#"
        role Ok: Key Owner is a DocSpace admin
    "#]],
    );
    check(
        Check::Role,
        &user(false, false),
        expect![[r#"
        role Failed (NotAllowed): Key Owner is no DocSpace admin, and only those may do backups
            -> have the owner make the account a DocSpace admin, or have an admin make the key
    "#]],
    );
    check(
        Check::Role,
        &Evidence { progress: denied(Denial::Role), ..user(true, true) },
        expect![[r#"
        role Failed (NotAllowed): the portal lets nobody do this backup: its page for backups is hidden, or the server's spaces are closed to it
            -> have the server's operator allow it
    "#]],
    );
    let unknown = || Evidence { user: denied(Denial::Scope), ..reached() };
    check(
        Check::Role,
        &unknown(),
        expect![[r#"
        role Skipped: not allowed (403): the key's scope is too narrow
    "#]],
    );
    check(
        Check::Role,
        &Evidence { progress: denied(Denial::Role), ..unknown() },
        expect![[r#"
        role Failed (NotAllowed): the key's owner is no DocSpace admin, and only those may do backups
            -> have the owner make the account a DocSpace admin, or have an admin make the key
    "#]],
    );
}

#[test]
fn a_portal_that_is_not_in_service_is_named_with_its_state() {
    let states = [
        TenantStatus::Active,
        TenantStatus::Suspended,
        TenantStatus::RemovePending,
        TenantStatus::Transferring,
        TenantStatus::Restoring,
        TenantStatus::Migrating,
        TenantStatus::Encryption,
        TenantStatus::Other(9),
    ];
    let all: String = states.map(|status| said(Check::Portal, &in_status(status), &into_folder())).concat();
    expect![[r#"
        portal Ok: the portal is in service
        portal Failed (Unfit): the portal is suspended
            -> wait until that is over; a portal that stays so needs its operator
        portal Failed (Unfit): the portal is about to be removed
            -> wait until that is over; a portal that stays so needs its operator
        portal Failed (Unfit): the portal is moving to another region
            -> wait until that is over; a portal that stays so needs its operator
        portal Failed (Unfit): the portal is being restored from a copy
            -> wait until that is over; a portal that stays so needs its operator
        portal Failed (Unfit): the portal is moving its files to another storage
            -> wait until that is over; a portal that stays so needs its operator
        portal Failed (Unfit): the portal is encrypting or decrypting its files
            -> wait until that is over; a portal that stays so needs its operator
        portal Failed (Unfit): the portal is in a state that is not known here (9)
            -> wait until that is over; a portal that stays so needs its operator
    "#]]
    .assert_eq(&all);
}

#[test]
fn the_other_two_refusals_are_the_portals_state_and_our_address() {
    let closed = |evidence| Evidence { progress: denied(Denial::PortalState), ..evidence };
    check(
        Check::Portal,
        &closed(reached()),
        expect![[r#"
        portal Failed (Unfit): the portal is not in service
            -> wait until that is over; a portal that stays so needs its operator
    "#]],
    );
    check(
        Check::Portal,
        &closed(in_status(TenantStatus::Active)),
        expect![[r#"
        portal Failed (Unfit): the portal is not in service
            -> wait until that is over; a portal that stays so needs its operator
    "#]],
    );
    check(
        Check::Portal,
        &closed(in_status(TenantStatus::Restoring)),
        expect![[r#"
        portal Failed (Unfit): the portal is being restored from a copy
            -> wait until that is over; a portal that stays so needs its operator
    "#]],
    );
    check(
        Check::Portal,
        &Evidence { progress: denied(Denial::Address), ..reached() },
        expect![[r#"
        portal Failed (NotAllowed): the portal does not take calls from this network address
            -> have an admin put this machine's address on the portal's list, among its settings for security
    "#]],
    );
    check(
        Check::Portal,
        &Evidence { tenant: failed(ApiErrorKind::TimedOut), ..reached() },
        expect![[r#"
        portal Skipped: no answer in time
    "#]],
    );
}
