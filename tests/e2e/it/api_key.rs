//! The API key: where it comes from, in which forms it is taken, and what is said when it cannot be had.

use std::{fs, os::unix::fs::PermissionsExt};

use expect_test::expect;
use mock_portal::DEMO_KEY;

use crate::{
    bad_input::{as_it_is, check},
    rig::{Program, portal},
};

#[tokio::test]
async fn a_malformed_key() {
    check(
        |program| program.env("DOCSPACE_API_KEY", "sk-12 34"),
        "run",
        expect![[r#"
        error: API key (DOCSPACE_API_KEY): the key holds white space: give the key alone, on one line
        hint: copy the key again from the portal: Developer Tools, API keys
    "#]],
    )
    .await;
    check(
        |program| program.file("key", ""),
        "run --api-key-file key",
        expect![[r#"
        error: API key (--api-key-file): the secret is empty
        hint: name a readable file that holds the secret and nothing else
    "#]],
    )
    .await;
    check(
        |program| program.stdin("\n"),
        "run --api-key-file -",
        expect![[r#"
        error: API key (--api-key-file): the secret is empty
        hint: pipe the secret in: pass show docspace | docspace-backup … --api-key-file -
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_key_file_that_cannot_be_read() {
    check(
        as_it_is,
        "run --api-key-file nowhere/key",
        expect![[r#"
        error: API key (--api-key-file): there is no file nowhere/key
        hint: name a readable file that holds the secret and nothing else
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --api-key-file config",
        expect![[r#"
        error: API key (--api-key-file): config is a directory, not a file
        hint: name a readable file that holds the secret and nothing else
    "#]],
    )
    .await;
    let from_variable =
        |program: Program| program.without("DOCSPACE_API_KEY").env("DOCSPACE_API_KEY_FILE", "/nowhere/key");
    check(
        from_variable,
        "run",
        expect![[r#"
        error: API key (DOCSPACE_API_KEY_FILE): there is no file /nowhere/key
        hint: name a readable file that holds the secret and nothing else
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_key_file_that_others_can_read_is_a_warning() {
    let portal = portal().await;
    let program = Program::of(&portal).without("DOCSPACE_API_KEY").file("key", DEMO_KEY);
    fs::set_permissions(program.path("key"), fs::Permissions::from_mode(0o644)).unwrap();
    program.run("status --api-key-file key").await.exits(0).mentions("warning: ");
    fs::set_permissions(program.path("key"), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(program.run("status --api-key-file key").await.exits(0).stderr, "");
}

#[tokio::test]
async fn a_key_is_taken_however_it_was_pasted() {
    for pasted in [format!("Bearer {DEMO_KEY}"), format!("{DEMO_KEY}\n"), format!("\"{DEMO_KEY}\"")] {
        let portal = portal().await;
        let program = Program::of(&portal);
        program.env("DOCSPACE_API_KEY", &pasted).run("status").await.exits(0);
        let program = Program::of(&portal).without("DOCSPACE_API_KEY").stdin(&pasted);
        program.run("status --api-key-file -").await.exits(0);
    }
}
