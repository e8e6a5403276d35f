//! Mistakes in files: exit code 2 with the file, the line, and the mend.

use expect_test::expect;

use crate::{
    bad_input::{as_it_is, assert_silence, check},
    rig::{Program, portal},
};

#[tokio::test]
async fn keys_of_the_file_that_nobody_knows() {
    check(
        |program| program.add_settings("time_out = \"1h\"\n"),
        "run",
        expect![[r#"
        error: run.time_out ([HOME]/config/docspace-backup/config.toml:7): there is no such setting
        hint: did you mean timeout?
    "#]],
    )
    .await;
    check(
        |program| program.add_settings("[notify.ops]\ntype = \"slak\"\n"),
        "run",
        expect![[r#"
        error: notify.ops.type ([HOME]/config/docspace-backup/config.toml:8): not one of the words that are known here
        hint: did you mean slack?
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_settings_file() {
    check(
        |program| program.settings_alone("[run\n"),
        "run",
        expect![[r#"
        error: settings file ([HOME]/config/docspace-backup/config.toml:1): not TOML: unclosed table, expected `]`
        hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --config nowhere.toml",
        expect![[r#"
        error: settings file (--config): there is no file nowhere.toml
        hint: name a file that can be read; `docspace-backup config init PATH` writes one to start from
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --config config",
        expect![[r#"
        error: settings file (--config): config is a directory, not a file
        hint: name a file that can be read; `docspace-backup config init PATH` writes one to start from
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_profile_that_is_not_there_is_not_found() {
    let portal = portal().await;
    let told = Program::of(&portal).run("run --portal prod").await;
    told.exits(10).says(expect![[r#"
        error: portal profile (--portal): there is no profile prod in [HOME]/config/docspace-backup/config.toml
        hint: known are: main
    "#]]);
    assert_silence(&portal);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_file_is_told_by_one_check() {
    let portal = portal().await;
    let program = Program::of(&portal).settings_alone("colour = 1\n[portals.main]\nhots = \"x\"\n[run]\ntimeout = 5\n");
    let told = program.run("config check").await;
    told.exits(2).shows(expect![[r#"
        $ docspace-backup config check
        exit code 2
        --- stdout
        fine     channel stdout (stdout)
        wrong    colour ([HOME]/config/docspace-backup/config.toml:1): there is no such setting
                 hint: known are: portals, default_portal, run, delivery, templates, notify
        wrong    portals.main.hots ([HOME]/config/docspace-backup/config.toml:3): there is no such setting
                 hint: did you mean host?
        wrong    run.timeout ([HOME]/config/docspace-backup/config.toml:5): a number without a unit
                 hint: write "90s", "15m" or "1h30m"
        --- stderr
    "#]]);
    assert_silence(&portal);
}

#[tokio::test]
async fn a_certificate_file_that_holds_none() {
    check(
        |program| program.file("ca.pem", "nothing"),
        "run --ca-file ca.pem",
        expect![[r#"
        error: ca_file (--ca-file): ca.pem holds no certificate in PEM form
        hint: name a file with certificates in PEM form
    "#]],
    )
    .await;
    check(
        as_it_is,
        "run --ca-file nowhere.pem",
        expect![[r#"
        error: ca_file (--ca-file): there is no file nowhere.pem
        hint: name a file with certificates in PEM form
    "#]],
    )
    .await;
}
