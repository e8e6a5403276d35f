//! Whether a portal answers, and in which state it is.

use expect_test::{Expect, expect};
use jiff::SignedDuration;
use mock_portal::{Answer, Config, DEMO_KEY, Fault, MockPortal, Operation, Trouble};
use tokio::net::TcpListener;

use super::{check, check_program, check_trouble, check_unanswered, has_changed_nothing, said, spoiled};
use crate::rig::{Certificate, Program, TlsFront, portal};

/// With a key, and a portal at that address.
fn keyed(address: &str) -> Program {
    Program::alone().settings("").secret_env("DOCSPACE_API_KEY", DEMO_KEY).env("DOCSPACE_API_HOST", address)
}

#[tokio::test]
async fn a_portal_that_is_not_there_is_unreachable_and_asked_nothing_more() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    check_program(
        &keyed(&format!("http://{free}")),
        "",
        "reachable",
        expect![[r#"
        exit 75
        failed: cannot read the portal's version: no connection to the portal: Connection refused (os error [N])
          mend: check that the portal runs, and that firewall and proxy let this machine through to it
    "#]],
    )
    .await;
    let page = spoiled(|portal| portal.inject(Fault::on_any().always().answer(Answer::login_page()))).await;
    check(&page, "", "reachable", expect![[r#"
        exit 75
        failed: cannot read the portal's version: a web page came instead of an answer: is this the address of a DocSpace portal?
          mend: check that this is the address of a DocSpace portal, and not of a login page before it
    "#]]).await;
    check(
        &page,
        "",
        "key",
        expect![[r#"
        exit 75
    "#]],
    )
    .await;
    check_trouble(
        Trouble::NoSuchPortal,
        "reachable",
        expect![[r#"
        exit 75
        failed: cannot read the portal's version: not found (404)
          mend: check the portal's name: none answers to this one, or it is suspended
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_unreachable() {
    let told = keyed("https://nonexistent.invalid").run("doctor --output json").await;
    told.exits(75).mentions("the host name cannot be resolved").mentions("a mistake in the host's name");
}

#[tokio::test]
async fn a_certificate_of_nobodys_is_found_before_the_key_is_sent() {
    let portal = portal().await;
    let front = TlsFront::before(portal.address(), Certificate::For("127.0.0.1")).await;
    let program = keyed(&front.url()).file("ca.pem", front.ca_pem());
    check_program(&program, "--folder 123", "reachable", expect![[r#"
        exit 75
        failed: cannot read the portal's version: the portal's certificate is not trusted: invalid peer certificate: UnknownIssuer
          mend: renew the portal's certificate, or give the certificate of the authority that issued it
    "#]]).await;
    assert_eq!(portal.calls(), []);
    check_program(
        &program,
        "--folder 123 --ca-file ca.pem",
        "reachable",
        expect![[r#"
        exit 0
        ok: DocSpace 3.7.2.4321 answers
    "#]],
    )
    .await;
}

#[tokio::test]
async fn an_old_portal_lacks_something() {
    check_version(
        "3.6.0",
        expect![[r#"
        exit 3
        warning: DocSpace 3.6.0 cannot cancel a backup, nor one that hangs and blocks all others for a day
          mend: update the portal to 3.7.1 or newer; a development build calls itself 3.1.0, whatever it can
    "#]],
    )
    .await;
    check_version(
        "3.0.4",
        expect![[r#"
        exit 1
        failed: DocSpace 3.0.4 has no API keys
          mend: update the portal to 3.1.0 or newer
    "#]],
    )
    .await;
}

async fn check_version(version: &str, expected: Expect) {
    let portal = MockPortal::start(Config { version: version.into(), ..Config::default() }).await;
    check(&portal, "--folder 123", "version", expected).await;
}

#[tokio::test]
async fn a_portal_may_be_out_of_service() {
    check_trouble(
        Trouble::Restoring,
        "portal",
        expect![[r#"
        exit 1
        failed: the portal is being restored from a copy
          mend: wait until that is over; a portal that stays so needs its operator
    "#]],
    )
    .await;
    check_trouble(
        Trouble::AddressRefused,
        "portal",
        expect![[r#"
        exit 4
        failed: the portal does not take calls from this network address
          mend: have an admin put this machine's address on the portal's list, among its settings for security
    "#]],
    )
    .await;
    check_unanswered(
        Operation::Portal,
        "--folder 123",
        "portal",
        expect![[r#"
        exit 3
        skipped: cannot look up the portal: status 502
    "#]],
    )
    .await;
}

#[tokio::test]
async fn clocks_may_disagree() {
    check_clock(
        30,
        expect![[r#"
        exit #
        ok: the portal's clock and ours agree
    "#]],
    )
    .await;
    check_clock(
        5400,
        expect![[r#"
        exit #
        warning: the portal's clock is #### s ahead of ours
          mend: let both machines take their time from a time server
    "#]],
    )
    .await;
    check_clock(
        -5400,
        expect![[r#"
        exit #
        warning: the portal's clock is #### s behind ours
          mend: let both machines take their time from a time server
    "#]],
    )
    .await;
}

/// The time of the calls themselves is in the difference, so it is not looked at to the second.
async fn check_clock(seconds_ahead: i64, expected: Expect) {
    let clock_ahead = SignedDuration::from_secs(seconds_ahead);
    let portal = MockPortal::start(Config { clock_ahead, ..Config::default() }).await;
    let told = Program::of(&portal).run("doctor --folder 123 --output json").await;
    has_changed_nothing(&portal);
    expected.assert_eq(&said(&told, "clock").replace(|c: char| c.is_ascii_digit(), "#"));
}
