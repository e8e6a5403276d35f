//! `config check`: all that is wrong, and nothing that is not.

use expect_test::expect;

use super::{Form, MAIL, SETTINGS, answer, check};
use crate::arguments::ConfigCommand;

#[tokio::test]
async fn check_fetches_every_secret_and_says_what_is_fine() {
    check(
        SETTINGS,
        ConfigCommand::Check,
        &[MAIL],
        Form::Text,
        expect![[r#"
        fine     settings file DIR/config.toml
        fine     portal main: https://portal.example.com, key from file DIR/key
        fine     portal old, which is not in force
        fine     backup of this portal, storage documents
        fine     channel console (stdout)
        fine     channel mail (email)
        fine     channel hook (webhook)
        warning  API key: everybody on this machine can read DIR/key: chmod o-r it
        exit code 0
    "#]],
    )
    .await;
    check("", ConfigCommand::Check, &[], Form::Text, expect![[r#"
        fine     settings file DIR/config.toml
        fine     backup of this portal, storage temporary
        fine     channel stdout (stdout)
        wrong    portal address: not set
                 hint: give --host URL, set DOCSPACE_API_HOST, or write host = "URL" under [portals.main] in DIR/config.toml
        exit code 2
    "#]]).await;
}

#[tokio::test]
async fn check_lists_every_mistake() {
    let settings = r#"
        [portals.main]
        host = "https://portal.example.com"
        api_key = { env = "NONE" }
        [portals.old]
        host = "ftp://old.example.com"
        [run]
        storage = "local"
        [notify.mail]
        type = "email"
        smtp_url = { env = "NONE" }
        to = "ann@example.com"
        [notify.slack]
        type = "slack"
        webhook_url = { file = "missing" }
        "#;
    check(
        settings,
        ConfigCommand::Check,
        &[],
        Form::Text,
        expect![[r#"
        fine     settings file DIR/config.toml
        wrong    API key (DIR/config.toml:4): the environment variable NONE is not set, or empty
                 hint: set NONE where the program runs, or fetch the secret from elsewhere
        wrong    portal address (DIR/config.toml:6): a portal is not reached by ftp: use https://
                 hint: copy the portal's address from the browser, up to the first single slash
        wrong    storage (DIR/config.toml:8): local needs the parameter filePath
                 hint: name the directory on the portal's server: --param filePath=/backups
        wrong    notify.mail.smtp_url (DIR/config.toml:11): the environment variable NONE is not set, or empty
                 hint: set NONE where the program runs, or fetch the secret from elsewhere
        wrong    notify.slack.webhook_url (DIR/config.toml:15): there is no file DIR/missing
                 hint: name a readable file that holds the secret and nothing else
        exit code 2
    "#]],
    )
    .await;
    check(
        settings,
        ConfigCommand::Check,
        &[],
        Form::Markdown,
        expect![[r#"
        - fine settings file DIR/config.toml
        - wrong API key (DIR/config.toml:4): the environment variable NONE is not set, or empty
        - hint: set NONE where the program runs, or fetch the secret from elsewhere
        - wrong portal address (DIR/config.toml:6): a portal is not reached by ftp: use https://
        - hint: copy the portal's address from the browser, up to the first single slash
        - wrong storage (DIR/config.toml:8): local needs the parameter filePath
        - hint: name the directory on the portal's server: --param filePath=/backups
        - wrong notify.mail.smtp\_url (DIR/config.toml:11): the environment variable NONE is not set, or empty
        - hint: set NONE where the program runs, or fetch the secret from elsewhere
        - wrong notify.slack.webhook\_url (DIR/config.toml:15): there is no file DIR/missing
        - hint: name a readable file that holds the secret and nothing else
        exit code 2
    "#]],
    )
    .await;
    check(settings, ConfigCommand::Check, &[], Form::Document, expect![[r#"
        {
          "schema_version": 1,
          "kind": "settings_check",
          "exit_code": 2,
          "fine": [
            "settings file DIR/config.toml"
          ],
          "warnings": [],
          "mistakes": [
            {
              "setting": "API key",
              "message": "API key (DIR/config.toml:4): the environment variable NONE is not set, or empty",
              "hint": "set NONE where the program runs, or fetch the secret from elsewhere",
              "origin": {
                "kind": "file",
                "name": "DIR/config.toml",
                "line": 4
              }
            },
            {
              "setting": "portal address",
              "message": "portal address (DIR/config.toml:6): a portal is not reached by ftp: use https://",
              "hint": "copy the portal's address from the browser, up to the first single slash",
              "origin": {
                "kind": "file",
                "name": "DIR/config.toml",
                "line": 6
              }
            },
            {
              "setting": "storage",
              "message": "storage (DIR/config.toml:8): local needs the parameter filePath",
              "hint": "name the directory on the portal's server: --param filePath=/backups",
              "origin": {
                "kind": "file",
                "name": "DIR/config.toml",
                "line": 8
              }
            },
            {
              "setting": "notify.mail.smtp_url",
              "message": "notify.mail.smtp_url (DIR/config.toml:11): the environment variable NONE is not set, or empty",
              "hint": "set NONE where the program runs, or fetch the secret from elsewhere",
              "origin": {
                "kind": "file",
                "name": "DIR/config.toml",
                "line": 11
              }
            },
            {
              "setting": "notify.slack.webhook_url",
              "message": "notify.slack.webhook_url (DIR/config.toml:15): there is no file DIR/missing",
              "hint": "name a readable file that holds the secret and nothing else",
              "origin": {
                "kind": "file",
                "name": "DIR/config.toml",
                "line": 15
              }
            }
          ]
        }
        exit code 2
    "#]]).await;
}

#[tokio::test]
async fn check_does_not_blame_the_rest_for_a_mistake_in_the_file() {
    check(
        "[portals.main]\nhost = 5\n[run]\ntimeout = 5\n",
        ConfigCommand::Check,
        &[],
        Form::Text,
        expect![[r#"
            fine     channel stdout (stdout)
            wrong    portals.main.host (DIR/config.toml:2): a text in quotes is expected, not a number
                     hint: the commented file that `docspace-backup config init PATH` writes shows how
            wrong    run.timeout (DIR/config.toml:4): a number without a unit
                     hint: write "90s", "15m" or "1h30m"
            exit code 2
        "#]],
    )
    .await;
    check(
        "[portals.main\n",
        ConfigCommand::Check,
        &[],
        Form::Text,
        expect![[r#"
            wrong    settings file (DIR/config.toml:1): not TOML: unclosed table, expected `]`
                     hint: the commented file that `docspace-backup config init PATH` writes shows how
            exit code 2
        "#]],
    )
    .await;
}

#[tokio::test]
async fn an_unknown_profile_alone_is_not_found() {
    let variables = [MAIL, ("DOCSPACE_PORTAL", "prod")];
    let told = answer(SETTINGS, ConfigCommand::Check, &variables, Form::Text).await;
    assert!(told.ends_with("exit code 10\n"), "{told}");
    check(
        SETTINGS,
        ConfigCommand::Show,
        &variables,
        Form::Text,
        expect![[r#"
        portal profile (DOCSPACE_PORTAL): there is no profile prod in DIR/config.toml
        hint: Some("known are: main, old")
        exit code 10
    "#]],
    )
    .await;
}
