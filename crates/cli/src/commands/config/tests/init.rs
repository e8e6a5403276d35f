//! `config init`: a file for its owner alone, and no other file harmed.

use std::fs;

use expect_test::expect;
use tempfile::TempDir;

use crate::{
    arguments::{ConfigCommand, GlobalArguments, InitArguments},
    commands::config::config,
    settings::Environment,
};

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
    expect![[r#"
        settings file (PATH): OTHER/file/config.toml cannot be written: not a directory
        hint: name a place that you may write to"#]]
    .assert_eq(&told.replace(folder.path().to_str().unwrap(), "OTHER"));
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
