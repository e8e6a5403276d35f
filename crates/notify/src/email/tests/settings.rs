//! What is found offline.

use expect_test::{Expect, expect};

use super::*;

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
