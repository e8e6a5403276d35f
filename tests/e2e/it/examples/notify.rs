//! The examples of `notify`.

use std::fs;

use expect_test::expect;
use notify::test_servers::{Fault, ReceivedMail, SmtpServer};
use serde_json::Value;

use crate::rig::{Program, SIGNING_SECRET, Sink, is_signed_with, mail_server, part};

const INCIDENT: &str = env!("CARGO_BIN_EXE_notify-incident");
const OWN_CHANNEL: &str = env!("CARGO_BIN_EXE_notify-own_channel");
const TELL_ALL: &str = env!("CARGO_BIN_EXE_notify-tell_all");

/// An example that is told of all three channels.
fn example(binary: &'static str, mail: &SmtpServer, slack: &Sink, hook: &Sink) -> Program {
    let program = Program::alone().example(binary).file("ca.pem", mail.ca_pem());
    let ca = program.path("ca.pem").display().to_string();
    let program =
        program.env("SSL_CERT_FILE", &ca).secret_env("SMTP_URL", &mail.url().replace("127.0.0.1", "localhost"));
    let program = program.env("MAIL_FROM", "robot@example.com").env("MAIL_TO", "a@example.com, b@example.com");
    let program = program.secret(Sink::PATH).env("SLACK_WEBHOOK_URL", &slack.url()).env("WEBHOOK_URL", &hook.url());
    program.secret_env("WEBHOOK_SECRET", SIGNING_SECRET)
}

/// A header of each mail, unfolded.
fn headers(mails: &[ReceivedMail], name: &str) -> Vec<String> {
    let unfolded = mails.iter().map(|mail| mail.source.replace("\r\n ", " "));
    let value = |line: &str| Some(line.strip_prefix(name)?.strip_prefix(": ")?.to_owned());
    unfolded.filter_map(|source| source.lines().find_map(value)).collect()
}

#[tokio::test]
async fn one_notice_goes_over_every_channel() {
    let mail = mail_server().start().await.unwrap();
    let (slack, hook) = (Sink::answering(200, "ok").await, Sink::answering(204, "").await);
    let program = example(TELL_ALL, &mail, &slack, &hook);
    let told = program.run_words(&["The disk is nearly full", "4 % are left."]).await;
    told.shows(expect![[r#"
        $ notify-tell_all The disk is nearly full 4 % are left.
        exit code 0
        --- stdout
        email: ready
        slack: ready
        webhook: ready
        email: delivered at try 1
        slack: delivered at try 1
        webhook: delivered at try 1
        --- stderr
    "#]]);
    let mails = mail.mails();
    assert_eq!(mails.len(), 1, "{told}");
    assert!(mails[0].encrypted && mails[0].to == ["a@example.com", "b@example.com"], "{mails:?}");
    assert!(part(&mails[0], "text/plain").contains("4 % are left."), "{}", mails[0].source);
    assert_eq!(slack.post().json()["blocks"][0]["text"]["text"], "⚠️ The disk is nearly full");
    let post = hook.post();
    assert!(is_signed_with(&post, SIGNING_SECRET), "{post:?}");
    assert_eq!([&post.json()["subject"], &post.json()["state"]], ["The disk is nearly full", "warning"]);
}

#[tokio::test]
async fn what_became_of_the_notice_is_told_of_each_channel() {
    let mail = mail_server().fault("RCPT TO:<b@", Fault::Answer("550 5.1.1 no such user")).start().await.unwrap();
    let (slack, hook) = (Sink::answering(404, "no_service").await, Sink::answering(200, "").await);
    let told = example(TELL_ALL, &mail, &slack, &hook).run("Test").await;
    told.shows(expect![[r#"
        $ notify-tell_all Test
        exit code 1
        --- stdout
        email: ready
        slack: ready
        webhook: ready
        email: failed at try 1: not delivered to b@example.com; 1 of 2 recipients have it: b@example.com: 550 5.1.1 no such user
        slack: failed at try 1: not delivered: status 404 Not Found: no_service
        webhook: delivered at try 1
        --- stderr
        error: 2 of 3 channels could not be told
    "#]]);
    assert_eq!((mail.mails().len(), slack.posts().len(), hook.posts().len()), (1, 1, 1), "{told}");
}

#[tokio::test]
async fn wrong_settings_are_told_before_anybody_else_is() {
    let hook = Sink::answering(200, "").await;
    let program = || Program::alone().secret(Sink::PATH).env("WEBHOOK_URL", &hook.url());
    let wrong = [
        (Program::alone(), "Test"),
        (program(), ""),
        (program().env("SMTP_URL", "mail.example.com"), "Test"),
        (program().env("SMTP_URL", "smtps://mail.example.com"), "Test"),
        (program().env("SLACK_WEBHOOK_URL", "http://hooks.slack.com/services/T0/B0/secret"), "Test"),
        (program().env("WEBHOOK_SECRET", "whsec_no+base64!"), "Test"),
    ];
    let mut table = String::new();
    for (program, arguments) in wrong {
        let finished = program.example(TELL_ALL).run(arguments).await;
        table += &format!("{}: {}{}", finished.code, finished.stdout, finished.stderr);
    }
    expect![[r#"
        1: error: nobody to tell: set SMTP_URL, SLACK_WEBHOOK_URL or WEBHOOK_URL
        1: error: say what happened: SUBJECT [MESSAGE]
        1: error: email: the server's address cannot be read: relative URL without a base; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
        1: error: MAIL_FROM is not set
        1: error: slack: the address is http://, and only https:// keeps it secret
        1: error: webhook: the signing secret after whsec_ is no base64
    "#]].assert_eq(&table);
    assert_eq!(hook.posts().len(), 0);
}

#[tokio::test]
async fn people_are_told_when_a_trouble_begins_and_when_it_is_over() {
    let mail = mail_server().start().await.unwrap();
    let (slack, hook) = (Sink::answering(200, "ok").await, Sink::answering(200, "").await);
    let program = example(INCIDENT, &mail, &slack, &hook).stdin("completed\nfailed\nfailed\ncompleted\ncompleted\n");
    let followed = program.run("disk").await;
    followed.shows(expect![[r#"
        $ notify-incident disk
        exit code 0
        --- stdout
        disk: completed
          webhook: told
        disk: failed
          email: told
          slack: told
          webhook: told
        disk: failed
          webhook: told
        disk: recovered
          email: told
          slack: told
          webhook: told
        disk: completed
          webhook: told
        --- stderr
    "#]]);
    assert_eq!(headers(&mail.mails(), "Subject"), ["disk: failed", "disk: recovered"], "{followed}");
    let roots = headers(&mail.mails(), "References");
    assert!(roots.len() == 2 && roots[0] == roots[1], "one thread: {roots:?}");
    assert_eq!(slack.posts().len(), 2, "{followed}");
}

#[tokio::test]
async fn machines_are_told_of_everything_and_which_trouble_it_belongs_to() {
    let hook = Sink::answering(200, "").await;
    let program = Program::alone().example(INCIDENT).secret(Sink::PATH).env("WEBHOOK_URL", &hook.url());
    program.stdin("completed\nfailed\nstale\ncompleted\nfailed\n").run("disk").await.exits(0);
    let posts: Vec<Value> = hook.posts().iter().map(|post| post.json()).collect();
    let told = posts.iter().map(|post| {
        let incident = &post["incident"];
        format!("{} {} {} {}\n", post["state"], incident["phase"], incident["failures"], post["severity"])
    });
    expect![[r#"
        "completed" null null "success"
        "failed" "opened" 1 "error"
        "stale" "ongoing" 2 "error"
        "recovered" "resolved" 2 "success"
        "failed" "opened" 1 "error"
    "#]]
    .assert_eq(&told.collect::<String>());
    let ids: Vec<&Value> = posts.iter().map(|post| &post["incident"]["id"]).collect();
    assert!(ids[1] == ids[2] && ids[2] == ids[3] && ids[3] != ids[4], "{ids:?}");
    let keys: Vec<_> = hook.posts().iter().map(|post| post.headers["webhook-id"].clone()).collect();
    assert!((1..keys.len()).all(|last| !keys[..last].contains(&keys[last])), "no two are taken for a repeat: {keys:?}");
}

#[tokio::test]
async fn a_word_that_is_no_state_ends_the_following() {
    let hook = Sink::answering(200, "").await;
    let program = Program::alone().example(INCIDENT).secret(Sink::PATH).env("WEBHOOK_URL", &hook.url());
    let followed = program.stdin("failed\nfaild\nfailed\n").run("disk").await;
    followed.exits(1).mentions("error: \"faild\" is no state; there are started, ");
    assert_eq!(hook.post().json()["state"], "failed");
}

#[tokio::test]
async fn a_channel_of_ones_own_passes_what_all_channels_pass() {
    let program = Program::alone().example(OWN_CHANNEL);
    fs::create_dir(program.path("notices")).unwrap();
    let proven = program.run("notices").await;
    assert_eq!(proven.exits(0).stdout, "it holds to all that every channel must\n", "{proven}");
    let files: Vec<_> = fs::read_dir(program.path("notices")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.iter().all(|file| file.extension().is_some_and(|ending| ending == "txt")), "{files:?}");
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    assert!(texts.iter().any(|text| text.contains("<!channel>")), "the hostile notice is not there: {files:?}");
    assert!(!texts.concat().contains(|c: char| c.is_control() && c != '\n'), "foreign text is harmless");
}

#[tokio::test]
async fn a_channel_that_does_not_work_is_found_out() {
    let broken = Program::alone().example(OWN_CHANNEL).run("missing").await;
    let first = broken.exits(1).stdout.lines().next();
    let expected =
        "it does not hold that preflight passes: folder: there is no folder: No such file or directory (os error 2)";
    assert_eq!(first, Some(expected), "{broken}");
    Program::alone().example(OWN_CHANNEL).run("").await.exits(1).mentions("error: say into which folder");
}
