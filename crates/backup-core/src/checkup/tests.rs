//! Each finding in each of its states, and whole check-ups of the mock portal.

mod access;
mod clock;
mod expiry;
mod reach;
mod schedule;
mod slot;
mod sockets;
mod spending;
mod target;

use std::fmt::Write as _;

use docspace_api::{ApiErrorKind, BackupTarget, Denial, KeyInfo, Scope, StartBackup};
use jiff::Timestamp;

use super::{Asked, Evidence, Finding, Spending, Wanted, findings};
use crate::{Check, Failure, fixture::failure};

/// A portal that answered, and nothing else known.
fn reached() -> Evidence {
    Evidence { version: Some(Ok("3.7.2.4321".parse().unwrap())), ..Evidence::default() }
}

fn wanted(target: BackupTarget) -> Wanted {
    let backup = StartBackup { target, scope: Scope::Portal };
    Wanted { backup, spending: Spending::Never, schedule: None }
}

fn into_folder() -> Wanted {
    wanted(BackupTarget::Documents { folder: 123 })
}

/// A key that may do everything.
fn key() -> KeyInfo {
    let (name, postfix) = ("ci".to_owned(), "1a2b".to_owned());
    KeyInfo { name, postfix, permissions: Vec::new(), expires_at: None, is_active: true }
}

fn now() -> Timestamp {
    "2026-07-29T10:00:00Z".parse().unwrap()
}

fn failed<T>(kind: ApiErrorKind) -> Asked<T> {
    Some(Err(failure(kind)))
}

fn denied<T>(denial: Denial) -> Asked<T> {
    failed(ApiErrorKind::Forbidden(denial))
}

fn unreachable() -> Failure {
    failure(ApiErrorKind::Unreachable)
}

/// What one check says.
fn said(check: Check, evidence: &Evidence, wanted: &Wanted) -> String {
    let all = findings(evidence, wanted, now());
    described(all.iter().filter(|finding| finding.check == check))
}

fn described<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    let mut text = String::new();
    for Finding { check, state, found, mend, fault } in findings {
        let fault = fault.map(|fault| format!(" ({fault:?})")).unwrap_or_default();
        let _ = writeln!(text, "{} {state:?}{fault}: {found}", check.id());
        if let Some(mend) = mend {
            let _ = writeln!(text, "    -> {mend}");
        }
    }
    text
}

#[test]
fn all_checks_have_words_of_their_own_and_stand_in_their_order() {
    let ids: std::collections::BTreeSet<&str> = Check::ALL.iter().map(|check| check.id()).collect();
    assert_eq!(ids.len(), Check::ALL.len());
    assert!(Check::ALL.is_sorted());
}

#[test]
fn where_no_portal_answers_nothing_else_is_judged() {
    let evidence =
        Evidence { version: Some(Err(unreachable())), key: failed(ApiErrorKind::Unreachable), ..Evidence::default() };
    let checks: Vec<Check> = findings(&evidence, &into_folder(), now()).iter().map(|finding| finding.check).collect();
    assert_eq!(checks, [Check::Reachable]);
}
