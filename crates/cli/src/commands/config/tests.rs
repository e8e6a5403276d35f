//! `config` as people and programs see it.

use std::{fs, path::Path};

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::config;
use crate::{
    arguments::{ConfigCommand, GlobalArguments, InitArguments},
    settings::Environment,
};

/// A secret that no output may hold.
const SECRET: &str = "sk-0123456789abcdef";

const SETTINGS: &str = r#"
[portals.main]
host = "https://portal.example.com"
api_key = { file = "key" }
[portals.old]
host = "https://old.example.com"
[run]
folder = 7
[notify.console]
type = "stdout"
[notify.mail]
type = "email"
server = "smtps://mail.example.com"
user = "backup@example.com"
password = { env = "MAIL_PASSWORD" }
to = ["ann@example.com", "bob@example.com"]
[notify.hook]
type = "webhook"
url = { command = ["echo", "https://hooks.example.com/sk-0123456789abcdef"] }
"#;

/// The forms of an answer, one after the other.
#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    Markdown,
    Document,
}

/// What a subcommand answers in a folder with that settings file, and its exit code; the folder reads DIR.
async fn answer(settings: &str, command: ConfigCommand, variables: &[(&str, &str)], form: Form) -> String {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, settings).unwrap();
    write_key(&folder.path().join("key"));
    let global = GlobalArguments { config: Some(file), ..GlobalArguments::default() };
    let told = match config(&command, &global, &Environment::of(variables, "")).await {
        Ok(answer) => {
            let told = match form {
                Form::Text => answer.text,
                Form::Markdown => answer.markdown,
                Form::Document => format!("{:#}", answer.document.unwrap()),
            };
            format!("{told}\nexit code {}\n", answer.exit.number())
        }
        Err(problem) => format!("{}\nhint: {:?}\nexit code {}\n", problem.message, problem.hint, problem.exit.number()),
    };
    assert!(!told.contains(SECRET), "a secret got out: {told}");
    told.replace(folder.path().to_str().unwrap(), "DIR")
}

fn write_key(file: &Path) {
    fs::write(file, SECRET).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(file, fs::Permissions::from_mode(0o604)).unwrap();
    }
}

async fn check(settings: &str, command: ConfigCommand, variables: &[(&str, &str)], form: Form, expected: Expect) {
    expected.assert_eq(&answer(settings, command, variables, form).await);
}

const MAIL: (&str, &str) = ("MAIL_PASSWORD", SECRET);

#[tokio::test]
async fn show_lists_each_value_with_its_origin_and_each_secret_by_its_place() {
    let variables = [("DOCSPACE_API_HOST", "https://env.example.com")];
    check(
        SETTINGS,
        ConfigCommand::Show,
        &variables,
        Form::Text,
        expect![[r#"
        settings file: DIR/config.toml (--config)
        portal.name             main                                     default
        portal.host             https://env.example.com                  DOCSPACE_API_HOST
        portal.api_key          (secret, from file DIR/key)  DIR/config.toml:4
        portal.allow_http       false                                    default
        portal.connect_timeout  10s                                      default
        portal.request_timeout  1m 5s                                    default
        portal.retry_for        2m                                       default
        run.storage             documents                                default
        run.folder              7                                        DIR/config.toml:8
        run.dump                false                                    default
        run.if_running          fail                                     default
        run.timeout             6h                                       default
        run.stall_timeout       30m                                      default
        run.recheck_after       40s                                      default
        notify.console.type     stdout                                   DIR/config.toml:9
        notify.mail.type        email                                    DIR/config.toml:11
        notify.mail.server      smtps://mail.example.com                 DIR/config.toml:13
        notify.mail.user        backup@example.com                       DIR/config.toml:14
        notify.mail.password    (secret, from env MAIL_PASSWORD)         DIR/config.toml:15
        notify.mail.to          ann@example.com, bob@example.com         DIR/config.toml:16
        notify.hook.type        webhook                                  DIR/config.toml:17
        notify.hook.url         (secret, from command echo)              DIR/config.toml:19
        notify.hook.allow_http  false                                    default
        exit code 0
    "#]],
    )
    .await;
}

#[tokio::test]
async fn show_without_any_setting_shows_what_is_missing_and_the_defaults() {
    check(
        "",
        ConfigCommand::Show,
        &[("DOCSPACE_ADMIN_EMAIL", "a@example.com")],
        Form::Text,
        expect![[r#"
        settings file: DIR/config.toml (--config)
        portal.name             main           default
        portal.host             (not set)      default
        portal.api_key          (not set)      default
        portal.allow_http       false          default
        portal.connect_timeout  10s            default
        portal.request_timeout  1m 5s          default
        portal.retry_for        2m             default
        run.storage             temporary      default
        run.dump                false          default
        run.if_running          fail           default
        run.timeout             6h             default
        run.stall_timeout       30m            default
        run.recheck_after       40s            default
        notify.stdout.type      stdout         default
        notify.stdout.to        a@example.com  DOCSPACE_ADMIN_EMAIL
        exit code 0
    "#]],
    )
    .await;
}

#[tokio::test]
async fn show_speaks_markdown_and_json() {
    let settings = "[portals.main]\nhost = \"a.example.com\"\n";
    let variables = [("DOCSPACE_API_KEY", SECRET)];
    check(
        settings,
        ConfigCommand::Show,
        &variables,
        Form::Markdown,
        expect![[r#"
        | Setting | Value | Origin |
        |---|---|---|
        | portal.name | main | default |
        | portal.host | https://a.example.com | DIR/config.toml:2 |
        | portal.api\_key | (secret, from env DOCSPACE\_API\_KEY) | DOCSPACE\_API\_KEY |
        | portal.allow\_http | false | default |
        | portal.connect\_timeout | 10s | default |
        | portal.request\_timeout | 1m 5s | default |
        | portal.retry\_for | 2m | default |
        | run.storage | temporary | default |
        | run.dump | false | default |
        | run.if\_running | fail | default |
        | run.timeout | 6h | default |
        | run.stall\_timeout | 30m | default |
        | run.recheck\_after | 40s | default |
        | notify.stdout.type | stdout | default |
        exit code 0
    "#]],
    )
    .await;
    let document = answer(settings, ConfigCommand::Show, &variables, Form::Document).await;
    let document: serde_json::Value = serde_json::from_str(document.rsplit_once("\nexit").unwrap().0).unwrap();
    let rows = document["settings"].as_array().unwrap();
    expect![[r#"1 "settings" "DIR/config.toml""#]]
        .assert_eq(&format!("{} {} {}", document["schema_version"], document["kind"], document["file"]));
    let some = ["portal.host", "portal.api_key", "run.dump", "run.timeout"];
    let some = rows.iter().filter(|row| some.iter().any(|name| row["name"] == *name));
    let some: String = some.map(|row| format!("{row}\n")).collect();
    expect![[r#"
        {"name":"portal.host","value":"https://a.example.com","secret_from":null,"origin":{"kind":"file","name":"DIR/config.toml","line":2}}
        {"name":"portal.api_key","value":null,"secret_from":"env DOCSPACE_API_KEY","origin":{"kind":"environment","name":"DOCSPACE_API_KEY","line":null}}
        {"name":"run.dump","value":false,"secret_from":null,"origin":{"kind":"default","name":null,"line":null}}
        {"name":"run.timeout","value":21600.0,"secret_from":null,"origin":{"kind":"default","name":null,"line":null}}
    "#]].assert_eq(&some);
}

#[tokio::test]
async fn show_hides_an_address_that_is_none() {
    let settings = format!("[portals.main]\nhost = \"https://ann:{SECRET}@example.com\"\n");
    let shown = answer(&settings, ConfigCommand::Show, &[], Form::Text).await;
    let host = shown.lines().find(|line| line.starts_with("portal.host")).unwrap();
    expect!["portal.host             (not an address)  DIR/config.toml:2"].assert_eq(host);
}

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
                 hint: compare that line with the file that `docspace-backup config init PATH` writes
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

/// What `config init` answers and leaves behind in a folder that may hold a settings file already.
async fn init(before: Option<&str>, path: &str, force: bool) -> (String, TempDir) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(path);
    if let Some(text) = before {
        fs::write(&file, text).unwrap();
    }
    let command = ConfigCommand::Init(InitArguments { force, path: Some(file) });
    let told = match config(&command, &GlobalArguments::default(), &Environment::of(&[], "")).await {
        Ok(answer) => answer.text,
        Err(problem) => format!("{}\nhint: {}", problem.message, problem.hint.unwrap()),
    };
    (told.replace(folder.path().to_str().unwrap(), "DIR"), folder)
}

#[tokio::test]
async fn init_writes_a_file_for_its_owner_alone() {
    let (told, folder) = init(None, "new/config.toml", false).await;
    expect![[r#"
        wrote DIR/new/config.toml
        next: fill in host and api_key, then run `docspace-backup config check`"#]]
    .assert_eq(&told);
    let file = folder.path().join("new/config.toml");
    assert_eq!(fs::read_to_string(&file).unwrap(), crate::settings::SAMPLE);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn init_replaces_a_file_only_by_force() {
    let (told, folder) = init(Some("mine"), "config.toml", false).await;
    expect![[r#"
        settings file (PATH): DIR/config.toml exists already
        hint: --force replaces it; its content is lost"#]]
    .assert_eq(&told);
    assert_eq!(fs::read_to_string(folder.path().join("config.toml")).unwrap(), "mine");
    let (_, folder) = init(Some("mine, and longer than the sample? no"), "config.toml", true).await;
    assert_eq!(fs::read_to_string(folder.path().join("config.toml")).unwrap(), crate::settings::SAMPLE);
}

#[tokio::test]
async fn init_names_a_place_that_it_cannot_write_to() {
    let (told, _folder) = init(None, "", false).await;
    expect![[r#"
        settings file (PATH): DIR/ is a directory
        hint: name the file itself: …/config.toml"#]]
    .assert_eq(&told);
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (told, _folder) = init(None, file.join("config.toml").to_str().unwrap(), true).await;
    expect![].assert_eq(&told.replace(folder.path().to_str().unwrap(), "OTHER"));
}

#[tokio::test]
async fn init_takes_the_users_file_where_none_is_named() {
    let home = TempDir::new().unwrap();
    let variables = [("HOME", home.path().to_str().unwrap())];
    let command = ConfigCommand::Init(InitArguments { force: false, path: None });
    let place = async |variables: &[(&str, &str)]| {
        let told = config(&command, &GlobalArguments::default(), &Environment::of(variables, "")).await;
        told.map(|answer| answer.text).unwrap_or_else(|problem| problem.message)
    };
    assert!(place(&variables).await.contains(".config/docspace-backup/config.toml"));
    assert!(home.path().join(".config/docspace-backup/config.toml").exists());
    expect!["settings file: there is no home to write it to"].assert_eq(&place(&[]).await);
}
