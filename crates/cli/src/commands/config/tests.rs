//! `config` as people and programs see it.

mod check;
mod init;
mod show;

use std::{fs, path::Path};

use expect_test::Expect;
use tempfile::TempDir;

use super::config;
use crate::{
    arguments::{ConfigCommand, GlobalArguments},
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
