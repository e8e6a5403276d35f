//! Mails over real sockets.

mod delivery;
mod settings;
mod source;

use super::*;
use crate::test_servers::{self, ReceivedMail, Security, SmtpServerBuilder};

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

/// One header, unfolded.
fn header(mail: &ReceivedMail, name: &str) -> String {
    let unfolded = mail.source.replace("\r\n ", " ");
    let found = unfolded.lines().take_while(|line| !line.is_empty()).find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        (found == name).then(|| value.to_owned())
    });
    found.unwrap_or_else(|| panic!("no {name} in {}", mail.source))
}
