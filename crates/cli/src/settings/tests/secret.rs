//! Secrets: fetched from each place, and told without being shown.

use std::{fs, path::Path};

use expect_test::{Expect, expect};
use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::{SECRET, compare, told};
use crate::settings::{Environment, Origin, SecretSource, Setting};

/// The secret or the error, then the warnings; the folder reads DIR.
async fn fetch(source: SecretSource, folder: &Path) -> String {
    let environment = Environment::of(&[("FULL", SECRET), ("EMPTY", "")], "");
    let setting = Setting { value: source, origin: Origin::Flag("--flag") };
    let mut warnings = Vec::new();
    let fetched = setting.fetch("the secret", &environment, &mut warnings).await;
    let told = match fetched {
        Ok(secret) => format!("{:?}, right: {}\n", secret, secret.expose_secret() == SECRET),
        Err(mistake) => told([&mistake]),
    };
    let warnings: String = warnings.iter().map(|warning| format!("warning: {warning}\n")).collect();
    format!("{told}{warnings}").replace(folder.to_str().unwrap(), "DIR")
}

async fn check_file(content: &[u8], mode: u32, expected: Expect) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("secret");
    fs::write(&file, content).unwrap();
    set_mode(&file, mode);
    compare(expected, &fetch(SecretSource::File(file), folder.path()).await);
}

#[cfg(unix)]
fn set_mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
}

async fn check_command(script: &str, expected: Expect) {
    let words = ["sh", "-c", script].map(str::to_owned).to_vec();
    compare(expected, &fetch(SecretSource::Command(words), Path::new("/unused")).await);
}

#[tokio::test]
async fn variables_are_read() {
    let source = |name: &str| SecretSource::Environment(name.to_owned());
    compare(
        expect![[r#"
        SecretBox<str>([REDACTED]), right: true
    "#]],
        &fetch(source("FULL"), Path::new("/unused")).await,
    );
    compare(
        expect![[r#"
        the secret (--flag): the environment variable EMPTY is not set, or empty
          hint: set EMPTY where the program runs, or fetch the secret from elsewhere
    "#]],
        &fetch(source("EMPTY"), Path::new("/unused")).await,
    );
    compare(
        expect![[r#"
        the secret (--flag): the environment variable NONE is not set, or empty
          hint: set NONE where the program runs, or fetch the secret from elsewhere
    "#]],
        &fetch(source("NONE"), Path::new("/unused")).await,
    );
}

#[tokio::test]
async fn files_are_read_without_the_line_break_at_their_end() {
    check_file(
        format!("{SECRET}\r\n").as_bytes(),
        0o600,
        expect![[r#"
        SecretBox<str>([REDACTED]), right: true
    "#]],
    )
    .await;
    check_file(
        format!(" {SECRET}").as_bytes(),
        0o600,
        expect![[r#"
        SecretBox<str>([REDACTED]), right: false
    "#]],
    )
    .await;
    check_file(
        b"\n",
        0o600,
        expect![[r#"
        the secret (--flag): the secret is empty
          hint: name a readable file that holds the secret and nothing else
    "#]],
    )
    .await;
    check_file(
        b"\xff\xfe",
        0o600,
        expect![[r#"
        the secret (--flag): DIR/secret is not text (UTF-8)
          hint: name a readable file that holds the secret and nothing else
    "#]],
    )
    .await;
    check_file(
        &[b'x'; 65 * 1024],
        0o600,
        expect![[r#"
        the secret (--flag): DIR/secret is larger than 64 KiB
          hint: name a readable file that holds the secret and nothing else
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_file_that_everybody_can_read_is_warned_about() {
    check_file(
        SECRET.as_bytes(),
        0o644,
        expect![[r#"
        SecretBox<str>([REDACTED]), right: true
        warning: the secret: everybody on this machine can read DIR/secret: chmod o-r it
    "#]],
    )
    .await;
    check_file(
        SECRET.as_bytes(),
        0o640,
        expect![[r#"
        SecretBox<str>([REDACTED]), right: true
    "#]],
    )
    .await;
}

#[tokio::test]
async fn what_is_no_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| SecretSource::File(folder.path().join(name));
    compare(
        expect![[r#"
        the secret (--flag): there is no file DIR/missing
          hint: name a readable file that holds the secret and nothing else
    "#]],
        &fetch(file("missing"), folder.path()).await,
    );
    compare(
        expect![[r#"
        the secret (--flag): DIR/ is a directory, not a file
          hint: name a readable file that holds the secret and nothing else
    "#]],
        &fetch(file(""), folder.path()).await,
    );
    compare(
        expect![[r#"
        the secret (--flag): this looks like the secret itself, not like the path of a file
          hint: name a readable file that holds the secret and nothing else
    "#]],
        &fetch(file(SECRET), folder.path()).await,
    );
    let url = format!("https://hooks.example.com/{SECRET}");
    compare(
        expect![[r#"
        the secret (--flag): this looks like the secret itself, not like the path of a file
          hint: name a readable file that holds the secret and nothing else
    "#]],
        &fetch(SecretSource::File(url.into()), folder.path()).await,
    );
}

#[tokio::test]
async fn a_command_gives_its_first_line() {
    check_command(
        &format!("echo {SECRET}; echo and more"),
        expect![[r#"
        SecretBox<str>([REDACTED]), right: true
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_command_that_fails_tells_its_status_and_nothing_it_printed() {
    check_command(
        &format!("echo {SECRET}; echo {SECRET} >&2; exit 3"),
        expect![[r#"
        the secret (--flag): the command failed (exit status: 3)
          hint: run the command yourself: its first line must be the secret
    "#]],
    )
    .await;
    check_command(
        "kill -9 $$",
        expect![[r#"
        the secret (--flag): the command failed (signal: 9 (SIGKILL))
          hint: run the command yourself: its first line must be the secret
    "#]],
    )
    .await;
    check_command(
        "true",
        expect![[r#"
        the secret (--flag): the secret is empty
          hint: run the command yourself: its first line must be the secret
    "#]],
    )
    .await;
    check_command(
        "head -c 70000 /dev/zero",
        expect![[r#"
        the secret (--flag): the command printed more than 64 KiB
          hint: run the command yourself: its first line must be the secret
    "#]],
    )
    .await;
    check_command(
        r"printf '\377\n'",
        expect![[r#"
        the secret (--flag): the command printed no text (UTF-8)
          hint: run the command yourself: its first line must be the secret
    "#]],
    )
    .await;
    let missing = SecretSource::Command(vec!["/nonexistent/pass".to_owned(), SECRET.to_owned()]);
    compare(
        expect![[r#"
        the secret (--flag): the command /nonexistent/pass cannot be run: entity not found
          hint: run the command yourself: its first line must be the secret
    "#]],
        &fetch(missing, Path::new("/unused")).await,
    );
}

#[test]
fn a_source_shows_its_place_and_no_more() {
    let words = ["curl", "-H", SECRET].map(str::to_owned).to_vec();
    let sources = [
        SecretSource::Environment("NAME".to_owned()),
        SecretSource::File("/etc/key".into()),
        SecretSource::File(SECRET.into()),
        SecretSource::Stdin,
        SecretSource::Command(words),
    ];
    let shown: String = sources.iter().map(|source| format!("{source} = {source:?}\n")).collect();
    compare(
        expect![[r#"
        env NAME = SecretSource(env NAME)
        file /etc/key = SecretSource(file /etc/key)
        file (hidden: it looks like a secret) = SecretSource(file (hidden: it looks like a secret))
        stdin = SecretSource(stdin)
        command curl = SecretSource(command curl)
    "#]],
        &shown,
    );
}

#[test]
fn an_environment_shows_its_names_alone() {
    let environment = Environment::of(&[("DOCSPACE_API_KEY", SECRET)], SECRET);
    compare(expect![[r#"{"DOCSPACE_API_KEY"}"#]], &format!("{environment:?}"));
}
