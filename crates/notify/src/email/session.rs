//! One conversation with a mail server.

use std::time::Duration;

use lettre::{
    Address,
    transport::smtp::{
        authentication::DEFAULT_MECHANISMS,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Noop, Rcpt},
        extension::ClientId,
    },
};
use tokio::time::timeout;

use super::{
    failure::Failure,
    fate::{Answer, Fate, Refusal},
    relay::Relay,
    server::SmtpTls,
};

/// A server need not be waited for once it has said what it does with the mail.
const FAREWELL: Duration = Duration::from_secs(1);

/// A connection that is secured and logged in.
pub(super) struct Session<'a> {
    connection: AsyncSmtpConnection,
    relay: &'a Relay,
}

impl<'a> Session<'a> {
    /// Connects afresh: a connection that was kept could be one reply behind after a send that was cut short.
    pub(super) async fn open(relay: &'a Relay) -> Result<Self, Failure> {
        let (address, hello) = ((relay.server.host.as_str(), relay.server.port), ClientId::default());
        let (implicit, later) = match relay.server.tls {
            SmtpTls::Implicit => (relay.tls.clone(), None),
            SmtpTls::StartTls => (None, relay.tls.clone()),
            SmtpTls::Plain => (None, None),
        };
        let connecting =
            AsyncSmtpConnection::connect_tokio1(address, Some(relay.timeout), &hello, implicit, None).await;
        let mut connection = connecting.map_err(|e| Failure::new("cannot connect to", relay, &e))?;
        if let Some(tls) = later {
            let securing = connection.starttls(tls, &hello).await;
            securing.map_err(|e| Failure::new("cannot secure the connection to", relay, &e))?;
        }
        let mut session = Self { connection, relay };
        session.log_in().await?;
        Ok(session)
    }

    async fn log_in(&mut self) -> Result<(), Failure> {
        let Some(credentials) = self.relay.credentials() else {
            return Ok(());
        };
        let login = self.connection.auth(DEFAULT_MECHANISMS, &credentials).await;
        login.map(drop).map_err(|e| Failure::new("cannot log in at", self.relay, &e))
    }

    /// Proves that the server listens.
    pub(super) async fn noop(&mut self) -> Result<(), Failure> {
        let answer = self.connection.command(Noop).await;
        answer.map(drop).map_err(|e| Failure::new("no good answer to NOOP from", self.relay, &e))
    }

    /// Hands over one mail for all of `to` and says what became of each. Fails where nothing can be said of single
    /// ones: the sender was refused, or the connection broke.
    pub(super) async fn send(&mut self, from: &Address, to: Vec<Address>, mail: &[u8]) -> Result<Vec<Fate>, Failure> {
        let sender = self.connection.command(Mail::new(Some(from.clone()), vec![])).await;
        sender.map_err(|e| Failure::new(&format!("{from} may not send through"), self.relay, &e))?;
        let (mut accepted, mut fates) = (Vec::new(), Vec::new());
        for address in to {
            match self.ask(&address).await? {
                Ok(()) => accepted.push(address),
                Err(refusal) => fates.push(Fate { address, answer: Err(refusal) }),
            }
        }
        if !accepted.is_empty() {
            let answer = self.content(mail).await?;
            let same = |address| Fate { address, answer: answer.clone() };
            fates.extend(accepted.into_iter().map(same));
        }
        Ok(fates)
    }

    async fn ask(&mut self, recipient: &Address) -> Result<Answer, Failure> {
        match self.connection.command(Rcpt::new(recipient.clone(), vec![])).await {
            Ok(_) => Ok(Ok(())),
            Err(error) => Refusal::of(&error, self.relay).map(Err),
        }
    }

    /// Sends the mail itself to those who were accepted; only 250 means that the server has taken it over.
    async fn content(&mut self, mail: &[u8]) -> Result<Answer, Failure> {
        let ready = self.connection.command(Data).await;
        let taken = match ready {
            Ok(_) => self.connection.message(mail).await,
            Err(error) => Err(error),
        };
        match taken {
            Ok(answer) if answer.has_code(250) => Ok(Ok(())),
            Ok(answer) => Err(Failure::unexpected(answer.code(), self.relay)),
            Err(error) => Refusal::of(&error, self.relay).map(Err),
        }
    }

    /// Takes leave; what the server says to it changes nothing.
    pub(super) async fn close(mut self) {
        let _ = timeout(FAREWELL, self.connection.quit()).await;
    }
}
