//! Programs of every kind, started for real.

use std::{
    error::Error,
    fs::{self, File},
    io::Read,
    path::Path,
    process::Command as Blocking,
};

use expect_test::{Expect, expect};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use super::*;

fn program(path: impl AsRef<Path>) -> Program {
    Program::new("hook".into(), path.as_ref().to_owned(), Duration::from_secs(30)).unwrap()
}

/// Runs a script of the shell with `$1` and so on.
async fn run(script: &str, arguments: &[&str], input: &[u8]) -> Result<(), NotifyError> {
    let arguments = [&["-c", script, "script"], arguments].concat();
    program("/bin/sh").feed(&arguments, input).await
}

fn told(error: &NotifyError) -> String {
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{error}{cause} {:?}", error.kind())
}

async fn check(script: &str, expected: Expect) {
    let told = run(script, &[], b"notice").await.map_or_else(|error| told(&error), |()| "delivered".into());
    expected.assert_eq(&told);
}

#[tokio::test]
async fn each_end_means_something() {
    check("exit 0", expect!["delivered"]).await;
    check("exit 75", expect!["hook: /bin/sh ended with exit status 75 Transient { retry_after: None }"]).await;
    check("exit 1", expect!["hook: /bin/sh ended with exit status 1 Permanent"]).await;
    check("exit 127", expect!["hook: /bin/sh ended with exit status 127 Permanent"]).await;
    check("kill -9 $$", expect!["hook: /bin/sh was ended by signal 9 Permanent"]).await;
}

#[tokio::test]
async fn the_first_line_of_a_complaint_is_shown_and_cleaned() {
    check(
        r"printf '\n\033[31mno\007 route\r\nto host\n' >&2; exit 75",
        expect!["hook: /bin/sh ended with exit status 75: no route Transient { retry_after: None }"],
    )
    .await;
    check("echo fine; echo careful >&2", expect!["delivered"]).await;
}

#[tokio::test]
async fn a_complaint_that_quotes_an_argument_is_left_out() {
    let script = r#"echo "cannot reach https://example.com/$1" >&2; exit 1"#;
    let error = run(script, &["a-secret-token"], b"").await.unwrap_err();
    expect!["hook: /bin/sh ended with exit status 1: its words are left out, since they quote an argument Permanent"]
        .assert_eq(&told(&error));
}

#[tokio::test]
async fn all_of_the_input_arrives_and_none_of_it_need_be_read() {
    let folder = TempDir::new().unwrap();
    let (file, input) = (folder.path().join("input"), vec![b'x'; 1_000_000]);
    run(r#"cat > "$1""#, &[file.to_str().unwrap()], &input).await.unwrap();
    assert!(fs::read(file).unwrap() == input);
    run("exec <&-; exit 0", &[], &input).await.unwrap();
}

#[tokio::test]
async fn much_talk_holds_nobody_up() {
    let script =
        "i=0; while [ $i -lt 3000 ]; do echo 'a line of words that nobody will ever read' >&2; i=$((i+1)); done";
    run(script, &[], b"").await.unwrap();
}

#[tokio::test]
async fn the_environment_is_a_short_list() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("environment");
    assert!(std::env::vars_os().any(|(name, _)| name == "CARGO_MANIFEST_DIR"), "there is something to keep back");
    run(r#"env > "$1""#, &[file.to_str().unwrap()], b"").await.unwrap();
    let text = fs::read_to_string(file).unwrap();
    let names: Vec<_> = text.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    assert!(names.contains(&"PATH"), "{names:?}");
    let of_the_shell = ["PWD", "OLDPWD", "SHLVL", "_"];
    assert!(names.iter().all(|name| ENVIRONMENT.contains(name) || of_the_shell.contains(name)), "{names:?}");
}

/// A named pipe: who has it open for writing still lives.
fn pipe(folder: &TempDir) -> PathBuf {
    let pipe = folder.path().join("pipe");
    assert!(Blocking::new("mkfifo").arg(&pipe).status().unwrap().success());
    pipe
}

/// A script that says through the pipe that it and its child run, and goes on for longer than any test.
const ENDLESS: &str = r#"exec 3>"$1"; sleep 1000 & echo ready >&3; wait"#;

/// Waits until somebody writes into the pipe.
async fn first_word(pipe: PathBuf) -> File {
    let reading = spawn_blocking(move || {
        let mut pipe = File::open(pipe).unwrap();
        pipe.read_exact(&mut [0; 6]).unwrap();
        pipe
    });
    reading.await.unwrap()
}

/// Waits until nobody has the pipe open any more.
async fn last_word(mut pipe: File) {
    let reading = spawn_blocking(move || pipe.read_to_end(&mut Vec::new()).unwrap());
    assert_eq!(reading.await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn when_the_time_is_up_the_program_and_its_children_are_killed() {
    let folder = TempDir::new().unwrap();
    let pipe = pipe(&folder);
    // The clock stands still while a thread waits for the first word, and then jumps.
    let arguments = [pipe.to_str().unwrap()];
    let (result, rest) = tokio::join!(run(ENDLESS, &arguments, b""), first_word(pipe.clone()));
    expect!["hook: /bin/sh did not end within 30s and was killed TimedOut"].assert_eq(&told(&result.unwrap_err()));
    last_word(rest).await;
}

#[tokio::test]
async fn whoever_stops_waiting_ends_the_program_and_its_children() {
    let folder = TempDir::new().unwrap();
    let pipe = pipe(&folder);
    let path = pipe.to_str().unwrap().to_owned();
    let waiting = tokio::spawn(async move { run(ENDLESS, &[&path], b"").await });
    let rest = first_word(pipe).await;
    waiting.abort();
    last_word(rest).await;
}

#[tokio::test]
async fn what_a_program_leaves_running_is_neither_waited_for_nor_killed() {
    let folder = TempDir::new().unwrap();
    let pipe = pipe(&folder);
    let script = r#"(echo ready; read word) <&0 > "$1" & exit 0"#;
    let arguments = [pipe.to_str().unwrap()];
    let (result, rest) = tokio::join!(run(script, &arguments, b""), first_word(pipe.clone()));
    result.unwrap();
    last_word(rest).await; // its input has ended, so it ends by itself
}

#[tokio::test]
async fn a_program_that_cannot_be_started_is_named_and_nothing_is_tried() {
    let folder = TempDir::new().unwrap();
    let plain = folder.path().join("plain");
    fs::write(&plain, "no program").unwrap();
    let missing = folder.path().join("missing");
    for (path, why) in [(&plain, "may not be executed"), (&missing, "is not there or is no file")] {
        let error = program(path).find().unwrap_err();
        assert_eq!(error, program(path).feed::<&str>(&[], b"").await.unwrap_err());
        assert_eq!(error.to_string(), format!("hook: {} {why}", path.display()));
        assert_eq!(error.kind(), NotifyErrorKind::Settings);
    }
    let error = program("no-such-program-anywhere").find().unwrap_err();
    assert_eq!(error.to_string(), "hook: no-such-program-anywhere is in no folder of PATH");
    assert!(program(folder.path()).find().is_err());
    assert!(Program::new("hook".into(), PathBuf::new(), Duration::ZERO).is_err());
}

#[test]
fn a_name_is_looked_for_in_path_and_a_path_is_not() {
    assert!(program("sh").find().unwrap().is_absolute());
    assert_eq!(program("/bin/sh").find().unwrap(), Path::new("/bin/sh"));
    assert!(program("./sh").find().is_err());
}
