//! Whether the place for the copy is there, and takes it.

use docspace_api::{ApiErrorKind, BackupTarget, Denial, Folder, PortalSettings, Scope, StartBackup, StorageProvider};
use expect_test::{Expect, expect};

use super::{Check, Evidence, Wanted, denied, failed, into_folder, key, reached, said, wanted};
use crate::CostEvidence;

fn folder(can_create: Option<bool>) -> Folder {
    Folder {
        id: 123.into(),
        title: "Backups".into(),
        parent: Some(5.into()),
        room_type: None,
        root: Some(5),
        can_create,
    }
}

fn check(checked: Check, evidence: &Evidence, wanted: &Wanted, expected: Expect) {
    expected.assert_eq(&said(checked, evidence, wanted));
}

fn with_folder(folder: Folder) -> Evidence {
    Evidence { folder: Some(Ok(folder)), ..reached() }
}

fn cloud() -> Evidence {
    let settings = Ok(PortalSettings { standalone: Some(false), time_zone: None });
    Evidence { cost: Some(CostEvidence { settings, quota: None, used: None, service: None }), ..reached() }
}

fn into_s3() -> Wanted {
    wanted(BackupTarget::ThirdPartyConsumer { module: "S3".into(), params: [].into() })
}

fn providers(known: &[(&str, bool)]) -> Evidence {
    let provider = |(id, is_set): &(&str, bool)| StorageProvider {
        id: (*id).to_owned(),
        title: format!("{id} storage"),
        is_set: *is_set,
        is_current: false,
        properties: Vec::new(),
    };
    Evidence { providers: Some(Ok(known.iter().map(provider).collect())), ..reached() }
}

#[test]
fn a_folder_takes_the_copy_or_not() {
    check(
        Check::Folder,
        &with_folder(folder(Some(true))),
        &into_folder(),
        expect![[r#"
        folder Ok: the copy goes to "Backups" (123)
    "#]],
    );
    check(
        Check::Folder,
        &with_folder(folder(None)),
        &into_folder(),
        expect![[r#"
        folder Ok: the copy goes to "Backups" (123); whether it may, the portal does not tell
    "#]],
    );
    check(
        Check::Folder,
        &with_folder(folder(Some(false))),
        &into_folder(),
        expect![[r#"
        folder Failed (NotAllowed): no copy can be put into "Backups" (123)
            -> name a room, a folder in a room, or a folder of My documents, in which the key's owner may create files
    "#]],
    );
}

#[test]
fn the_section_of_all_rooms_takes_no_copy_whatever_the_portal_says() {
    let rooms = Folder { title: "Rooms".into(), parent: None, root: Some(14), ..folder(Some(true)) };
    check(
        Check::Folder,
        &with_folder(rooms),
        &into_folder(),
        expect![[r#"
        folder Failed (NotAllowed): no copy can be put into "Rooms" (123)
            -> name a room, a folder in a room, or a folder of My documents, in which the key's owner may create files
    "#]],
    );
}

#[test]
fn a_folder_that_is_not_there_or_not_for_us_fails() {
    let asked = |folder| Evidence { folder, key: Some(Ok(key())), ..reached() };
    check(
        Check::Folder,
        &asked(failed(ApiErrorKind::NotFound)),
        &into_folder(),
        expect![[r#"
        folder Failed (NotFound): there is no folder 123
            -> name another folder, or have the key's owner let in
    "#]],
    );
    check(
        Check::Folder,
        &asked(denied(Denial::Role)),
        &into_folder(),
        expect![[r#"
        folder Failed (NotAllowed): the key may not see folder 123
            -> name another folder, or have the key's owner let in
    "#]],
    );
    check(
        Check::Folder,
        &asked(denied(Denial::PortalState)),
        &into_folder(),
        expect![[r#"
        folder Skipped: not allowed (403): the portal is not in service
    "#]],
    );
    check(
        Check::Folder,
        &asked(failed(ApiErrorKind::TimedOut)),
        &into_folder(),
        expect![[r#"
        folder Skipped: no answer in time
    "#]],
    );
}

#[test]
fn what_the_portal_says_of_a_folder_to_a_bad_key_says_nothing() {
    let key = || failed(ApiErrorKind::Unauthenticated);
    let asked = |folder| Evidence { folder, key: key(), ..reached() };
    check(
        Check::Folder,
        &asked(failed(ApiErrorKind::NotFound)),
        &into_folder(),
        expect![[r#"
        folder Skipped: not found (404)
    "#]],
    );
    check(
        Check::Folder,
        &asked(denied(Denial::Scope)),
        &into_folder(),
        expect![[r#"
        folder Skipped: not allowed (403): the key's scope is too narrow
    "#]],
    );
}

#[test]
fn a_copy_that_goes_to_no_folder_is_not_checked_for_one() {
    let temporary = wanted(BackupTarget::DataStore);
    check(Check::Folder, &reached(), &temporary, expect![[""]]);
    check(
        Check::Storage,
        &reached(),
        &temporary,
        expect![[r#"
        storage Warning: the copy is temporary: the portal deletes it after 24 hours
            -> name a folder, or download the copy in time
    "#]],
    );
    check(Check::Storage, &with_folder(folder(None)), &into_folder(), expect![[""]]);
}

#[test]
fn a_provider_is_set_up_or_not() {
    check(
        Check::Storage,
        &providers(&[("S3", true)]),
        &into_s3(),
        expect![[r#"
        storage Ok: the copy goes to S3 storage
    "#]],
    );
    check(
        Check::Storage,
        &providers(&[("S3", false)]),
        &into_s3(),
        expect![[r#"
        storage Failed (NotFound): S3 storage is not set up at the portal
            -> set it up at the portal, among its integrations
    "#]],
    );
    check(
        Check::Storage,
        &providers(&[("GoogleCloud", true), ("Selectel", true)]),
        &into_s3(),
        expect![[r#"
        storage Failed (NotFound): the portal knows no storage "S3"; it knows GoogleCloud, Selectel
            -> name one that it knows, as the portal writes it
    "#]],
    );
    check(
        Check::Storage,
        &providers(&[]),
        &into_s3(),
        expect![[r#"
        storage Failed (NotFound): the portal knows no storage "S3"; it knows none
            -> name one that it knows, as the portal writes it
    "#]],
    );
    check(
        Check::Storage,
        &Evidence { providers: failed(ApiErrorKind::TimedOut), ..reached() },
        &into_s3(),
        expect![[r#"
            storage Skipped: no answer in time
        "#]],
    );
}

#[test]
fn what_needs_a_server_of_ones_own_fails_in_the_cloud() {
    let local = wanted(BackupTarget::Local { directory: "/backups".into() });
    check(
        Check::Storage,
        &cloud(),
        &local,
        expect![[r#"
        storage Failed (Order): only a self-hosted portal can put copies on its own disk
            -> order a copy of the portal, into a folder
    "#]],
    );
    check(Check::Storage, &reached(), &local, expect![[""]]);
    let backup = StartBackup { scope: Scope::Server, ..into_folder().backup };
    check(
        Check::Storage,
        &cloud(),
        &Wanted { backup, ..into_folder() },
        expect![[r#"
        storage Failed (Order): a copy of the whole server can only be made at a self-hosted one
            -> order a copy of the portal, into a folder
    "#]],
    );
}
