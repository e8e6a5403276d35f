//! Whether a portal answers, over a safe way, and is new enough.

use docspace_api::{ApiErrorKind, Denial};
use expect_test::{Expect, expect};

use super::{Check, Evidence, failed, into_folder, reached, said};

fn check(evidence: &Evidence, expected: Expect) {
    let both = [Check::Reachable, Check::Version].map(|check| said(check, evidence, &into_folder()));
    expected.assert_eq(&both.concat());
}

fn version(text: &str) -> Evidence {
    Evidence { version: Some(Ok(text.parse().unwrap())), ..Evidence::default() }
}

#[test]
fn a_portal_that_answers_is_reachable() {
    check(
        &reached(),
        expect![[r#"
        reachable Ok: DocSpace 3.7.2.4321 answers
        version Ok: 3.7.2.4321
    "#]],
    );
}

#[test]
fn plain_http_is_warned_of() {
    check(
        &Evidence { is_plain_http: true, ..reached() },
        expect![[r#"
        reachable Warning: the key goes over the network unprotected: the address is http://
            -> give the portal a certificate, and an address with https://
        version Ok: 3.7.2.4321
    "#]],
    );
}

#[test]
fn old_portals_lack_keys_or_the_cancel() {
    check(
        &version("3.0.4"),
        expect![[r#"
        reachable Ok: DocSpace 3.0.4 answers
        version Failed (Unfit): DocSpace 3.0.4 has no API keys
            -> update the portal to 3.1.0 or newer
    "#]],
    );
    check(
        &version("3.7.0"),
        expect![[r#"
        reachable Ok: DocSpace 3.7.0 answers
        version Warning: DocSpace 3.7.0 cannot cancel a backup, nor one that hangs and blocks all others for a day
            -> update the portal to 3.7.1 or newer; a development build calls itself 3.1.0, whatever it can
    "#]],
    );
    check(
        &version("3.7.1"),
        expect![[r#"
        reachable Ok: DocSpace 3.7.1 answers
        version Ok: 3.7.1
    "#]],
    );
}

#[test]
fn each_way_not_to_answer_has_its_mend() {
    let kinds = [
        ApiErrorKind::Unresolved,
        ApiErrorKind::Unreachable,
        ApiErrorKind::Untrusted,
        ApiErrorKind::TimedOut,
        ApiErrorKind::NotAPortal,
        ApiErrorKind::Redirected,
        ApiErrorKind::NotFound,
        ApiErrorKind::Throttled { retry_after: None },
        ApiErrorKind::Status(502),
        ApiErrorKind::Status(418),
        ApiErrorKind::Forbidden(Denial::Address),
    ];
    let all: String = kinds
        .map(|kind| said(Check::Reachable, &Evidence { version: failed(kind), ..Evidence::default() }, &into_folder()))
        .concat();
    expect![[r#"
        reachable Failed (Unreachable): the host name cannot be resolved
            -> check the address for a mistake in the host's name
        reachable Failed (Unreachable): no connection to the portal
            -> check that the portal runs, and that firewall and proxy let this machine through to it
        reachable Failed (Unreachable): the portal's certificate is not trusted
            -> renew the portal's certificate, or give the certificate of the authority that issued it
        reachable Failed (Unreachable): no answer in time
            -> check that the portal runs, and that firewall and proxy let this machine through to it
        reachable Failed (Unreachable): a web page came instead of an answer: is this the address of a DocSpace portal?
            -> check that this is the address of a DocSpace portal, and not of a login page before it
        reachable Failed (Unreachable): the address leads elsewhere
            -> give the address to which it leads, most often with https://
        reachable Failed (Unreachable): not found (404)
            -> check the portal's name: none answers to this one, or it is suspended
        reachable Failed (Unreachable): the portal asks to slow down (429)
            -> wait a few minutes: the portal is asked too often
        reachable Failed (Unreachable): status 502
            -> look at the portal's own logs: it answers with errors
        reachable Failed (Unreachable): status 418
        reachable Failed (Unreachable): not allowed (403): this network address is not on the portal's list
    "#]]
    .assert_eq(&all);
}
