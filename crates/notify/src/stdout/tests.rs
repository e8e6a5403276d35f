//! What a reader of standard output sees.

use std::sync::mpsc;

use expect_test::{Expect, expect};

use super::*;
use crate::{Fact, conformance, sample::notice};

/// A writer whose text a test can read.
struct Sink(mpsc::Sender<String>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        self.0.send(text).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn channel(to: Option<&str>) -> (StdoutNotifier, mpsc::Receiver<String>) {
    let (sender, receiver) = mpsc::channel();
    let settings = StdoutSettings { to: to.map(Into::into) };
    (StdoutNotifier::to_writer("stdout", settings, Box::new(Sink(sender))).unwrap(), receiver)
}

async fn check(to: Option<&str>, notice: Notice, expected: Expect) {
    let (channel, written) = channel(to);
    channel.deliver(&notice).await.unwrap();
    expected.assert_eq(&written.try_recv().unwrap());
}

#[tokio::test]
async fn a_notice_has_the_shape_of_the_official_sample() {
    check(
        Some("admin@example.com"),
        notice(),
        expect![[r#"
            [ADMIN NOTIFICATION]
            To: admin@example.com
            Subject: portal.example.com: backup failed

            The portal ran out of disk space.

            Started: 2026-07-29 10:15 UTC
            Portal:  https://portal.example.com/?a=1&b=2

            Next step: Free some space, then start the backup again.
        "#]],
    )
    .await;
}

#[tokio::test]
async fn foreign_text_cannot_forge_lines_above_or_move_the_cursor() {
    let notice = Notice {
        subject: "done\nTo: nobody\u{1b}[2J".into(),
        message: "one\r\n\u{1b}]0;title\u{7}two\u{202e}".into(),
        facts: vec![Fact::new("File\n", "a\u{8}b\nc"), Fact::new("Ж", "")],
        next_step: None,
        ..notice()
    };
    check(
        None,
        notice,
        expect![[r#"
        [ADMIN NOTIFICATION]
        To: administrator
        Subject: done To: nobody

        one
        two

        File: ab
              c
        Ж:
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_long_message_arrives_cut() {
    let (channel, written) = channel(None);
    channel.deliver(&Notice { message: "ё".repeat(100_000), ..notice() }).await.unwrap();
    let text = written.try_recv().unwrap();
    assert!(text.contains("ё… (cut, 100000 characters in all)\n\nStarted:"), "{text}");
}

#[tokio::test]
async fn it_conforms() {
    let (channel, _written) = channel(None);
    assert_eq!(conformance(&channel, &[]).await, []);
}

#[tokio::test]
async fn a_closed_pipe_is_an_error_and_no_panic() {
    let (channel, _) = channel(None);
    let error = channel.deliver(&notice()).await.unwrap_err();
    assert_eq!(error.to_string(), "stdout: cannot write the notice");
    assert_eq!(error.kind(), NotifyErrorKind::Permanent);
}
