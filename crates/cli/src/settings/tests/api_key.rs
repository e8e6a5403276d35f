//! Where the API key comes from.

use std::{fs, path::PathBuf};

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::{SECRET, compare, shown, sound};
use crate::{arguments::GlobalArguments, settings::Environment};

/// The key's source as the settings have it.
fn source(text: &str, global: &GlobalArguments, variables: &[(&str, &str)]) -> String {
    let environment = Environment::of(variables, "");
    let settings = sound(text, global, &environment);
    shown(settings.portal_plan().map(|plan| match plan.api_key {
        Some(source) => format!("{} ({})", source.value, source.origin),
        None => "none".to_owned(),
    }))
}

fn check(text: &str, key_file: Option<&str>, variables: &[(&str, &str)], expected: Expect) {
    let global = GlobalArguments { api_key_file: key_file.map(PathBuf::from), ..GlobalArguments::default() };
    compare(expected, &source(text, &global, variables));
}

/// What becomes of the key once it is fetched.
async fn fetch(key_file: Option<&str>, variables: &[(&str, &str)], stdin: &str) -> String {
    let global = GlobalArguments {
        host: Some("https://example.com".to_owned()),
        api_key_file: key_file.map(PathBuf::from),
        ..GlobalArguments::default()
    };
    let environment = Environment::of(variables, stdin);
    let resolved = sound("", &global, &environment).resolve_portal().await;
    shown(resolved.map(|portal| format!("{portal:?}")))
}

const FILE: &str = "[portals.main]\napi_key = { command = [\"pass\", \"show\", \"x\"] }\n";

#[test]
fn flag_then_variable_then_variable_for_a_file_then_systemd_then_settings_file() {
    let credentials = TempDir::new().unwrap();
    fs::write(credentials.path().join("docspace-api-key"), SECRET).unwrap();
    let folder = credentials.path().to_str().unwrap();
    let systemd = ("CREDENTIALS_DIRECTORY", folder);
    check(
        FILE,
        Some("/k"),
        &[("DOCSPACE_API_KEY", SECRET), systemd],
        expect![[r#"
        file /k (--api-key-file)
    "#]],
    );
    check(
        FILE,
        Some("-"),
        &[],
        expect![[r#"
        stdin (--api-key-file)
    "#]],
    );
    check(
        FILE,
        None,
        &[("DOCSPACE_API_KEY", SECRET), systemd],
        expect![[r#"
        env DOCSPACE_API_KEY (DOCSPACE_API_KEY)
    "#]],
    );
    check(
        FILE,
        None,
        &[("DOCSPACE_API_KEY_FILE", "/k"), systemd],
        expect![[r#"
        file /k (DOCSPACE_API_KEY_FILE)
    "#]],
    );
    let found = source(FILE, &GlobalArguments::default(), &[systemd]).replace(folder, "DIR");
    compare(
        expect![[r#"
        file DIR/docspace-api-key (CREDENTIALS_DIRECTORY)
    "#]],
        &found,
    );
    check(
        FILE,
        None,
        &[("CREDENTIALS_DIRECTORY", "/nonexistent")],
        expect![[r#"
        command pass (/etc/c.toml:2)
    "#]],
    );
    check(
        "",
        None,
        &[("DOCSPACE_API_KEY", "  ")],
        expect![[r#"
        none
    "#]],
    );
}

#[test]
fn two_variables_for_one_key_contradict_unless_a_flag_decides() {
    let variables = [("DOCSPACE_API_KEY", SECRET), ("DOCSPACE_API_KEY_FILE", "/k")];
    check(
        "",
        None,
        &variables,
        expect![[r#"
        API key (DOCSPACE_API_KEY): contradicts DOCSPACE_API_KEY_FILE, which is set too
          hint: unset one of the two
    "#]],
    );
    check(
        "",
        Some("/flag"),
        &variables,
        expect![[r#"
        file /flag (--api-key-file)
    "#]],
    );
}

#[tokio::test]
async fn the_key_is_never_shown() {
    let found = fetch(None, &[("DOCSPACE_API_KEY", SECRET)], "").await;
    assert!(!found.contains(SECRET), "{found}");
    assert!(found.contains("Credential([hidden])"), "{found}");
    let piped = fetch(Some("-"), &[], &format!("Bearer {SECRET}\n")).await;
    assert_eq!(piped, found);
}

#[tokio::test]
async fn a_key_that_cannot_be_one_is_refused() {
    compare(
        expect![[r#"
        API key: not set
          hint: set DOCSPACE_API_KEY, give --api-key-file PATH ("-" for stdin), or write api_key = { file = "PATH" } under [portals.main] in /nonexistent/config.toml
    "#]],
        &fetch(None, &[], "").await,
    );
    compare(
        expect![[r#"
        API key (--api-key-file): the secret is empty
          hint: pipe the secret in: pass show docspace | docspace-backup … --api-key-file -
    "#]],
        &fetch(Some("-"), &[], " \n").await,
    );
    compare(
        expect![[r#"
        API key (--api-key-file): the key holds white space: give the key alone, on one line
          hint: copy the key again from the portal: Developer Tools, API keys
    "#]],
        &fetch(Some("-"), &[], &format!("{SECRET} {SECRET}")).await,
    );
    compare(
        expect![[r#"
        API key (DOCSPACE_API_KEY): the key is empty
          hint: copy the key again from the portal: Developer Tools, API keys
    "#]],
        &fetch(None, &[("DOCSPACE_API_KEY", "\"\"")], "").await,
    );
    compare(
        expect![[r#"
        API key (--api-key-file): there is no file /nonexistent/key
          hint: name a readable file that holds the secret and nothing else
    "#]],
        &fetch(Some("/nonexistent/key"), &[], "").await,
    );
    compare(
        expect![[r#"
        API key (--api-key-file): this looks like the secret itself, not like the path of a file
          hint: name a readable file that holds the secret and nothing else
    "#]],
        &fetch(Some(SECRET), &[], "").await,
    );
    compare(
        expect![[r#"
        API key (DOCSPACE_API_KEY_FILE): / is a directory, not a file
          hint: name a readable file that holds the secret and nothing else
    "#]],
        &fetch(None, &[("DOCSPACE_API_KEY_FILE", "/")], "").await,
    );
}

#[tokio::test]
async fn a_profiles_key_for_another_address_is_warned_about() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("key");
    fs::write(&file, SECRET).unwrap();
    let text = format!("[portals.main]\nhost = \"a.example.com\"\napi_key = {{ file = \"{}\" }}\n", file.display());
    let warnings = async |variables: &[(&str, &str)]| {
        let (global, environment) = (GlobalArguments::default(), Environment::of(variables, ""));
        let mut settings = sound(&text, &global, &environment);
        settings.resolve_portal().await.unwrap();
        let told = settings.warnings().iter().filter(|warning| warning.contains("address"));
        told.cloned().collect::<Vec<_>>().join("\n")
    };
    compare(
        expect![
            "the key of the profile main (/etc/c.toml:3) goes to another address than the profile's: https://b.example.com (DOCSPACE_API_HOST)"
        ],
        &warnings(&[("DOCSPACE_API_HOST", "b.example.com")]).await,
    );
    compare(expect![], &warnings(&[("DOCSPACE_API_HOST", "https://a.example.com/")]).await);
    compare(expect![], &warnings(&[("DOCSPACE_API_HOST", "b.example.com"), ("DOCSPACE_API_KEY", "sk-1")]).await);
    compare(expect![], &warnings(&[]).await);
}
