//! `doctor`: each check in each of its states, and that looking changes nothing.

mod access;
mod drift;
mod own_side;
mod place;
mod reach;

use std::time::Duration;

use expect_test::{Expect, expect};
use mock_portal::{Answer, Caller, Fault, MockPortal, Operation, Trouble};
use serde_json::Value;

use crate::rig::{Finished, Program, Terminal, portal, redact};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The portal with something set up.
async fn spoiled(spoil: impl FnOnce(&MockPortal)) -> MockPortal {
    let portal = portal().await;
    spoil(&portal);
    portal
}

/// Whatever is found, nothing was changed, and the history was not read, for that deletes (contract §5).
#[track_caller]
fn has_changed_nothing(portal: &MockPortal) {
    let calls = portal.calls();
    assert!(calls.iter().all(|call| call.method == "GET"), "{}", portal.log());
    assert_eq!(portal.calls_of(Operation::History), [], "{}", portal.log());
}

/// What is said of a check: the exit code of the whole, the state, what was found, and the mend.
fn said(told: &Finished, check: &str) -> String {
    let document = told.json();
    assert_eq!(document["kind"], "doctor_report", "{told}");
    let rows = document["checks"].as_array().unwrap().iter().filter(|row| row["check"] == check);
    let rows: Vec<String> = rows.map(row).collect();
    format!("exit {}\n{}", told.code, rows.concat())
}

fn row(row: &Value) -> String {
    let mend = row["mend"].as_str().map(|mend| format!("  mend: {mend}\n")).unwrap_or_default();
    format!("{}: {}\n{mend}", row["state"].as_str().unwrap(), row["found"].as_str().unwrap())
}

async fn check_program(program: &Program, line: &str, check: &str, expected: Expect) {
    let told = program.run(&format!("doctor {line} --output json")).await;
    let file = program.path("config");
    expected.assert_eq(&redact(&said(&told, check), file.parent().unwrap()));
}

async fn check(portal: &MockPortal, line: &str, check: &str, expected: Expect) {
    check_program(&Program::of(portal), line, check, expected).await;
    has_changed_nothing(portal);
}

async fn check_caller(caller: Caller, about: &str, expected: Expect) {
    check(&spoiled(|portal| portal.set_caller(caller)).await, "--folder 123", about, expected).await;
}

async fn check_trouble(trouble: Trouble, about: &str, expected: Expect) {
    check(&spoiled(|portal| portal.set_troubles([trouble])).await, "--folder 123", about, expected).await;
}

/// A check whose call gets no answer.
async fn check_unanswered(operation: Operation, line: &str, about: &str, expected: Expect) {
    let fault = Fault::on(operation).always().answer(Answer::gateway(502));
    check(&spoiled(|portal| portal.inject(fault)).await, line, about, expected).await;
}

#[tokio::test]
async fn all_is_well() {
    let portal = portal().await;
    let told = Program::of(&portal).run("doctor --folder 123").await;
    has_changed_nothing(&portal);
    told.shows(expect![[r#"
        $ docspace-backup doctor --folder 123
        exit code 0
        --- stdout
          Portal:  http://127.0.0.1:[PORT]
          Covers:  this portal
          Storage: documents, folder 123

          ok  settings       settings file [HOME]/config/docspace-backup/config.toml
          ok  reachable      DocSpace 3.7.2.4321 answers
          ok  version        3.7.2.4321
          ok  portal         the portal is in service
          ok  key            the portal takes the key "mock" (…cdef)
          ok  key_expiry     the key never expires
          ok  scope          the key may do all that its owner may
          ok  role           Key Owner owns the portal
          ok  slot           no job is running
          ok  cost           backups cost nothing at this portal
          ok  quota          1.00 GiB of 100.00 GiB used
          ok  folder         the copy goes to "Backups" (123)
          ok  clock          the portal's clock and ours agree
          ok  notify.stdout  the channel is ready

        14 ok
        --- stderr
    "#]]);
}

#[tokio::test]
async fn what_is_wrong_is_told_with_its_mend_and_counted() {
    let portal = spoiled(|portal| portal.expire_key_in(5 * DAY)).await;
    portal.inject(Fault::on(Operation::UsedSpace).always().status(500));
    Program::of(&portal).run("doctor --folder 404").await.exits(10).shows(expect![[r#"
        $ docspace-backup doctor --folder 404
        exit code 10
        --- stdout
          Portal:  http://127.0.0.1:[PORT]
          Covers:  this portal
          Storage: documents, folder 404

          ok       settings       settings file [HOME]/config/docspace-backup/config.toml
          ok       reachable      DocSpace 3.7.2.4321 answers
          ok       version        3.7.2.4321
          ok       portal         the portal is in service
          ok       key            the portal takes the key "mock" (…cdef)
          warning  key_expiry     the key expires within a week, at [TIME]
                                  mend: have a new key made, and put it in the place of this one
          ok       scope          the key may do all that its owner may
          ok       role           Key Owner owns the portal
          ok       slot           no job is running
          ok       cost           backups cost nothing at this portal
          skipped  quota          cannot read the used space: status 500
          FAILED   folder         there is no folder 404
                                  mend: name another folder, or have the key's owner let in
          ok       clock          the portal's clock and ours agree
          ok       notify.stdout  the channel is ready

        1 failed, 1 warning, 1 skipped, 11 ok
        --- stderr
    "#]]);
}

#[tokio::test]
async fn a_document_has_every_check_and_standard_error_what_is_wrong() {
    let portal = portal().await;
    let told = Program::of(&portal).run("doctor --folder 404 --output json").await;
    let document = told.exits(10).json();
    assert_eq!(document["portal"]["version"], "3.7.2.4321");
    assert_eq!([&document["storage"], &document["dump"]], [&Value::from("documents"), &Value::from(false)]);
    let checks: Vec<&str> =
        document["checks"].as_array().unwrap().iter().map(|row| row["check"].as_str().unwrap()).collect();
    assert_eq!(
        checks.join(" "),
        "settings reachable version portal key key_expiry scope role slot cost quota folder clock notify.stdout"
    );
    told.says(expect![[r#"
        error: folder: there is no folder 404
        hint: name another folder, or have the key's owner let in
    "#]]);
}

#[tokio::test]
async fn a_page_for_ci_is_a_table() {
    let portal = portal().await;
    Program::of(&portal).run("doctor --output markdown").await.exits(3).prints(expect![[r#"
        | State | Check | Found | Mend |
        |---|---|---|---|
        | ok | settings | settings file [HOME]/config/docspace-backup/config.toml |  |
        | ok | reachable | DocSpace 3.7.2.4321 answers |  |
        | ok | version | 3.7.2.4321 |  |
        | ok | portal | the portal is in service |  |
        | ok | key | the portal takes the key "mock" (…cdef) |  |
        | ok | key\_expiry | the key never expires |  |
        | ok | scope | the key may do all that its owner may |  |
        | ok | role | Key Owner owns the portal |  |
        | ok | slot | no job is running |  |
        | ok | cost | backups cost nothing at this portal |  |
        | ok | quota | 1.00 GiB of 100.00 GiB used |  |
        | warning | storage | the copy is temporary: the portal deletes it after 24 hours | name a folder, or download the copy in time |
        | ok | clock | the portal's clock and ours agree |  |
        | ok | notify.stdout | the channel is ready |  |

        1 warning, 13 ok
    "#]]);
}

#[tokio::test]
async fn colours_are_for_terminals() {
    let portal = portal().await;
    for (flags, is_coloured) in [("doctor --folder 123", true), ("doctor --folder 123 --color never", false)] {
        let (screen, code) = Terminal::start(&Program::of(&portal), flags).finish().await;
        assert_eq!(code, 0, "{screen}");
        assert_eq!(screen.contains("\u{1b}[32mok\u{1b}[0m"), is_coloured, "{screen}");
    }
    let piped = Program::of(&portal).run("doctor --folder 123").await;
    assert!(!piped.stdout.contains('\u{1b}'), "{piped}");
}
