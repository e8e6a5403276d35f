//! Mails over real sockets.

use std::{error::Error, sync::Arc};

use expect_test::{Expect, expect};

use super::*;
use crate::{
    DeliveryPolicy, Fact, Severity, conformance, conformance_of_failure, deliver_all,
    test_servers::{self, Fault, ReceivedMail, Security, SmtpServerBuilder},
};

const ADMIN: &str = "Админ <admin@example.com>";
const PASSWORD: &str = "hunter2-of-the-mail";

fn server(security: Security) -> SmtpServerBuilder {
    test_servers::SmtpServer::new(security)
}

fn settings(server: &test_servers::SmtpServer, to: &[&str]) -> EmailSettings {
    EmailSettings {
        server: SmtpServer::from_url(&server.url()).unwrap(),
        from: "Backup <backup@portal.example.com>".into(),
        to: to.iter().map(ToString::to_string).collect(),
        ca_pem: Some(server.ca_pem().into()),
        timeout: EmailSettings::TIMEOUT,
    }
}

fn channel(server: &test_servers::SmtpServer, to: &[&str]) -> EmailNotifier {
    EmailNotifier::new("email", settings(server, to)).unwrap()
}

fn notice() -> Notice {
    Notice {
        id: "0198f2c4".into(),
        thread: Some("portal.example.com".into()),
        severity: Severity::Error,
        state: "failed".into(),
        subject: "portal.example.com: backup failed".into(),
        message: "The portal ran out of disk space.".into(),
        facts: vec![
            Fact::new("Started", "2026-07-29 10:15 UTC"),
            Fact::new("Portal", "https://portal.example.com/?a=1&b=2"),
        ],
        next_step: Some("Free some space, then start the backup again.".into()),
        at: "2026-07-29T10:17:02Z".parse().unwrap(),
    }
}

/// The mail that arrives for a notice.
async fn received(notice: &Notice) -> ReceivedMail {
    let server = server(Security::Plain).start().await.unwrap();
    channel(&server, &[ADMIN]).deliver(notice).await.unwrap();
    server.mails().remove(0)
}

/// The source with its random boundary replaced.
fn redacted(mail: &ReceivedMail) -> String {
    let boundary = mail.source.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
    mail.source.replace(boundary, "BOUNDARY").replace("\r\n", "\n")
}

/// One header, unfolded.
fn header(mail: &ReceivedMail, name: &str) -> String {
    let unfolded = mail.source.replace("\r\n ", " ");
    let found = unfolded.lines().take_while(|line| !line.is_empty()).find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        (found == name).then(|| value.to_owned())
    });
    found.unwrap_or_else(|| panic!("no {name} in {}", mail.source))
}

/// The error with its cause and its kind, ports replaced.
fn told(error: &NotifyError, server: &test_servers::SmtpServer) -> String {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    format!("{error}\n{cause}\n{:?}\n", error.kind()).replace(&server.port().to_string(), "PORT")
}

async fn check_error(server: SmtpServerBuilder, to: &[&str], expected: Expect) {
    let server = server.start().await.unwrap();
    let error = channel(&server, to).deliver(&notice()).await.unwrap_err();
    expected.assert_eq(&told(&error, &server));
}

#[tokio::test]
async fn a_mail_as_received() {
    let mail = received(&notice()).await;
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("backup@portal.example.com", &["admin@example.com".to_owned()][..])
    );
    expect![[r#"
        From: Backup <backup@portal.example.com>
        To: =?utf-8?b?0JDQtNC80LjQvQ==?= <admin@example.com>
        Date: Wed, 29 Jul 2026 10:17:02 +0000
        Subject: portal.example.com: backup failed
        Message-ID: <0198f2c4_failed@portal.example.com>
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        List-Id: <notices.portal.example.com>
        In-Reply-To: <thread_portal_example_com@portal.example.com>
        References: <thread_portal_example_com@portal.example.com>
        MIME-Version: 1.0
        Content-Type: multipart/alternative;
         boundary="BOUNDARY"

        --BOUNDARY
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        The portal ran out of disk space.

        Started: 2026-07-29 10:15 UTC
        Portal:  https://portal.example.com/?a=1&b=2

        Next step: Free some space, then start the backup again.

        --BOUNDARY
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <!DOCTYPE html>
        <html>
        <head>
        <meta charset=3D"utf-8">
        <meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1">
        <meta name=3D"color-scheme" content=3D"light dark">
        <title>portal.example.com: backup failed</title>
        </head>
        <body style=3D"margin:0;padding:16px;font-family:sans-serif;font-size:16px;=
        line-height:1.5">
        <div style=3D"max-width:640px;padding-left:16px;border-left:4px solid #dc26=
        26">
        <h1 style=3D"margin:0 0 12px;font-size:20px;line-height:1.3">portal.example=
        .com: backup failed</h1>
        <p style=3D"margin:0 0 16px">The portal ran out of disk space.</p>
        <table style=3D"margin:0 0 16px;border-collapse:collapse;font-size:15px">
        <tr><th scope=3D"row" style=3D"padding:2px 16px 2px 0;text-align:left;verti=
        cal-align:top">Started</th><td style=3D"padding:2px 0;overflow-wrap:anywher=
        e">2026-07-29 10:15 UTC</td></tr>
        <tr><th scope=3D"row" style=3D"padding:2px 16px 2px 0;text-align:left;verti=
        cal-align:top">Portal</th><td style=3D"padding:2px 0;overflow-wrap:anywhere=
        "><a href=3D"https://portal.example.com/?a=3D1&amp;b=3D2">https://portal.ex=
        ample.com/?a=3D1&amp;b=3D2</a></td></tr>
        </table>
        <p style=3D"margin:0"><b>Next step:</b> Free some space, then start the bac=
        kup again.</p>
        </div>
        </body>
        </html>

        --BOUNDARY--

    "#]]
    .assert_eq(&redacted(&mail));
}

#[test]
fn the_html_part_is_small_escaped_and_fetches_nothing() {
    let notice = Notice {
        subject: "<b>\"x\" & 'y'</b>".into(),
        message: "one\ntwo <script>alert(1)</script>\u{202e}\u{1b}[31m".into(),
        facts: vec![Fact::new("<i>", "https://example.com/\"><img src=x>"), Fact::new("Path", "javascript:alert(1)")],
        ..notice()
    };
    expect![[r#"
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</title>
        </head>
        <body style="margin:0;padding:16px;font-family:sans-serif;font-size:16px;line-height:1.5">
        <div style="max-width:640px;padding-left:16px;border-left:4px solid #dc2626">
        <h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</h1>
        <p style="margin:0 0 16px">one<br>
        two &lt;script&gt;alert(1)&lt;/script&gt;</p>
        <table style="margin:0 0 16px;border-collapse:collapse;font-size:15px">
        <tr><th scope="row" style="padding:2px 16px 2px 0;text-align:left;vertical-align:top">&lt;i&gt;</th><td style="padding:2px 0;overflow-wrap:anywhere"><a href="https://example.com/%22%3E%3Cimg%20src=x%3E">https://example.com/&quot;&gt;&lt;img src=x&gt;</a></td></tr>
        <tr><th scope="row" style="padding:2px 16px 2px 0;text-align:left;vertical-align:top">Path</th><td style="padding:2px 0;overflow-wrap:anywhere">javascript:alert(1)</td></tr>
        </table>
        <p style="margin:0"><b>Next step:</b> Free some space, then start the backup again.</p>
        </div>
        </body>
        </html>
    "#]].assert_eq(&html::html(&notice));
}

#[tokio::test]
async fn messages_of_a_run_and_of_a_thread_belong_together() {
    let started = received(&Notice { state: "started".into(), ..notice() }).await;
    let failed = received(&notice()).await;
    assert_eq!(header(&started, "Message-ID"), "<0198f2c4_started@portal.example.com>");
    assert_eq!(header(&failed, "Message-ID"), "<0198f2c4_failed@portal.example.com>");
    for mail in [&started, &failed] {
        assert_eq!(header(mail, "References"), "<thread_portal_example_com@portal.example.com>");
        assert_eq!(header(mail, "In-Reply-To"), header(mail, "References"));
    }
    let alone = received(&Notice { thread: None, ..notice() }).await;
    assert!(!alone.source.contains("References"), "{}", alone.source);
}

#[tokio::test]
async fn foreign_text_adds_no_header_and_no_recipient() {
    let evil = "x\r\nBcc: evil@example.com\r\n\r\n.\r\nMAIL FROM:<a@b>";
    let notice = Notice {
        id: evil.into(),
        thread: Some(evil.into()),
        state: evil.into(),
        subject: evil.into(),
        message: evil.into(),
        ..notice()
    };
    let mail = received(&notice).await;
    let headers = mail.source.split("\r\n\r\n").next().unwrap();
    assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
    assert_eq!(header(&mail, "Subject"), "x Bcc: evil@example.com . MAIL FROM:<a@b>");
    assert_eq!(mail.to, ["admin@example.com"]);
}

#[tokio::test]
async fn subjects_beyond_ascii_are_encoded() {
    let mail = received(&Notice { subject: "Копия готова ✅".into(), ..notice() }).await;
    assert!(mail.source.is_ascii());
    assert!(header(&mail, "Subject").starts_with("=?utf-8?b?"), "{}", header(&mail, "Subject"));
}

#[tokio::test]
async fn a_hundred_thousand_characters_arrive_cut_and_below_what_mail_programs_clip() {
    let mail = received(&Notice { message: "ж".repeat(100_000), ..notice() }).await;
    assert!(mail.source.len() < 100_000, "{}", mail.source.len());
    let mail = received(&Notice { message: "a".repeat(100_000), ..notice() }).await;
    let text = mail.source.replace("=\r\n", "").replace("\r\n", "");
    assert!(text.contains("100000 characters in all)"), "{text}");
}

#[tokio::test]
async fn each_way_to_secure_the_connection_works_and_login_is_used() {
    for security in [Security::StartTls, Security::Implicit] {
        let server = server(security).login("backup", PASSWORD).start().await.unwrap();
        let channel = channel(&server, &[ADMIN]);
        channel.preflight().await.unwrap();
        assert_eq!(server.mails(), [], "a preflight sends nothing");
        channel.deliver(&notice()).await.unwrap();
        assert!(server.mails()[0].encrypted);
    }
}

#[tokio::test]
async fn without_starttls_on_offer_nothing_is_sent() {
    let server = server(Security::Plain).start().await.unwrap();
    let mut settings = settings(&server, &[ADMIN]);
    settings.server.tls = SmtpTls::StartTls;
    let error = EmailNotifier::new("email", settings).unwrap().deliver(&notice()).await.unwrap_err();
    expect![[r#"
        email: cannot secure the connection to 127.0.0.1:PORT
        STARTTLS is not supported on this server
        Permanent
    "#]]
    .assert_eq(&told(&error, &server));
    assert!(server.commands().iter().all(|command| !command.starts_with("MAIL")));
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_not_tried_again() {
    let server = server(Security::Implicit).start().await.unwrap();
    let other = super::tests::server(Security::Implicit).start().await.unwrap();
    let settings = EmailSettings { ca_pem: Some(other.ca_pem().into()), ..settings(&server, &[ADMIN]) };
    let error = EmailNotifier::new("email", settings).unwrap().preflight().await.unwrap_err();
    expect![[r#"
        email: cannot connect to 127.0.0.1:PORT
        Connection error: invalid peer certificate: UnknownIssuer
        Permanent
    "#]]
    .assert_eq(&told(&error, &server));
}

#[tokio::test]
async fn a_wrong_password_is_permanent_and_never_quoted() {
    let quoting = Fault::Answer("535 5.7.8 bad: AUTH PLAIN AGJhY2t1cABodW50ZXIyLW9mLXRoZS1tYWls");
    for fault in [Fault::Answer("535 5.7.8 who is that?"), quoting] {
        let server = server(Security::Implicit).login("backup", PASSWORD).fault("AUTH", fault).start().await.unwrap();
        let channel = channel(&server, &[ADMIN]);
        assert_eq!(conformance_of_failure(&channel, &[PASSWORD, "AGJhY2t1cABodW50ZXIyLW9mLXRoZS1tYWls"]).await, []);
        let error = channel.preflight().await.unwrap_err();
        assert_eq!(error.kind(), NotifyErrorKind::Permanent);
    }
}

#[tokio::test]
async fn errors_say_what_happened_to_what() {
    check_error(
        server(Security::Plain).fault("CONNECT", Fault::Answer("554 5.7.1 go away")),
        &[ADMIN],
        expect![[r#"
            email: cannot connect to 127.0.0.1:PORT
            554 5.7.1 go away
            Permanent
        "#]],
    )
    .await;
    check_error(
        server(Security::Plain).fault("MAIL", Fault::Answer("550 5.7.1 not yours")),
        &[ADMIN],
        expect![[r#"
            email: backup@portal.example.com may not send through 127.0.0.1:PORT
            550 5.7.1 not yours
            Permanent
        "#]],
    )
    .await;
    check_error(
        server(Security::Plain).fault("RCPT", Fault::Answer("451 4.7.1 greylisted")),
        &[ADMIN],
        expect![[r#"
            email: not delivered to admin@example.com; 0 of 1 recipients have it
            admin@example.com: 451 4.7.1 greylisted
            Transient { retry_after: None }
        "#]],
    )
    .await;
    check_error(
        server(Security::Plain).fault("RCPT", Fault::Answer("421 4.3.2 shutting down")),
        &[ADMIN],
        expect![[r#"
            email: the mail was cut off by 127.0.0.1:PORT
            421 4.3.2 shutting down
            Transient { retry_after: None }
        "#]],
    )
    .await;
    check_error(
        server(Security::Plain).fault(".", Fault::Answer("552 5.3.4 too \u{1b}[31mlarge")),
        &[ADMIN],
        expect![[r#"
            email: not delivered to admin@example.com; 0 of 1 recipients have it
            admin@example.com: 552 5.3.4 too large
            Permanent
        "#]],
    )
    .await;
    check_error(
        server(Security::Plain).fault(".", Fault::Answer("251 perhaps")),
        &[ADMIN],
        expect![[r#"
        email: the mail was answered with 251 instead of 250 by 127.0.0.1:PORT

        Transient { retry_after: None }
    "#]],
    )
    .await;
    check_error(
        server(Security::Plain).fault("DATA", Fault::Drop),
        &[ADMIN],
        expect![[r#"
        email: the mail was cut off by 127.0.0.1:PORT
        incomplete response
        Transient { retry_after: None }
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_refused_recipient_does_not_stop_the_others() {
    let server =
        server(Security::Plain).fault("RCPT TO:<gone@", Fault::Answer("550 5.1.1 no such user")).start().await.unwrap();
    let channel = channel(&server, &["gone@example.com", ADMIN]);
    let error = channel.deliver(&notice()).await.unwrap_err();
    expect![[r#"
        email: not delivered to gone@example.com; 1 of 2 recipients have it
        gone@example.com: 550 5.1.1 no such user
        PartlyDelivered
    "#]]
    .assert_eq(&told(&error, &server));
    assert_eq!(server.mails()[0].to, ["admin@example.com"]);
}

#[tokio::test]
async fn a_greylisted_recipient_is_tried_again_alone() {
    let later = Fault::Answer("451 4.7.1 come back later");
    let server = server(Security::Plain).fault_times("RCPT TO:<slow@", later, 1).start().await.unwrap();
    let channel = Arc::new(channel(&server, &["slow@example.com", ADMIN]));
    let policy = DeliveryPolicy { first_delay: Duration::from_millis(1), ..DeliveryPolicy::default() };
    let delivery = deliver_all(&[channel], &notice(), &policy).await.remove(0);
    assert_eq!((delivery.status(), delivery.attempts), ("delivered", 2));
    let told: Vec<_> = server.mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(told, [["admin@example.com"], ["slow@example.com"]]);
}

#[tokio::test]
async fn the_same_notice_is_sent_again_after_a_success() {
    let server = server(Security::Plain).start().await.unwrap();
    let channel = channel(&server, &[ADMIN]);
    channel.deliver(&notice()).await.unwrap();
    channel.deliver(&notice()).await.unwrap();
    assert_eq!(header(&server.mails()[0], "Message-ID"), header(&server.mails()[1], "Message-ID"));
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left_after_the_limit() {
    for silent in ["CONNECT", "EHLO", "STARTTLS", "RCPT", "."] {
        let server = server(Security::StartTls).fault(silent, Fault::Hang).start().await.unwrap();
        let settings = EmailSettings { timeout: Duration::from_millis(200), ..settings(&server, &[ADMIN]) };
        let error = EmailNotifier::new("email", settings).unwrap().deliver(&notice()).await.unwrap_err();
        assert_eq!(error.kind(), NotifyErrorKind::TimedOut, "{silent}");
        assert_eq!(error.message(), format!("no answer in time from 127.0.0.1:{}", server.port()));
    }
}

#[tokio::test]
async fn what_goes_wrong_after_the_mail_was_taken_changes_nothing() {
    for fault in [Fault::Drop, Fault::Answer("500 5.5.1 what?")] {
        let server = server(Security::Plain).fault("QUIT", fault).start().await.unwrap();
        channel(&server, &[ADMIN]).deliver(&notice()).await.unwrap();
        assert_eq!(server.mails().len(), 1);
    }
}

#[tokio::test]
async fn it_conforms() {
    let good = server(Security::StartTls).login("backup", PASSWORD).start().await.unwrap();
    assert_eq!(conformance(&channel(&good, &[ADMIN, "b@example.com"]), &[PASSWORD]).await, []);
    let bad = server(Security::StartTls).login("backup", PASSWORD).fault("EHLO", Fault::Drop).start().await.unwrap();
    assert_eq!(conformance_of_failure(&channel(&bad, &[ADMIN]), &[PASSWORD]).await, []);
}

async fn check_settings(change: impl FnOnce(&mut EmailSettings), expected: Expect) {
    let mut settings = EmailSettings {
        server: SmtpServer::from_url("smtps://mail.example.com").unwrap(),
        from: "a@example.com".into(),
        to: vec!["b@example.com".into()],
        ca_pem: None,
        timeout: EmailSettings::TIMEOUT,
    };
    change(&mut settings);
    let error = EmailNotifier::new("email", settings).unwrap_err();
    assert_eq!(error.kind(), NotifyErrorKind::Settings);
    expected.assert_eq(&error.to_string());
}

#[tokio::test]
async fn wrong_settings_are_named() {
    check_settings(
        |s| s.from = "nobody".into(),
        expect![[r#"email: "nobody" is no mail address: write name@example.com or Name <name@example.com>"#]],
    )
    .await;
    check_settings(|s| s.to.clear(), expect!["email: there is no recipient"]).await;
    check_settings(
        |s| s.to.push("a@b\r\nBcc: c@d".into()),
        expect![[r#"email: "a@b Bcc: c@d" is no mail address: write name@example.com or Name <name@example.com>"#]],
    )
    .await;
    check_settings(|s| s.to.push("админ@пример.рф".into()), expect![[r#"email: "админ@пример.рф" is no mail address: only ASCII reaches every server; write the domain in its xn-- form"#]]).await;
    check_settings(
        |s| s.ca_pem = Some("no PEM".into()),
        expect!["email: the CA file holds no certificate in PEM form"],
    )
    .await;
    check_settings(
        |s| s.ca_pem = Some("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n".into()),
        expect!["email: the CA file cannot be read: tls error: invalid certificates"],
    )
    .await;
}
