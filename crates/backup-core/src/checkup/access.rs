//! Whether the portal is in service, takes the key, and lets it do backups.

use docspace_api::{ApiErrorKind, Denial, KeyInfo, Tenant, TenantStatus};

use super::{Check, Evidence, Fault, Finding};
use crate::Failure;

const MAKE_A_KEY: &str = "have a DocSpace admin or the owner make a new key at the portal, without restrictions";

pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    let all = [portal(evidence), key(evidence), scope(evidence), role(evidence)];
    all.into_iter().flatten().collect()
}

fn portal(evidence: &Evidence) -> Option<Finding> {
    let tenant = evidence.tenant.as_ref();
    match (tenant, denial(evidence)) {
        (_, Some(Denial::Address)) => Some(closed_to_us()),
        (Some(Ok(Tenant { status: TenantStatus::Active, .. }) | Err(_)) | None, Some(Denial::PortalState)) => {
            Some(out_of_service("not in service"))
        }
        (Some(Ok(tenant)), _) => Some(in_service(tenant.status)),
        (Some(Err(failure)), _) => Some(Finding::skipped(Check::Portal, failure)),
        (None, _) => None,
    }
}

fn in_service(status: TenantStatus) -> Finding {
    match status {
        TenantStatus::Active => Finding::ok(Check::Portal, "the portal is in service"),
        TenantStatus::Suspended => out_of_service("suspended"),
        TenantStatus::RemovePending => out_of_service("about to be removed"),
        TenantStatus::Transferring => out_of_service("moving to another region"),
        TenantStatus::Restoring => out_of_service("being restored from a copy"),
        TenantStatus::Migrating => out_of_service("moving its files to another storage"),
        TenantStatus::Encryption => out_of_service("encrypting or decrypting its files"),
        TenantStatus::Other(number) => out_of_service(&format!("in a state that is not known here ({number})")),
    }
}

fn out_of_service(what: &str) -> Finding {
    Finding::failed(Check::Portal, Fault::Unfit, format!("the portal is {what}"))
        .mend("wait until that is over; a portal that stays so needs its operator")
}

fn closed_to_us() -> Finding {
    let found = "the portal does not take calls from this network address";
    Finding::failed(Check::Portal, Fault::NotAllowed, found)
        .mend("have an admin put this machine's address on the portal's list, among its settings for security")
}

fn key(evidence: &Evidence) -> Option<Finding> {
    Some(match evidence.key.as_ref()? {
        Ok(key) if !key.is_active => not_allowed(Check::Key, format!("{} is switched off", named(key)))
            .mend("switch it on at the portal, or have a new one made"),
        Ok(key) => Finding::ok(Check::Key, format!("the portal takes {}", named(key))),
        Err(failure) if failure.kind == ApiErrorKind::Unauthenticated => not_allowed(
            Check::Key,
            "the portal does not take the key: it is expired, switched off, deleted, of a disabled \
                 account, or of another portal",
        )
        .mend(MAKE_A_KEY),
        Err(failure) if is_no_key(failure.kind) => {
            Finding::warning(Check::Key, "the credential is a login token and no API key: it ends with its session")
                .mend(MAKE_A_KEY)
        }
        Err(failure) => Finding::skipped(Check::Key, failure),
    })
}

/// So the portal answers where it is asked about the key of somebody who came without one (contract §10.4).
fn is_no_key(kind: ApiErrorKind) -> bool {
    matches!(kind, ApiErrorKind::Status(400))
}

fn named(key: &KeyInfo) -> String {
    format!("the key \"{}\" (…{})", key.name, key.postfix)
}

/// Backups are in no narrow scope: only the global ones count, and only the one for writing starts anything (contract §10.3).
fn scope(evidence: &Evidence) -> Option<Finding> {
    if denial(evidence) == Some(Denial::Scope) {
        return Some(too_narrow("the key's scope does not cover backups"));
    }
    let Ok(key) = evidence.key.as_ref()? else { return None };
    let may = |scope: &str| key.permissions.iter().any(|permission| permission == scope);
    Some(if key.permissions.is_empty() || may("*") || may("*:write") {
        Finding::ok(Check::Scope, "the key may do all that its owner may")
    } else if may("*:read") {
        too_narrow("the key may read (*:read), but not start a backup")
    } else {
        too_narrow(&format!("the key's scope does not cover backups: {}", key.permissions.join(", ")))
    })
}

fn too_narrow(found: &str) -> Finding {
    not_allowed(Check::Scope, found).mend("make a key without restrictions, or with the scope *:write")
}

fn role(evidence: &Evidence) -> Option<Finding> {
    let is_denied = denial(evidence) == Some(Denial::Role);
    Some(match evidence.user.as_ref()? {
        Ok(user) if !user.is_owner && !user.is_admin => no_admin(&user.display_name),
        Ok(_) if is_denied => switched_off(),
        Ok(user) if user.is_owner => Finding::ok(Check::Role, format!("{} owns the portal", user.display_name)),
        Ok(user) => Finding::ok(Check::Role, format!("{} is a DocSpace admin", user.display_name)),
        Err(_) if is_denied => no_admin("the key's owner"),
        Err(failure) => Finding::skipped(Check::Role, failure),
    })
}

fn no_admin(who: &str) -> Finding {
    not_allowed(Check::Role, format!("{who} is no DocSpace admin, and only those may do backups"))
        .mend("have the owner make the account a DocSpace admin, or have an admin make the key")
}

/// An admin is refused only where backups, or dumps of the whole server, are closed to everybody.
fn switched_off() -> Finding {
    not_allowed(
        Check::Role,
        "the portal lets nobody do this backup: its page for backups is hidden, or the server's \
        spaces are closed to it",
    )
    .mend("have the server's operator allow it")
}

fn not_allowed(check: Check, found: impl Into<String>) -> Finding {
    Finding::failed(check, Fault::NotAllowed, found)
}

/// Which of the 403s the look at the slot met: the only call here that needs what a backup needs.
fn denial(evidence: &Evidence) -> Option<Denial> {
    match evidence.progress.as_ref()? {
        Err(Failure { kind: ApiErrorKind::Forbidden(denial), .. }) => Some(*denial),
        Err(_) | Ok(_) => None,
    }
}
