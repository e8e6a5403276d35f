//! Addresses of mail servers, good and bad.

use expect_test::{Expect, expect};
use secrecy::ExposeSecret;

use super::*;

fn check(urls: &[&str], expected: Expect) {
    let lines: String = urls.iter().map(|url| format!("{}\n", shown(url))).collect();
    expected.assert_eq(&lines);
}

fn shown(url: &str) -> String {
    match SmtpServer::from_url(url) {
        Ok(server) => {
            let login = server.login.as_ref().map(|login| (login.user.as_str(), login.password.expose_secret()));
            format!("{server} {:?} {login:?}", server.tls)
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn addresses_say_how_the_connection_is_secured() {
    check(
        &[
            "smtps://mail.example.com",
            "smtps://mail.example.com:8465/?tls=required",
            "smtp://mail.example.com",
            "smtp://mail.example.com:25?tls=required",
            "smtp://mail.example.com?tls=none",
            "smtp://127.0.0.1:2525",
            "smtp://localhost?tls=required",
            "smtp://[::1]:2525",
            "smtp://[2001:db8::1]",
            "smtp://почта.example.com",
        ],
        expect![[r#"
            mail.example.com:465 Implicit None
            mail.example.com:8465 Implicit None
            mail.example.com:587 StartTls None
            mail.example.com:25 StartTls None
            mail.example.com:25 Plain None
            127.0.0.1:2525 Plain None
            localhost:587 StartTls None
            [::1]:2525 Plain None
            [2001:db8::1]:587 StartTls None
            xn--80a1acny.example.com:587 StartTls None
        "#]],
    );
}

#[test]
fn user_and_password_are_decoded() {
    check(
        &[
            "smtps://me%40example.com:p%40ss%3Aw%2Frd%25@h",
            "smtps://u:100%@h",
            "smtps://u:%zz%C3%A9@h",
            "smtps://u:päss@h",
        ],
        expect![[r#"
            h:465 Implicit Some(("me@example.com", "p@ss:w/rd%"))
            h:465 Implicit Some(("u", "100%"))
            h:465 Implicit Some(("u", "%zzé"))
            h:465 Implicit Some(("u", "päss"))
        "#]],
    );
}

#[test]
fn wrong_addresses_are_told_without_being_quoted() {
    check(
        &[
            "",
            "mail.example.com:25",
            "http://u:secret@mail.example.com",
            "smtp://",
            "smtp://u:secret@",
            "smtps://u:secret@h:99999",
            "smtps://u:sec/ret@h",
            "smtps://u:sec#ret@h",
            "smtps://u:secret@h?tls=none",
            "smtp://u:secret@h?tls=maybe",
            "smtp://h?tls=none&tls=required",
            "smtp://h?starttls=1",
            "smtps://user@h",
            "smtps://:secret@h",
            "smtps://u:%FF@h",
            "smtps://a b/",
        ],
        expect![[r#"
            email: the server's address cannot be read: relative URL without a base; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
            email: the server's address goes on after the port; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
            email: the server's address begins with neither smtps:// nor smtp://; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
            email: the server's host: empty host
            email: the server's address cannot be read: empty host; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
            email: the server's address cannot be read: invalid port number; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
            email: the server's address cannot be read: invalid port number; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
            email: the server's address cannot be read: invalid port number; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
            email: smtps:// and tls=none contradict each other
            email: tls is neither required nor none
            email: tls is given twice
            email: only tls=required or tls=none may follow the question mark
            email: the server's address has a user without a password
            email: the server's address has a password without a user
            email: user or password is no UTF-8 after decoding
            email: the server's address cannot be read: invalid domain character; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
        "#]],
    );
}

#[test]
fn debug_hides_the_password() {
    let server = SmtpServer::from_url("smtps://u:hunter2@h").unwrap();
    let shown = format!("{server:?} {server:#?} {server}");
    assert!(shown.contains("\"u\"") && !shown.contains("hunter2"), "{shown}");
}
