//! Mails through a program that stands in for the machine's own.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use expect_test::expect;
use tempfile::TempDir;

use super::*;
use crate::{
    State, conformance, conformance_of_failure,
    sample::{EVIL, endless, full_of, notice},
};

/// A mail program that keeps arguments and mail beside itself and ends with `status`.
struct Stub(TempDir);

impl Stub {
    fn new(status: u8) -> Self {
        let stub = Self(TempDir::new().unwrap());
        let keep = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.argv\"; cat > \"$0.mail\"; exit {status}\n");
        write_program(&stub.path(), &keep);
        stub
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("sendmail")
    }

    fn channel(&self, to: &[&str]) -> SendmailNotifier {
        SendmailNotifier::new("sendmail", self.settings(to)).unwrap()
    }

    fn settings(&self, to: &[&str]) -> SendmailSettings {
        SendmailSettings {
            path: self.path(),
            from: "Backup <backup@portal.example.com>".into(),
            to: to.iter().map(ToString::to_string).collect(),
            timeout: SendmailSettings::TIMEOUT,
        }
    }

    fn kept(&self, what: &str) -> String {
        fs::read_to_string(self.path().with_extension(what)).unwrap()
    }

    fn is_started(&self) -> bool {
        self.path().with_extension("argv").exists()
    }
}

/// Another process writes the program: this one, with its threads that start others, must not have it open.
fn write_program(path: &Path, text: &str) {
    let mut writer = Command::new("/bin/sh");
    writer.args(["-c", r#"cat > "$1"; chmod 700 "$1""#, "write"]).arg(path).stdin(Stdio::piped());
    let mut writer = writer.spawn().unwrap();
    writer.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(writer.wait().unwrap().success());
}

#[tokio::test]
async fn the_program_gets_the_addresses_as_arguments_and_the_mail_as_input() {
    let stub = Stub::new(0);
    stub.channel(&["Админ <admin@example.com>", "-b@example.com"]).deliver(&notice()).await.unwrap();
    expect![[r#"
        -i
        -f
        backup@portal.example.com
        --
        admin@example.com
        -b@example.com
    "#]]
    .assert_eq(&stub.kept("argv"));
    let mail = stub.kept("mail");
    expect![[r#"
        From: Backup <backup@portal.example.com>
        To: =?utf-8?b?0JDQtNC80LjQvQ==?= <admin@example.com>, -b@example.com
        Date: Wed, 29 Jul 2026 10:17:02 +0000
        Subject: portal.example.com: backup failed
        Message-ID: <0198f2c4_failed@portal.example.com>
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        List-Id: <notices.portal.example.com>
        In-Reply-To: <thread_portal_example_com@portal.example.com>
        References: <thread_portal_example_com@portal.example.com>
        MIME-Version: 1.0
    "#]]
    .assert_eq(mail.split("Content-Type").next().unwrap());
    assert!(!mail.contains('\r'));
    assert!(mail.contains("Next step: Free some space") && mail.contains("</html>"), "{mail}");
}

#[tokio::test]
async fn it_is_the_mail_that_goes_over_smtp() {
    let stub = Stub::new(0);
    let channel = stub.channel(&["admin@example.com"]);
    channel.deliver(&notice()).await.unwrap();
    let composed = String::from_utf8(compose(&notice(), &channel.envelope).unwrap()).unwrap();
    let boundary = |mail: &str| mail.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let same = composed.replace(&boundary(&composed), &boundary(&stub.kept("mail")));
    assert_eq!(same.replace("\r\n", "\n"), stub.kept("mail"));
}

#[tokio::test]
async fn the_exit_status_decides() {
    let later = NotifyErrorKind::Transient { retry_after: None };
    for (status, kind) in [(75, later), (64, NotifyErrorKind::Permanent), (1, NotifyErrorKind::Permanent)] {
        let error = Stub::new(status).channel(&["a@example.com"]).deliver(&notice()).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status}");
        assert!(error.message().ends_with(&format!("sendmail ended with exit status {status}")), "{error}");
    }
}

#[tokio::test]
async fn foreign_text_adds_no_header_and_no_argument() {
    let stub = Stub::new(0);
    let evil = format!("x\r\nBcc: evil@example.com\r\n.\r\n{EVIL}");
    let notice = Notice { id: evil.clone(), thread: Some(evil.clone()), ..full_of(&evil, 2) };
    stub.channel(&["a@example.com"]).deliver(&notice).await.unwrap();
    let mail = stub.kept("mail");
    let headers = mail.split("\n\n").next().unwrap();
    assert!(headers.lines().all(|line| !line.starts_with("Bcc")), "{headers}");
    assert!(!stub.kept("argv").contains("evil"));
}

#[tokio::test]
async fn whatever_the_length_it_is_sent_with_a_word_that_it_was_cut() {
    for (text, facts) in endless() {
        let stub = Stub::new(0);
        stub.channel(&["a@example.com"]).deliver(&full_of(&text, facts)).await.unwrap();
        assert!(stub.kept("mail").len() < 400_000);
    }
    let stub = Stub::new(0);
    stub.channel(&["a@example.com"]).deliver(&full_of(&"a".repeat(100_000), 1)).await.unwrap();
    assert!(stub.kept("mail").replace("=\n", "").replace('\n', "").contains("100000 characters in all)"));
}

#[tokio::test]
async fn every_state_is_sent_with_an_id_of_its_own() {
    for state in State::ALL.into_iter().chain([State::Test]) {
        let stub = Stub::new(0);
        stub.channel(&["a@example.com"]).deliver(&Notice { state, ..notice() }).await.unwrap();
        assert!(stub.kept("mail").contains(&format!("Message-ID: <0198f2c4_{state}@portal.example.com>")));
    }
}

#[tokio::test]
async fn wrong_settings_are_named_and_a_preflight_starts_nothing() {
    let stub = Stub::new(0);
    let error = |to: &[&str]| SendmailNotifier::new("sendmail", stub.settings(to)).unwrap_err();
    expect![[r#"sendmail: "nobody" is no mail address: write name@example.com or Name <name@example.com>"#]]
        .assert_eq(&error(&["nobody"]).to_string());
    assert_eq!(error(&[]).kind(), NotifyErrorKind::Settings);
    stub.channel(&["a@example.com"]).preflight().await.unwrap();
    assert!(!stub.is_started());
}

#[tokio::test]
async fn it_conforms() {
    let stub = Stub::new(0);
    assert_eq!(conformance(&stub.channel(&["a@example.com"]), &[]).await, []);
    let gone = stub.channel(&["a@example.com"]);
    fs::remove_file(stub.path()).unwrap();
    assert_eq!(conformance_of_failure(&gone, &[]).await, []);
}
