//! Which portal, and which value of it wins.

use expect_test::{Expect, expect};

use super::{compare, shown, sound, told};
use crate::{
    arguments::GlobalArguments,
    settings::{Environment, SettingsErrorKind},
};

const FILE: &str = r#"
[portals.main]
host = "https://file.example.com"
connect_timeout = "3s"
[portals.test]
host = "http://test.example.com"
allow_http = true
"#;

fn check(text: &str, global: GlobalArguments, variables: &[(&str, &str)], expected: Expect) {
    let environment = Environment::of(variables, "");
    let settings = sound(text, &global, &environment);
    let address = settings.portal_plan().and_then(|plan| {
        let origin = plan.host.as_ref().map(|host| host.origin.to_string()).unwrap_or_default();
        plan.address().map(|address| format!("{}: {address} from {origin}", plan.name.value))
    });
    compare(expected, &shown(address));
}

fn host(host: &str) -> GlobalArguments {
    GlobalArguments { host: Some(host.to_owned()), ..GlobalArguments::default() }
}

fn portal(name: &str) -> GlobalArguments {
    GlobalArguments { portal: Some(name.to_owned()), ..GlobalArguments::default() }
}

#[test]
fn flag_wins_over_environment_wins_over_file() {
    let variables =
        [("DOCSPACE_API_HOST", "https://env.example.com"), ("DOCSPACE_BASE_URL", "https://env.example.com/")];
    check(
        FILE,
        host("https://flag.example.com"),
        &variables,
        expect![[r#"
        main: https://flag.example.com from --host
    "#]],
    );
    check(
        FILE,
        GlobalArguments::default(),
        &variables,
        expect![[r#"
        main: https://env.example.com from DOCSPACE_API_HOST
    "#]],
    );
    check(
        FILE,
        GlobalArguments::default(),
        &variables[1..],
        expect![[r#"
        main: https://env.example.com from DOCSPACE_BASE_URL
    "#]],
    );
    check(
        FILE,
        GlobalArguments::default(),
        &[("DOCSPACE_API_HOST", " ")],
        expect![[r#"
        main: https://file.example.com from /etc/c.toml:3
    "#]],
    );
}

#[test]
fn two_variables_with_two_portals_contradict_unless_a_flag_decides() {
    let variables = [("DOCSPACE_API_HOST", "https://a.example.com"), ("DOCSPACE_BASE_URL", "https://b.example.com")];
    check(
        "",
        GlobalArguments::default(),
        &variables,
        expect![[r#"
        portal address (DOCSPACE_API_HOST): contradicts DOCSPACE_BASE_URL, which names another portal
          hint: unset one of the two, or decide with --host
    "#]],
    );
    check(
        "",
        host("https://c.example.com"),
        &variables,
        expect![[r#"
        main: https://c.example.com from --host
    "#]],
    );
}

#[test]
fn a_missing_address_names_all_the_ways_to_give_one() {
    check(
        "",
        GlobalArguments::default(),
        &[("HOME", "/home/ann")],
        expect![[r#"
        portal address: not set
          hint: give --host URL, set DOCSPACE_API_HOST, or write host = "URL" under [portals.main] in /home/ann/.config/docspace-backup/config.toml
    "#]],
    );
    check(
        "[portals.prod]\n",
        GlobalArguments::default(),
        &[],
        expect![[r#"
        portal address: not set
          hint: give --host URL, set DOCSPACE_API_HOST, or write host = "URL" under [portals.prod] in /etc/c.toml
    "#]],
    );
}

#[test]
fn a_malformed_address_names_where_it_comes_from() {
    check(
        "",
        host("https://"),
        &[],
        expect![[r#"
        portal address (--host): the address names no host: give it like https://portal.example.com
          hint: copy the portal's address from the browser, up to the first single slash
    "#]],
    );
    check(
        "",
        host("ftp://example.com"),
        &[],
        expect![[r#"
        portal address (--host): a portal is not reached by ftp: use https://
          hint: copy the portal's address from the browser, up to the first single slash
    "#]],
    );
    check(
        "",
        GlobalArguments::default(),
        &[("DOCSPACE_BASE_URL", "https://ann:pw@example.com")],
        expect![[r#"
        portal address (DOCSPACE_BASE_URL): the address holds a user name or password: leave out what stands before the @
          hint: the API key has a setting of its own: DOCSPACE_API_KEY or --api-key-file
    "#]],
    );
    check(
        "[portals.main]\nhost = \"a b\"\n",
        GlobalArguments::default(),
        &[],
        expect![[r#"
        portal address (/etc/c.toml:2): not an address: give it like https://portal.example.com
          hint: copy the portal's address from the browser, up to the first single slash
    "#]],
    );
}

#[test]
fn plain_http_needs_a_word_unless_it_stays_on_this_machine() {
    check(
        "",
        host("http://example.com"),
        &[],
        expect![[r#"
        portal address (--host): http:// would send the key to example.com unencrypted: use https://, or allow plain http expressly
          hint: --allow-http allows it, or allow_http = true in the portal's profile
    "#]],
    );
    check(
        "",
        host("http://127.0.0.1:8080"),
        &[],
        expect![[r#"
        main: http://127.0.0.1:8080 from --host
    "#]],
    );
    check(
        "",
        GlobalArguments { allow_http: true, ..host("http://example.com") },
        &[],
        expect![[r#"
        main: http://example.com from --host
    "#]],
    );
    check(
        FILE,
        portal("test"),
        &[],
        expect![[r#"
        test: http://test.example.com from /etc/c.toml:6
    "#]],
    );
}

#[test]
fn the_profile_is_the_one_asked_for_the_default_the_only_one_or_main() {
    check(
        FILE,
        portal("test"),
        &[("DOCSPACE_PORTAL", "main")],
        expect![[r#"
        test: http://test.example.com from /etc/c.toml:6
    "#]],
    );
    check(
        FILE,
        GlobalArguments::default(),
        &[("DOCSPACE_PORTAL", "test")],
        expect![[r#"
        test: http://test.example.com from /etc/c.toml:6
    "#]],
    );
    check(
        &format!("default_portal = \"test\"\n{FILE}"),
        GlobalArguments::default(),
        &[],
        expect![[r#"
        test: http://test.example.com from /etc/c.toml:7
    "#]],
    );
    check(
        FILE,
        GlobalArguments::default(),
        &[],
        expect![[r#"
        main: https://file.example.com from /etc/c.toml:3
    "#]],
    );
    check(
        "[portals.only]\nhost = \"only.example.com\"\n",
        GlobalArguments::default(),
        &[],
        expect![[r#"
        only: https://only.example.com from /etc/c.toml:2
    "#]],
    );
    check(
        "[portals.a]\n[portals.b]\n",
        GlobalArguments::default(),
        &[],
        expect![[r#"
        portal profile (/etc/c.toml:1): nothing tells which of several is meant
          hint: give --portal NAME, or write default_portal = "NAME"; known are: a, b
    "#]],
    );
}

#[test]
fn an_unknown_profile_names_the_known_ones() {
    check(
        FILE,
        portal("prod"),
        &[],
        expect![[r#"
        portal profile (--portal): there is no profile prod in /etc/c.toml
          hint: known are: main, test
    "#]],
    );
    check(
        "[run]\n",
        GlobalArguments::default(),
        &[("DOCSPACE_PORTAL", "prod")],
        expect![[r#"
        portal profile (DOCSPACE_PORTAL): there is no profile prod in /etc/c.toml
          hint: the file has no table [portals.NAME]
    "#]],
    );
    check(
        "",
        portal("prod"),
        &[("HOME", "/home/ann")],
        expect![[r#"
        portal profile (--portal): there is no settings file that could hold the profile prod
          hint: give --config PATH, or write one of /home/ann/.config/docspace-backup/config.toml, /nonexistent/config.toml
    "#]],
    );
}

#[test]
fn an_unknown_profile_is_not_found() {
    let (global, environment) = (portal("prod"), Environment::of(&[], ""));
    let kind = |text| sound(text, &global, &environment).portal_plan().unwrap_err().kind();
    assert_eq!(kind(FILE), SettingsErrorKind::NoSuchProfile);
    assert_eq!(kind(""), SettingsErrorKind::NoSuchProfile);
}

#[tokio::test]
async fn limits_and_certificates_reach_the_client() {
    let text = format!("{FILE}request_timeout = \"1m\"\nretry_for = \"5m\"\nca_file = \"ca.pem\"\n");
    let (global, environment) = (portal("test"), Environment::of(&[("DOCSPACE_API_KEY", "sk-1")], ""));
    let mut settings = sound(&text, &global, &environment);
    let plan = settings.portal_plan().unwrap();
    let limits = [&plan.connect_timeout, &plan.request_timeout, &plan.retry_for];
    let limits = limits.map(|limit| format!("{:?} from {}\n", limit.value, limit.origin)).concat();
    compare(
        expect![[r#"
        10s from default
        60s from /etc/c.toml:8
        300s from /etc/c.toml:9
    "#]],
        &limits,
    );
    let missing = settings.resolve_portal().await.unwrap_err();
    compare(
        expect![[r#"
        ca_file (/etc/c.toml:10): there is no file /etc/ca.pem
          hint: name a file with certificates in PEM form
    "#]],
        &told([&missing]),
    );
}
