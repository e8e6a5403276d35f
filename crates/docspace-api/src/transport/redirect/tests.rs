//! Where redirects lead.

use std::error::Error;

use expect_test::{Expect, expect};
use http::{HeaderMap, HeaderValue, header::LOCATION};
use url::Url;

use super::{check as refuse, next};

fn check(here: &str, location: &'static str, expected: Expect) {
    let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static(location))]);
    expected.assert_eq(&match next(&Url::parse(here).unwrap(), &headers) {
        Ok(hop) => format!("{}{}", hop.url, if hop.leaves { " without the key" } else { "" }),
        Err(failure) => format!("{:?}: {}", failure.kind, failure.source().unwrap()),
    });
}

const FILE: &str = "https://portal.example.com/docs/filehandler.ashx?action=download&fileid=1";

#[test]
fn the_same_origin_keeps_the_key() {
    check(FILE, "/storage/x?auth=1", expect!["https://portal.example.com/storage/x?auth=1"]);
    check(FILE, "storage/x", expect!["https://portal.example.com/docs/storage/x"]);
    check(FILE, "?action=view", expect!["https://portal.example.com/docs/filehandler.ashx?action=view"]);
    check(FILE, "https://PORTAL.example.com:443/x#y", expect!["https://portal.example.com/x"]);
    check("http://portal.example.com/x", "http://portal.example.com:80/y", expect!["http://portal.example.com/y"]);
}

#[test]
fn another_host_port_or_scheme_is_another_origin() {
    check(FILE, "https://s3.example.com/x?sig=1", expect!["https://s3.example.com/x?sig=1 without the key"]);
    check(FILE, "//s3.example.com/x", expect!["https://s3.example.com/x without the key"]);
    check(FILE, "\\\\s3.example.com\\x", expect!["https://s3.example.com/x without the key"]);
    check(FILE, "https://portal.example.com:8443/x", expect!["https://portal.example.com:8443/x without the key"]);
    check(
        FILE,
        "https://portal.example.com.evil.example/",
        expect!["https://portal.example.com.evil.example/ without the key"],
    );
    check(
        "http://portal.example.com/x",
        "https://portal.example.com/x",
        expect!["https://portal.example.com/x without the key"],
    );
}

#[test]
fn no_way_leads_out_of_encryption() {
    check(
        FILE,
        "http://portal.example.com/x?auth=1",
        expect!["Redirected: it leads, unencrypted, to http://portal.example.com"],
    );
    check(
        FILE,
        "http://s3.example.com/x?sig=1",
        expect!["Redirected: it leads, unencrypted, to http://s3.example.com"],
    );
}

#[test]
fn what_is_no_place_on_the_web_is_refused() {
    check(FILE, "file:///etc/passwd", expect!["Redirected: it leads away from the web"]);
    check(FILE, "data:text/plain,x", expect!["Redirected: it leads away from the web"]);
    check(FILE, "javascript:alert(1)", expect!["Redirected: it leads away from the web"]);
    check(FILE, "ftp://example.com/x", expect!["Redirected: it leads away from the web"]);
    check(
        FILE,
        "https://me:secret@example.com/x",
        expect!["Redirected: it leads, with a login of its own, to https://example.com"],
    );
    check(FILE, "https://", expect!["Redirected: it does not say where to"]);
}

#[test]
fn a_redirect_to_nowhere_is_told() {
    let here = Url::parse(FILE).unwrap();
    for headers in [HeaderMap::new(), HeaderMap::from_iter([(LOCATION, HeaderValue::from_bytes(b"/\xff").unwrap())])] {
        let failure = next(&here, &headers).unwrap_err();
        assert_eq!(failure.source().unwrap().to_string(), "it does not say where to");
    }
}

#[test]
fn a_link_is_checked_as_a_redirect_is() {
    assert!(refuse(&Url::parse("http://192.0.2.1:9000/x").unwrap()).is_ok());
    for link in ["ftp://example.com/x", "https://me@example.com/x", "https://:x@example.com/"] {
        assert!(refuse(&Url::parse(link).unwrap()).is_err(), "{link}");
    }
}

#[test]
fn wherever_a_redirect_leads_it_is_the_web_and_no_less_encrypted() {
    let pieces = [
        "",
        "http:",
        "https:",
        "//",
        "/",
        "\\",
        "@",
        "portal.example.com",
        "s3.example.com",
        ":80",
        ":443",
        "?",
        "#",
        " ",
    ];
    let here = Url::parse(FILE).unwrap();
    let pairs = pieces.iter().flat_map(|one| pieces.map(|two| [*one, two]));
    for [one, two] in pairs {
        for (three, four) in pieces.into_iter().flat_map(|three| pieces.map(|four| (three, four))) {
            let location = [one, two, three, four].concat();
            let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::try_from(&location).unwrap())]);
            let Ok(hop) = next(&here, &headers) else { continue };
            assert_eq!(hop.url.scheme(), "https", "{location}");
            assert!(hop.url.username().is_empty() && hop.url.password().is_none(), "{location}");
            let is_ours = hop.url.host_str() == Some("portal.example.com") && hop.url.port().is_none();
            assert_eq!(hop.leaves, !is_ours, "{location}");
        }
    }
}
