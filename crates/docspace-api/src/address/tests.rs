//! Addresses as people paste them, and links as portals send them.

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    check_as(text, PlainHttp::LoopbackOnly, expected);
}

fn check_as(text: &str, plain_http: PlainHttp, expected: Expect) {
    expected.assert_eq(&match Address::parse(text, plain_http) {
        Ok(address) => address.to_string(),
        Err(error) => format!("{error:?}: {error}"),
    });
}

#[test]
fn what_people_paste_is_tidied() {
    check("portal.example.com", expect!["https://portal.example.com"]);
    check("  https://Portal.Example.com/\n", expect!["https://portal.example.com"]);
    check("portal.example.com:8443/docs/", expect!["https://portal.example.com:8443/docs"]);
    check("https://portal.example.com/api/2.0/", expect!["https://portal.example.com"]);
    check("https://portal.example.com/docs/API/2.0", expect!["https://portal.example.com/docs"]);
    check("https://портал.example", expect!["https://xn--80awhdgm.example"]);
    check("HTTPS://[2001:db8::1]:443///", expect!["https://[2001:db8::1]"]);
}

#[test]
fn plain_http_stays_on_this_machine_unless_allowed() {
    check("http://127.0.0.1:8080", expect!["http://127.0.0.1:8080"]);
    check("http://127.9.9.9", expect!["http://127.9.9.9"]);
    check("http://[::1]:80", expect!["http://[::1]"]);
    check("http://localhost/x", expect!["http://localhost/x"]);
    check(
        "http://localhost.example.com",
        expect![[
            r#"PlainHttp { host: "localhost.example.com" }: http:// would send the key to localhost.example.com unencrypted: use https://, or allow plain http expressly"#
        ]],
    );
    check(
        "http://10.0.0.1",
        expect![[
            r#"PlainHttp { host: "10.0.0.1" }: http:// would send the key to 10.0.0.1 unencrypted: use https://, or allow plain http expressly"#
        ]],
    );
    check_as("http://10.0.0.1", PlainHttp::Allowed, expect!["http://10.0.0.1"]);
}

#[test]
fn each_mistake_has_its_mend() {
    check(" \n", expect!["Empty: the address is empty: give it like https://portal.example.com"]);
    check("portal example", expect!["Unreadable: not an address: give it like https://portal.example.com"]);
    check(
        "https://portal.example.com\u{7}",
        expect!["Unreadable: not an address: give it like https://portal.example.com"],
    );
    check("/srv/portal", expect!["Unreadable: not an address: give it like https://portal.example.com"]);
    check(
        "https://portal.example.com:port",
        expect!["Unreadable: not an address: give it like https://portal.example.com"],
    );
    check("https://", expect!["NoHost: the address names no host: give it like https://portal.example.com"]);
    check("https:///", expect!["NoHost: the address names no host: give it like https://portal.example.com"]);
    check("ftp://portal.example.com", expect![[r#"Scheme("ftp"): a portal is not reached by ftp: use https://"#]]);
    check(
        "https://anna:secret@portal.example.com",
        expect!["UserInfo: the address holds a user name or password: leave out what stands before the @"],
    );
    check(
        "anna@portal.example.com",
        expect!["UserInfo: the address holds a user name or password: leave out what stands before the @"],
    );
    check(
        "https://portal.example.com/?key=secret",
        expect!["Query: the address holds a query: leave out the ? and what follows"],
    );
    check(
        "https://portal.example.com/#/rooms",
        expect!["Fragment: the address holds a fragment: leave out the # and what follows"],
    );
}

fn portal(text: &str) -> Address {
    Address::parse(text, PlainHttp::LoopbackOnly).unwrap()
}

#[test]
fn no_path_leads_out_of_the_address() {
    let check = |path: &str, expected: Expect| {
        expected.assert_eq(portal("https://host/docs").below(path).as_str());
    };
    check("api/2.0/files/@my", expect!["https://host/docs/api/2.0/files/@my"]);
    check("/api/2.0/portal/", expect!["https://host/docs/api/2.0/portal"]);
    check("../../admin", expect!["https://host/docs/admin"]);
    check("https://elsewhere.example/x", expect!["https://host/docs/https:/elsewhere.example/x"]);
    check("//elsewhere.example/x?y#z", expect!["https://host/docs/elsewhere.example/x%3Fy%23z"]);
    check("a%2e%2e/b c", expect!["https://host/docs/a%252e%252e/b%20c"]);
}

#[test]
fn links_are_made_absolute_and_stay_on_the_web() {
    let check = |base: &str, link: &str, expected: Expect| {
        let url = portal(base).resolve(link);
        expected.assert_eq(url.as_ref().map_or("none", Url::as_str));
    };
    check("https://host", "/storage/x.tar.gz?auth=1.A", expect!["https://host/storage/x.tar.gz?auth=1.A"]);
    check("https://host", "storage/x", expect!["https://host/storage/x"]);
    check("https://host/docs", "/storage/x", expect!["https://host/docs/storage/x"]);
    check("https://host/docs", "/docs/storage/x", expect!["https://host/docs/storage/x"]);
    check("https://host", "https://cloud.example/x?sig=1", expect!["https://cloud.example/x?sig=1"]);
    check("https://host", "//cloud.example/x", expect!["none"]);
    check("https://host", "/\\cloud.example/x", expect!["none"]);
    check("https://host", "/https://cloud.example/x", expect!["https://host/https://cloud.example/x"]);
    check("https://host", "javascript:alert(1)", expect!["none"]);
    check("https://host", "https://a:b@cloud.example/x", expect!["none"]);
    check("https://host", "C:\\backups\\x", expect!["none"]);
}
