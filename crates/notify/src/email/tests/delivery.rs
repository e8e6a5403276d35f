//! How a mail gets there, and what is told when it does not.

use std::{error::Error, sync::Arc};

use expect_test::{Expect, expect};

use super::*;
use crate::{DeliveryPolicy, conformance, conformance_of_failure, deliver_all, sample::notice, test_servers::Fault};

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
    let other = super::server(Security::Implicit).start().await.unwrap();
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
