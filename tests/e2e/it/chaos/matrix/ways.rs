//! The way to the portal: no connection, TLS, redirects.

use super::names::{History, Progress, RUN, Start, Version, slow};
use crate::{
    chaos::scenario::{Ends, Fine, Scenario, Way, row},
    rig::Certificate,
};

const HERE: &str = "127.0.0.1";
const UNTRUSTED: Ends = ("not_started: untrusted", 75, 0, 0);

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    let run = |name: &str, way, ends| row(name, RUN, Fine, ends).way(way);
    let look = |line: &'static str, way, ends| row(format!("{line}, {way:?}"), line, Fine, ends).way(way);
    let another = Certificate::For("other.example.com");
    vec![
        run("connection refused", Way::Refused, ("not_started: unreachable", 75, 0, 0)),
        run("no such host", Way::NoSuchName, ("not_started: unresolved", 75, 0, 0)),
        look("status", Way::Refused, ("error: unreachable", 75, 0, 0)),
        look("history", Way::Refused, ("error: unreachable", 75, 0, 0)),
        look("start --folder 123", Way::Refused, ("not_started: unreachable", 75, 0, 0)),
        look("wait", Way::NoSuchName, ("not_started: unresolved", 75, 0, 0)),
        look("status", Way::NoSuchName, ("error: unresolved", 75, 0, 0)),
        run("TLS, trusted", Way::Tls(Certificate::For(HERE)), ("completed", 0, 1, 1)).and(slow()),
        run("TLS, of an authority of nobody's", Way::UntrustedTls(Certificate::For(HERE)), UNTRUSTED),
        run("TLS, for another name", Way::Tls(another), UNTRUSTED),
        run("TLS, expired", Way::Tls(Certificate::Expired(HERE)), UNTRUSTED),
        run("TLS, not yet valid", Way::Tls(Certificate::NotYetValid(HERE)), UNTRUSTED),
        run("TLS, signed by itself", Way::Tls(Certificate::SelfSigned(HERE)), UNTRUSTED),
        look("status", Way::Tls(Certificate::Expired(HERE)), ("error: untrusted", 75, 0, 0)),
        look("history", Way::UntrustedTls(Certificate::SelfSigned(HERE)), ("error: untrusted", 75, 0, 0)),
        run("all calls redirected", Way::Redirected(None), ("not_started: redirected", 75, 0, 0)),
        run("first look redirected", Way::Redirected(Some(Progress)), ("not_started: redirected", 75, 0, 0)),
        run("start redirected", Way::Redirected(Some(Start)), ("not_started: redirected", 75, 0, 1)),
        run("history redirected", Way::Redirected(Some(History)), ("completed_with_warnings", 3, 1, 1)),
        run("version redirected", Way::Redirected(Some(Version)), ("completed", 0, 1, 1)),
        look("status", Way::Redirected(None), ("error: redirected", 75, 0, 0)),
        look("history", Way::Redirected(None), ("error: redirected", 75, 0, 0)),
    ]
}
