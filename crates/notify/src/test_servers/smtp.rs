//! A mail server that keeps what it is given and misbehaves when told to.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{net::TcpListener, task::JoinHandle};
use tokio_rustls::TlsAcceptor;

use super::{certificate::authority, smtp_session};

/// How clients reach the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// In plain text; STARTTLS is not offered.
    Plain,
    /// In plain text, with STARTTLS on offer; login and mail only after it.
    StartTls,
    /// TLS from the first byte.
    Implicit,
}

/// What the server does instead of its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Answers with this line, code first.
    Answer(&'static str),
    /// Closes the connection without a word.
    Drop,
    /// Says nothing more and keeps the connection open.
    Hang,
}

/// A mail as the server took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    /// The envelope's sender.
    pub from: String,
    /// The recipients that were accepted.
    pub to: Vec<String>,
    /// Headers and body, with `\r\n`, dots unstuffed.
    pub source: String,
    /// Whether it came over TLS.
    pub encrypted: bool,
}

/// What a server is to do, before it runs.
#[derive(Debug)]
pub struct SmtpServerBuilder {
    security: Security,
    login: Option<(String, String)>,
    faults: Vec<(String, Fault, u32)>,
}

impl SmtpServerBuilder {
    /// Takes mail only after this login, by `AUTH PLAIN`.
    #[must_use]
    pub fn login(self, user: &str, password: &str) -> Self {
        let login = Some((user.to_owned(), password.to_owned()));
        Self { login, ..self }
    }

    /// Acts so at every command that begins like this, `"RCPT TO:<gone@"` for example. The greeting counts as the
    /// command `"CONNECT"`, the end of a mail as `"."`.
    #[must_use]
    pub fn fault(self, command: &str, fault: Fault) -> Self {
        self.fault_times(command, fault, u32::MAX)
    }

    /// The same for the first `times` of such commands; later ones are served, or meet the next fault for them.
    #[must_use]
    pub fn fault_times(mut self, command: &str, fault: Fault, times: u32) -> Self {
        self.faults.push((command.to_owned(), fault, times));
        self
    }

    /// Listens on a free port of `127.0.0.1` until the server is dropped.
    ///
    /// # Errors
    ///
    /// When there is no port or no certificate.
    pub async fn start(self) -> io::Result<SmtpServer> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (ca_pem, acceptor) = authority(&["localhost", "127.0.0.1"])?;
        let state = Arc::new(State {
            security: self.security,
            login: self.login,
            acceptor,
            faults: Mutex::new(self.faults),
            seen: Mutex::default(),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&state)));
        Ok(SmtpServer { address, ca_pem, state, task })
    }
}

/// A mail server on `127.0.0.1` that runs until it is dropped.
#[derive(Debug)]
pub struct SmtpServer {
    address: SocketAddr,
    ca_pem: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl SmtpServer {
    /// A server that takes every mail from everybody; say more, then [`start`](SmtpServerBuilder::start) it.
    #[expect(clippy::new_ret_no_self, reason = "a server that does not run yet is its builder")]
    pub fn new(security: Security) -> SmtpServerBuilder {
        SmtpServerBuilder { security, login: None, faults: Vec::new() }
    }

    /// The port on `127.0.0.1`.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address as [`notify::SmtpServer::from_url`](crate::SmtpServer::from_url) reads it, with the login if there
    /// is one (which must need no percent signs).
    pub fn url(&self) -> String {
        let login = self.state.login.as_ref().map(|(user, password)| format!("{user}:{password}@")).unwrap_or_default();
        let (scheme, tls) = match self.state.security {
            Security::Plain => ("smtp", ""),
            Security::StartTls => ("smtp", "?tls=required"),
            Security::Implicit => ("smtps", ""),
        };
        format!("{scheme}://{login}{}{tls}", self.address)
    }

    /// The certificate authority to trust, as PEM.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The mails that were taken, oldest first.
    pub fn mails(&self) -> Vec<ReceivedMail> {
        self.state.seen().mails.clone()
    }

    /// Every command of every connection in the order in which they came, `CONNECT` for a new one.
    pub fn commands(&self) -> Vec<String> {
        self.state.seen().commands.clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What the server's connections share.
pub(super) struct State {
    pub(super) security: Security,
    pub(super) login: Option<(String, String)>,
    pub(super) acceptor: TlsAcceptor,
    faults: Mutex<Vec<(String, Fault, u32)>>,
    seen: Mutex<Seen>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("security", &self.security).finish_non_exhaustive()
    }
}

#[derive(Default)]
pub(super) struct Seen {
    pub(super) mails: Vec<ReceivedMail>,
    pub(super) commands: Vec<String>,
}

impl State {
    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fault for this command, which is then used up once.
    pub(super) fn fault(&self, command: &str) -> Option<Fault> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let due = faults.iter_mut().find(|(prefix, _, times)| *times > 0 && command.starts_with(prefix.as_str()));
        due.map(|(_, fault, times)| {
            *times -= 1;
            *fault
        })
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut sessions = tokio::task::JoinSet::new(); // ends its sessions when the server is dropped
    while let Ok((stream, _)) = listener.accept().await {
        // A client that goes away in the middle is what some tests are about.
        let state = Arc::clone(&state);
        sessions.spawn(async move { smtp_session::serve(stream, &state).await.ok() });
    }
}
