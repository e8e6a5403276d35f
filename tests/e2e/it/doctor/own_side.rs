//! What is wrong on this side: the settings, the channels, the command line.

use expect_test::expect;

use super::{check, check_program, has_changed_nothing};
use crate::rig::{Program, Reply, Sink, mail_server, portal};

#[tokio::test]
async fn each_channel_is_tried_and_nobody_is_told() {
    let (portal, sink) = (portal().await, Sink::playing(vec![Reply::new(200, "")]).await);
    let server = mail_server().start().await.unwrap();
    let program = Program::of(&portal).with_mail(&server, &["admin@example.com"]).with_webhook(&sink);
    check_program(
        &program,
        "--folder 123",
        "notify.email",
        expect![[r#"
        exit 0
        ok: the channel is ready
    "#]],
    )
    .await;
    check_program(
        &program,
        "--folder 123",
        "notify.monitoring",
        expect![[r#"
        exit 0
        ok: the channel is ready
    "#]],
    )
    .await;
    assert_eq!((server.mails().len(), sink.posts().len()), (0, 0));
    let dead =
        Program::of(&portal).file("config/docspace-backup/ca.pem", server.ca_pem()).with_mail_at(1, &["a@b.example"]);
    check_program(
        &dead,
        "--folder 123",
        "notify.email",
        expect![[r#"
        exit 3
        warning: cannot connect to localhost:[PORT]: Connection refused (os error [N])
          mend: look whether the service is up, and whether this machine gets through to it
    "#]],
    )
    .await;
    check_program(
        &dead,
        "--folder 123 --no-notify",
        "notify.email",
        expect![[r#"
        exit 0
    "#]],
    )
    .await;
    let locked = mail_server().login("backup", "another password").start().await.unwrap();
    let locked = Program::of(&portal).with_mail(&locked, &["admin@example.com"]);
    check_program(
        &locked,
        "--folder 123",
        "notify.email",
        expect![[r#"
            exit 2
            failed: cannot log in at localhost:[PORT]: 535 5.7.8 bad user or password
              mend: mend the channel's address, login or certificates; `docspace-backup notify test` tries them
        "#]],
    )
    .await;
    let lacking = Program::of(&portal).with_webhook(&sink).without("HOOK_SECRET");
    check_program(&lacking, "--folder 123", "notify.monitoring", expect![[r#"
        exit 2
        failed: notify.monitoring.secret ([HOME]/config/docspace-backup/config.toml:10): the environment variable HOOK_SECRET is not set, or empty
          mend: set HOOK_SECRET where the program runs, or fetch the secret from elsewhere
    "#]]).await;
    has_changed_nothing(&portal);
}

#[tokio::test]
async fn a_mistake_in_the_settings_is_a_finding_and_the_rest_is_checked() {
    let portal = portal().await;
    let mistaken = Program::of(&portal).add_settings("foldr = 123\n");
    check_program(
        &mistaken,
        "",
        "settings",
        expect![[r#"
            exit 2
            failed: run.foldr ([HOME]/config/docspace-backup/config.toml:7): there is no such setting
              mend: did you mean folder?
        "#]],
    )
    .await;
    check_program(
        &mistaken,
        "",
        "storage",
        expect![[r#"
        exit 2
        skipped: the settings do not say what is to go where
    "#]],
    )
    .await;
    check_program(
        &mistaken,
        "",
        "key",
        expect![[r#"
        exit 2
        ok: the portal takes the key "mock" (…cdef)
    "#]],
    )
    .await;
    let keyless = Program::of(&portal).without("DOCSPACE_API_KEY");
    check_program(&keyless, "", "settings", expect![[r#"
        exit 2
        ok: settings file [HOME]/config/docspace-backup/config.toml
        failed: API key: not set
          mend: set DOCSPACE_API_KEY, give --api-key-file PATH ("-" for stdin), or write api_key = { file = "PATH" } under [portals.main] in [HOME]/config/docspace-backup/config.toml
    "#]]).await;
    check_program(
        &keyless,
        "",
        "reachable",
        expect![[r#"
        exit 2
        skipped: the portal was not asked, since its settings cannot be used
    "#]],
    )
    .await;
    let no_toml = Program::of(&portal).settings_alone("[run\n");
    check_program(
        &no_toml,
        "",
        "settings",
        expect![[r#"
        exit 2
        failed: settings file ([HOME]/config/docspace-backup/config.toml:1): not TOML: unclosed table, expected `]`
          mend: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    )
    .await;
    let elsewhere = Program::of(&portal);
    check_program(
        &elsewhere,
        "--portal other",
        "settings",
        expect![[r#"
            exit 10
            ok: settings file [HOME]/config/docspace-backup/config.toml
            failed: portal profile (--portal): there is no profile other in [HOME]/config/docspace-backup/config.toml
              mend: known are: main
            failed: portal profile (--portal): there is no profile other in [HOME]/config/docspace-backup/config.toml
              mend: known are: main
        "#]],
    )
    .await;
    has_changed_nothing(&portal);
}

#[tokio::test]
async fn a_job_that_makes_no_sense_is_a_finding() {
    let portal = portal().await;
    check(
        &portal,
        "--folder here",
        "settings",
        expect![[r#"
            exit 2
            ok: settings file [HOME]/config/docspace-backup/config.toml
            failed: folder (--folder): a folder of the portal's documents has a number
              mend: for a connected drive give --storage third-party-documents
        "#]],
    )
    .await;
    check(
        &portal,
        "--storage local",
        "settings",
        expect![[r#"
            exit 2
            ok: settings file [HOME]/config/docspace-backup/config.toml
            failed: storage (--storage): local needs the parameter filePath
              mend: name the directory on the portal's server: --param filePath=/backups
        "#]],
    )
    .await;
    Program::of(&portal).run("doctor --param nonsense").await.exits(2).mentions("KEY=VALUE");
    Program::of(&portal).run("doctor --allow-paid=perhaps").await.exits(2).mentions("perhaps");
    Program::of(&portal).run("doctor 123").await.exits(2).mentions("unexpected argument");
}

#[tokio::test]
async fn nothing_at_all_is_told_as_what_is_missing() {
    Program::alone().run("doctor").await.shows(expect![[r#"
        $ docspace-backup doctor
        exit code 2
        --- stdout
          Portal:  not known
          Covers:  this portal
          Storage: temporary (the portal deletes the copy after 24 hours)

          ok       settings       no settings file; looked for [HOME]/config/docspace-backup/config.toml, /etc/docspace-backup/config.toml
          FAILED   settings       portal address: not set
                                  mend: give --host URL, set DOCSPACE_API_HOST, or write host = "URL" under [portals.main] in [HOME]/config/docspace-backup/config.toml
          skipped  reachable      the portal was not asked, since its settings cannot be used
          ok       notify.stdout  the channel is ready

        1 failed, 1 skipped, 2 ok
        --- stderr
    "#]]);
}
