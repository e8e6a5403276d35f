//! What a scenario is played on: a portal, those who are told, and a program in a home of its own.

use std::fs;

use mock_portal::{Credentials, DEMO_KEY, Fault, MockPortal};
use notify::test_servers::SmtpServer;
use tokio::net::TcpListener;

use super::scenario::{Channel, JournalFolder, Scenario, Way};
use crate::rig::{Program, Sink, TlsFront, mail_server};

/// The journal, below the program's home.
const JOURNAL: &str = "state/docspace-backup/journal.db";

pub(super) struct Stage {
    pub(super) portal: MockPortal,
    pub(super) program: Program,
    pub(super) hook: Option<Sink>,
    slack: Option<Sink>,
    mail: Vec<SmtpServer>,
    front: Option<TlsFront>,
    /// Where redirects lead.
    elsewhere: Option<MockPortal>,
}

impl Stage {
    pub(super) async fn set(scenario: &Scenario) -> Self {
        let portal = MockPortal::start(scenario.config.clone()).await;
        let program = Program::of(&portal);
        let mut stage =
            Self { portal, program, hook: None, slack: None, mail: Vec::new(), front: None, elsewhere: None };
        stage = stage.reached(scenario.way).await;
        for channel in &scenario.channels {
            stage = stage.with(channel).await;
        }
        scenario.set_up.iter().for_each(|set_up| set_up(&stage.portal));
        stage.keeping(scenario.journal)
    }

    async fn reached(mut self, way: Way) -> Self {
        let address = match way {
            Way::Direct => return self,
            Way::Refused => format!("http://127.0.0.1:{}", dead_port().await),
            Way::NoSuchName => "https://nonexistent.invalid".to_owned(),
            Way::Tls(certificate) | Way::UntrustedTls(certificate) => {
                let front = TlsFront::before(self.portal.address(), certificate).await;
                let address = front.url();
                if matches!(way, Way::Tls(_)) {
                    let ca = self.program.path("ca.pem").display().to_string();
                    self.program = self.program.file("ca.pem", front.ca_pem()).env("SSL_CERT_FILE", &ca);
                }
                self.front = Some(front);
                address
            }
            Way::Redirected(operation) => {
                let elsewhere = MockPortal::start(Default::default()).await;
                let target = format!("http://localhost:{}/api/2.0/backup/", elsewhere.address().port());
                let fault = operation.map_or_else(Fault::on_any, Fault::on);
                self.portal.inject(fault.always().redirect(&format!("{target}getbackupprogress")));
                self.elsewhere = Some(elsewhere);
                self.portal.url()
            }
        };
        self.program = self.program.env("DOCSPACE_API_HOST", &address);
        self
    }

    async fn with(self, channel: &Channel) -> Self {
        const TO: [&str; 2] = ["admin@example.com", "second@example.com"];
        match channel {
            Channel::Mail(faults) => {
                let server = faults
                    .iter()
                    .fold(mail_server(), |server, (command, fault, times)| server.fault_times(command, *fault, *times))
                    .start()
                    .await
                    .unwrap();
                let program = self.program.with_mail(&server, &TO);
                Self { program, mail: vec![server], ..self }
            }
            Channel::LockedMail => {
                let server = mail_server().login("backup", "another password").start().await.unwrap();
                let program = self.program.with_mail(&server, &TO);
                Self { program, mail: vec![server], ..self }
            }
            Channel::UntrustedMail => {
                let (server, other) = (mail_server().start().await.unwrap(), mail_server().start().await.unwrap());
                let program = self.program.with_mail(&server, &TO);
                let program = program.file("config/docspace-backup/ca.pem", other.ca_pem());
                Self { program, mail: vec![server], ..self }
            }
            Channel::DeadMail => {
                let server = mail_server().start().await.unwrap();
                let program = self.program.file("config/docspace-backup/ca.pem", server.ca_pem());
                let program = program.with_mail_at(dead_port().await, &TO);
                Self { program, ..self }
            }
            Channel::Slack(replies) => {
                let sink = Sink::playing(replies.clone()).await;
                Self { program: self.program.with_slack(&sink), slack: Some(sink), ..self }
            }
            Channel::Webhook(replies) => {
                let sink = Sink::playing(replies.clone()).await;
                Self { program: self.program.with_webhook(&sink), hook: Some(sink), ..self }
            }
        }
    }

    fn keeping(mut self, journal: JournalFolder) -> Self {
        match journal {
            JournalFolder::Fine => {}
            JournalFolder::Damaged => self.damage_journal(),
            JournalFolder::Full(blocks) => self.program = self.program.largest_file(blocks),
            JournalFolder::BelowAFile => {
                let below = self.program.path("file/state").display().to_string();
                self.program = self.program.file("file", "").env("XDG_STATE_HOME", &below);
            }
        }
        self
    }

    pub(super) fn damage_journal(&self) {
        let journal = self.program.path(JOURNAL);
        fs::create_dir_all(journal.parent().unwrap()).unwrap();
        fs::write(journal, "no database, but text of a length that a page has ".repeat(400)).unwrap();
    }

    /// How many secrets are where none may be: in what was written here, in the journal, with those who were told, in
    /// the addresses that the portal was asked for, and at a host to which the portal redirects.
    pub(super) fn secrets(&self, written: &str) -> usize {
        let mut places: Vec<Vec<u8>> = vec![written.into()];
        places.extend(self.portal.calls().iter().map(|call| format!("{} {:?}", call.path, call.query).into_bytes()));
        places.extend(files_below(&self.program.path("state")));
        places.extend(self.mail.iter().flat_map(SmtpServer::mails).map(|mail| mail.source.into_bytes()));
        let posts = [&self.hook, &self.slack].into_iter().flatten().flat_map(Sink::posts);
        places.extend(posts.map(|post| format!("{:?} {}", post.headers, post.body).into_bytes()));
        let strayed = self.elsewhere.iter().flat_map(MockPortal::calls);
        let strayed = strayed.filter(|call| call.credentials != Credentials::Absent).count();
        strayed + places.iter().map(|place| self.program.secrets.found_in(place)).sum::<usize>()
    }
}

/// What is in every file there, raw.
fn files_below(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| match path.is_dir() {
        true => files_below(&path),
        false => vec![fs::read(path).unwrap()],
    };
    entries.flat_map(read).collect()
}

/// A port at which nobody listens.
async fn dead_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn a_secret_in_the_journal_is_found() {
    use super::scenario::{Fine, row};
    let stage = Stage::set(&row("", "run", Fine, ("", 0, 0, 0))).await;
    assert_eq!(stage.secrets("fine"), 0);
    assert_eq!(stage.secrets(DEMO_KEY), 1);
    fs::create_dir_all(stage.program.path("state/docspace-backup")).unwrap();
    fs::write(stage.program.path(JOURNAL), [&[0, 200], DEMO_KEY.as_bytes(), &[7]].concat()).unwrap();
    assert_eq!(stage.secrets("fine"), 1);
}
