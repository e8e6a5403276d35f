//! Whether a portal answers at the address, over a safe way, and is new enough.

use docspace_api::{ApiErrorKind, Version};

use super::{Check, Evidence, Fault, Finding};
use crate::Failure;

/// The first version with API keys.
const WITH_KEYS: [u64; 3] = [3, 1, 0];
/// The first version that can cancel a backup, and that tells where a job stands.
const WITH_CANCEL: [u64; 3] = [3, 7, 1];

pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    match &evidence.version {
        None => Vec::new(),
        Some(Err(failure)) => vec![not_reached(failure)],
        Some(Ok(version)) => vec![reached(evidence, version), new_enough(version)],
    }
}

fn reached(evidence: &Evidence, version: &Version) -> Finding {
    if evidence.is_plain_http {
        return Finding::warning(Check::Reachable, "the key goes over the network unprotected: the address is http://")
            .mend("give the portal a certificate, and an address with https://");
    }
    Finding::ok(Check::Reachable, format!("DocSpace {version} answers"))
}

fn not_reached(failure: &Failure) -> Finding {
    let finding = Finding::failed(Check::Reachable, Fault::Unreachable, &failure.message);
    match mend(failure.kind) {
        Some(mend) => finding.mend(mend),
        None => finding,
    }
}

fn mend(kind: ApiErrorKind) -> Option<&'static str> {
    match kind {
        ApiErrorKind::Unresolved => Some("check the address for a mistake in the host's name"),
        ApiErrorKind::Unreachable | ApiErrorKind::TimedOut | ApiErrorKind::Interrupted => {
            Some("check that the portal runs, and that firewall and proxy let this machine through to it")
        }
        ApiErrorKind::Untrusted => {
            Some("renew the portal's certificate, or give the certificate of the authority that issued it")
        }
        ApiErrorKind::NotAPortal | ApiErrorKind::Garbled | ApiErrorKind::TooLarge => {
            Some("check that this is the address of a DocSpace portal, and not of a login page before it")
        }
        ApiErrorKind::Redirected => Some("give the address to which it leads, most often with https://"),
        ApiErrorKind::NotFound => Some("check the portal's name: none answers to this one, or it is suspended"),
        ApiErrorKind::Throttled { .. } => Some("wait a few minutes: the portal is asked too often"),
        ApiErrorKind::Status(500..) => Some("look at the portal's own logs: it answers with errors"),
        ApiErrorKind::Status(_)
        | ApiErrorKind::Unauthenticated
        | ApiErrorKind::Forbidden(_)
        | ApiErrorKind::PaymentRequired
        | ApiErrorKind::Unsupported { .. } => None,
    }
}

fn new_enough(version: &Version) -> Finding {
    if !version.is_at_least(&WITH_KEYS) {
        return Finding::failed(Check::Version, Fault::Unfit, format!("DocSpace {version} has no API keys"))
            .mend("update the portal to 3.1.0 or newer");
    }
    if !version.is_at_least(&WITH_CANCEL) {
        let found =
            format!("DocSpace {version} cannot cancel a backup, nor one that hangs and blocks all others for a day");
        return Finding::warning(Check::Version, found)
            .mend("update the portal to 3.7.1 or newer; a development build calls itself 3.1.0, whatever it can");
    }
    Finding::ok(Check::Version, format!("{version}"))
}
