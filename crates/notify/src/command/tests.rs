//! Notices to programs that were started for real.

use std::{error::Error, fs};

use expect_test::expect;
use tempfile::TempDir;

use super::*;
use crate::{
    NotifyErrorKind, State, conformance, conformance_of_failure,
    sample::{EVIL, full_of, notice},
};

const SECRET: &str = "hunter2-of-the-hook";

/// A script of the shell; its `$1` is a secret, its `$2` is `file`.
fn channel(script: &str, file: &str) -> CommandNotifier {
    let args = ["-c", script, "script", SECRET, file].map(str::to_owned).to_vec();
    let settings = CommandSettings { program: "/bin/sh".into(), args, timeout: CommandSettings::TIMEOUT };
    assert!(!format!("{settings:?}").contains(SECRET));
    CommandNotifier::new("hook", settings).unwrap()
}

/// What the program reads.
async fn read(notice: &Notice) -> String {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("input");
    channel(r#"cat > "$2""#, file.to_str().unwrap()).deliver(notice).await.unwrap();
    fs::read_to_string(file).unwrap()
}

#[tokio::test]
async fn the_program_reads_the_json_of_the_webhook() {
    expect![[r#"{"schema_version":1,"id":"0198f2c4","thread":"portal.example.com","incident":null,"severity":"error","state":"failed","outcome":"failed","subject":"portal.example.com: backup failed","message":"The portal ran out of disk space.","facts":[{"label":"Started","value":"2026-07-29 10:15 UTC"},{"label":"Portal","value":"https://portal.example.com/?a=1&b=2"}],"next_step":"Free some space, then start the backup again.","link":null,"exit_code":1,"at":"2026-07-29T10:17:02Z"}"#]]
        .assert_eq(&read(&notice()).await);
}

#[tokio::test]
async fn every_state_is_told_by_its_word() {
    for state in State::ALL.into_iter().chain([State::Test]) {
        let body: serde_json::Value = serde_json::from_str(&read(&Notice { state, ..notice() }).await).unwrap();
        assert_eq!(body["state"], state.as_str());
    }
}

#[tokio::test]
async fn foreign_text_is_data_and_no_command() {
    let evil = format!("$(touch /nowhere) `id` ' \" ; {EVIL}");
    let body: serde_json::Value = serde_json::from_str(&read(&full_of(&evil, 1)).await).unwrap();
    assert_eq!(body["message"], evil);
}

#[tokio::test]
async fn a_hundred_thousand_characters_arrive_cut() {
    let body = read(&full_of(&"ё".repeat(100_000), 1_000)).await;
    assert!(body.contains("… (cut, 100000 characters in all)") && body.contains("(cut, 1000 rows in all)"));
    assert!(body.len() < 1_000_000, "{}", body.len());
}

#[tokio::test]
async fn the_exit_status_decides() {
    let kind = async |script| channel(script, "").deliver(&notice()).await.map_err(|error| error.kind());
    assert_eq!(kind("exit 0").await, Ok(()));
    assert_eq!(kind("exit 75").await, Err(NotifyErrorKind::Transient { retry_after: None }));
    assert_eq!(kind("exit 1").await, Err(NotifyErrorKind::Permanent));
}

#[tokio::test]
async fn an_argument_is_shown_nowhere() {
    let error = channel(r#"echo "bad token $1" >&2; exit 2"#, "").deliver(&notice()).await.unwrap_err();
    let cause = error.source().unwrap().to_string();
    expect!["hook: /bin/sh ended with exit status 2: its words are left out, since they quote an argument"]
        .assert_eq(&format!("{error}: {cause}"));
}

#[tokio::test]
async fn a_preflight_starts_nothing() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("started");
    channel(r#"touch "$2""#, file.to_str().unwrap()).preflight().await.unwrap();
    assert!(!file.exists());
}

#[tokio::test]
async fn it_conforms() {
    assert_eq!(conformance(&channel("cat > /dev/null", ""), &[SECRET]).await, []);
    let args = vec![SECRET.to_owned()];
    let settings = CommandSettings { program: "/nowhere/hook".into(), args, timeout: CommandSettings::TIMEOUT };
    let broken = CommandNotifier::new("hook", settings).unwrap();
    assert_eq!(conformance_of_failure(&broken, &[SECRET]).await, []);
}
