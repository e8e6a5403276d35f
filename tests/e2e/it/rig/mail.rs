//! A mail server with STARTTLS, a login and an authority of its own, and the settings that lead to it.

use base64::{Engine, engine::general_purpose::STANDARD};
use notify::test_servers::{ReceivedMail, Security, SmtpServer, SmtpServerBuilder};

use super::{channels::EVERY_END, program::Program};

const PASSWORD: &str = "smtp-password-1234";

/// The server before it starts, so that faults can be added.
pub(crate) fn mail_server() -> SmtpServerBuilder {
    SmtpServer::new(Security::StartTls).login("backup", PASSWORD)
}

impl Program {
    /// With a channel "email" to these recipients through the server.
    pub(crate) fn with_mail(self, server: &SmtpServer, to: &[&str]) -> Self {
        let program = self.file("config/docspace-backup/ca.pem", server.ca_pem());
        program.with_mail_at(server.port(), to)
    }

    /// The same through a port at which perhaps nobody listens; `ca.pem` must be there.
    pub(crate) fn with_mail_at(self, port: u16, to: &[&str]) -> Self {
        let to = serde_json::to_string(to).unwrap();
        self.secret_env("SMTP_PASSWORD", PASSWORD).add_settings(&format!(
            r#"
[notify.email]
type = "email"
server = "smtp://localhost:{port}?tls=required"
user = "backup"
password = {{ env = "SMTP_PASSWORD" }}
from = "Backups <backup@example.com>"
to = {to}
ca_file = "ca.pem"
{EVERY_END}
"#
        ))
    }
}

/// The part of that type, decoded.
#[track_caller]
pub(crate) fn part(mail: &ReceivedMail, kind: &str) -> String {
    let start = mail.source.find(&format!("Content-Type: {kind}")).unwrap_or_else(|| panic!("{}", mail.source));
    let (head, body) = mail.source[start..].split_once("\r\n\r\n").unwrap();
    let body = body.split("\r\n--").next().unwrap();
    match head {
        _ if head.contains("base64") => String::from_utf8(STANDARD.decode(body.replace("\r\n", "")).unwrap()).unwrap(),
        _ if head.contains("quoted-printable") => unquoted(body),
        _ => body.to_owned(),
    }
}

fn unquoted(body: &str) -> String {
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'=').then(|| std::str::from_utf8(&tail[..2]).unwrap());
        bytes.push(code.map_or(*first, |code| u8::from_str_radix(code, 16).unwrap()));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap()
}
