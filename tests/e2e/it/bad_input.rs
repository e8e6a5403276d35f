//! Mistakes of the user: exit code 2 before anything is sent, with the setting, where it comes from, and the mend.

use expect_test::{Expect, expect};
use mock_portal::{DEMO_KEY, MockPortal};

use crate::rig::{Program, portal};

/// What a test changes of a program that would work.
pub(crate) type Spoil = fn(Program) -> Program;

/// The words lead to a mistake, at once and in every form of output, and the portal never hears of it.
pub(crate) async fn check(spoil: Spoil, line: &str, expected: Expect) {
    let portal = portal().await;
    let program = spoil(Program::of(&portal));
    let told = program.run(line).await;
    told.exits(2).says(expected);
    assert_eq!(told.stdout, "");
    assert!(told.stderr.contains("hint: ") || told.stderr.contains("For more information"), "{told}");
    let document = program.run(&format!("{line} --output json")).await.exits(2).json();
    assert!(["settings", "usage"].contains(&document["error"]["code"].as_str().unwrap()), "{document}");
    assert_silence(&portal);
}

#[track_caller]
pub(crate) fn assert_silence(portal: &MockPortal) {
    assert_eq!(portal.calls(), [], "something was sent all the same");
}

pub(crate) fn as_it_is(program: Program) -> Program {
    program
}

#[tokio::test]
async fn a_missing_host_or_key() {
    check(|program| program.without("DOCSPACE_API_HOST"), "run", expect![[r#"
        error: portal address: not set
        hint: give --host URL, set DOCSPACE_API_HOST, or write host = "URL" under [portals.main] in [HOME]/config/docspace-backup/config.toml
    "#]]).await;
    check(|program| program.without("DOCSPACE_API_KEY"), "run", expect![[r#"
        error: API key: not set
        hint: set DOCSPACE_API_KEY, give --api-key-file PATH ("-" for stdin), or write api_key = { file = "PATH" } under [portals.main] in [HOME]/config/docspace-backup/config.toml
    "#]]).await;
}

#[tokio::test]
async fn a_malformed_host() {
    check(
        as_it_is,
        "run --host https://",
        expect![[r#"
        error: portal address (--host): the address names no host: give it like https://portal.example.com
        hint: copy the portal's address from the browser, up to the first single slash
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --host ftp://portal.example.com",
        expect![[r#"
        error: portal address (--host): a portal is not reached by ftp: use https://
        hint: copy the portal's address from the browser, up to the first single slash
    "#]],
    )
    .await;
    check(|program| program.env("DOCSPACE_API_HOST", "https://ann:pw@portal.example.com"), "run", expect![[r#"
        error: portal address (DOCSPACE_API_HOST): the address holds a user name or password: leave out what stands before the @
        hint: the API key has a setting of its own: DOCSPACE_API_KEY or --api-key-file
    "#]]).await;
    let in_file = |program: Program| {
        program.without("DOCSPACE_API_HOST").settings_alone("# mine\n[portals.main]\nhost = \"a b\"\n")
    };
    check(in_file, "run", expect![[r#"
        error: portal address ([HOME]/config/docspace-backup/config.toml:3): not an address: give it like https://portal.example.com
        hint: copy the portal's address from the browser, up to the first single slash
    "#]]).await;
}

#[tokio::test]
async fn plain_http_to_another_machine() {
    check(as_it_is, "run --host http://portal.example.com", expect![[r#"
        error: portal address (--host): http:// would send the key to portal.example.com unencrypted: use https://, or allow plain http expressly
        hint: --allow-http allows it, or allow_http = true in the portal's profile
    "#]]).await;
    check(|program| program.env("DOCSPACE_API_HOST", "http://portal.example.com"), "run", expect![[r#"
        error: portal address (DOCSPACE_API_HOST): http:// would send the key to portal.example.com unencrypted: use https://, or allow plain http expressly
        hint: --allow-http allows it, or allow_http = true in the portal's profile
    "#]]).await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_one() {
    check(
        as_it_is,
        "run --folder abc",
        expect![[r#"
        error: folder (--folder): a folder of the portal's documents has a number
        hint: for a connected drive give --storage third-party-documents
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --storage documents",
        expect![[r#"
        error: storage (--storage): documents needs a folder
        hint: give --folder with the number at the end of the folder's address
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --storage third-party-documents --folder 12",
        expect![[r#"
        error: folder (--folder): a number is a folder of the portal's own documents
        hint: give --storage documents, or the id of the drive's folder
    "#]],
    )
    .await;
    check(
        |program| program.add_settings("folder = -1\n"),
        "run",
        expect![[r#"
        error: folder ([HOME]/config/docspace-backup/config.toml:7): a folder of the portal's documents has a number
        hint: for a connected drive give --storage third-party-documents
    "#]],
    )
    .await;
}

#[tokio::test]
async fn flags_that_nobody_knows() {
    check(
        as_it_is,
        "run --foldr 12",
        expect![[r#"
            error: unexpected argument '--foldr' found

              tip: a similar argument exists: '--folder'

            Usage: docspace-backup run --folder <ID>

            For more information, try '--help'.
        "#]],
    )
    .await;
    check(
        as_it_is,
        "backup",
        expect![[r#"
            error: unrecognized subcommand 'backup'

            Usage: docspace-backup [OPTIONS] <COMMAND>

            For more information, try '--help'.
        "#]],
    )
    .await;
    check(
        as_it_is,
        "run --storage cloud",
        expect![[r#"
        error: invalid value 'cloud' for '--storage <WORD>'
          [possible values: temporary, documents, third-party-documents, third-party-storage, local]

        For more information, try '--help'.
    "#]],
    )
    .await;
    check(as_it_is, "wait 4711", expect![[r#"
        error: invalid value '4711' for '[ID]': not a backup id: 32 hexadecimal digits in groups of 8-4-4-4-12 are expected

        For more information, try '--help'.
    "#]]).await;
    check(
        as_it_is,
        "run --timeout 90",
        expect![[r#"
        error: invalid value '90' for '--timeout <DURATION>': the unit is missing: write 90s, 15m or 1h30m

        For more information, try '--help'.
    "#]],
    )
    .await;
}

#[tokio::test]
async fn settings_that_contradict_each_other() {
    check(
        as_it_is,
        "run --storage temporary --folder 12",
        expect![[r#"
        error: folder (--folder): contradicts the storage temporary (--storage)
        hint: documents takes a folder: give --storage documents, or leave the folder out
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --folder 12 --param filePath=/x",
        expect![[r#"
        error: param filePath (--param): the storage documents (default) takes no parameters
        hint: a folder is given with --folder; parameters are for local and third-party-storage
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --quiet --verbose",
        expect![[r#"
        error: volume (--quiet): contradicts --verbose
        hint: leave out one of the two
    "#]],
    )
    .await;
    check(
        |program| program.env("DOCSPACE_BASE_URL", "https://other.example.com"),
        "run",
        expect![[r#"
        error: portal address (DOCSPACE_API_HOST): contradicts DOCSPACE_BASE_URL, which names another portal
        hint: unset one of the two, or decide with --host
    "#]],
    )
    .await;
    let two_keys = |program: Program| program.file("key", DEMO_KEY).env("DOCSPACE_API_KEY_FILE", "key");
    check(
        two_keys,
        "run",
        expect![[r#"
        error: API key (DOCSPACE_API_KEY): contradicts DOCSPACE_API_KEY_FILE, which is set too
        hint: unset one of the two
    "#]],
    )
    .await;
    check(
        |program| program.env("SMTP_URL", "smtps://localhost"),
        "run",
        expect![[r#"
        error: mail recipients (SMTP_URL): not set, although SMTP_URL is
        hint: set DOCSPACE_ADMIN_EMAIL to the addresses, with commas between them
    "#]],
    )
    .await;
}

#[tokio::test]
async fn an_argument_with_spaces_stays_one() {
    let portal = portal().await;
    let told = Program::of(&portal).run_words(&["run", "--host", "https://a b", "-o", "json"]).await;
    assert!(told.exits(2).json()["error"]["message"].as_str().unwrap().contains("--host"), "{told}");
    assert_silence(&portal);
}
