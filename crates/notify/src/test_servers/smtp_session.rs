//! One client of the mail server.

use std::{future::pending, io, mem};

use base64::{Engine, engine::general_purpose::STANDARD};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::smtp::{Fault, ReceivedMail, Security, State};

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Talks to one client until it leaves.
pub(super) async fn serve(stream: TcpStream, state: &State) -> io::Result<()> {
    let implicit = state.security == Security::Implicit;
    let stream: Box<dyn Stream> = match implicit {
        true => Box::new(state.acceptor.accept(stream).await?),
        false => Box::new(stream),
    };
    let mut session = Session {
        state,
        stream: BufReader::new(stream),
        encrypted: implicit,
        logged_in: state.login.is_none(),
        from: String::new(),
        to: Vec::new(),
    };
    session.run().await
}

struct Session<'a> {
    state: &'a State,
    stream: BufReader<Box<dyn Stream>>,
    encrypted: bool,
    logged_in: bool,
    from: String,
    to: Vec<String>,
}

impl Session<'_> {
    async fn run(&mut self) -> io::Result<()> {
        let mut command = "CONNECT".to_owned();
        loop {
            self.state.seen().commands.push(command.clone());
            match self.state.fault(&command) {
                Some(Fault::Answer(line)) => self.say(line).await?,
                Some(Fault::Drop) => return Ok(()),
                Some(Fault::Hang) => pending().await,
                None => self.obey(&command).await?,
            }
            command = match self.line().await? {
                Some(line) if command != "QUIT" => line,
                _ => return Ok(()),
            };
        }
    }

    async fn obey(&mut self, command: &str) -> io::Result<()> {
        let word = command.split([' ', ':']).next().unwrap_or_default();
        match word {
            "CONNECT" => self.say("220 test server").await,
            "EHLO" => self.say(&self.abilities()).await,
            "STARTTLS" => self.start_tls().await,
            "AUTH" => self.log_in(command).await,
            "MAIL" if !self.may_send() => self.say("530 5.7.0 secure the connection and log in first").await,
            "MAIL" => {
                self.from = address(command);
                self.to.clear();
                self.say("250 2.1.0 sender ok").await
            }
            "RCPT" => {
                self.to.push(address(command));
                self.say("250 2.1.5 recipient ok").await
            }
            "DATA" => self.take_mail().await,
            "NOOP" => self.say("250 2.0.0 here").await,
            "QUIT" => self.say("221 2.0.0 bye").await,
            _ => self.say("502 5.5.2 unknown command").await,
        }
    }

    fn abilities(&self) -> String {
        match (self.state.security, self.encrypted) {
            (Security::StartTls, false) => "250-localhost\r\n250 STARTTLS".into(),
            _ => "250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN".into(),
        }
    }

    fn may_send(&self) -> bool {
        self.logged_in && (self.encrypted || self.state.security == Security::Plain)
    }

    async fn start_tls(&mut self) -> io::Result<()> {
        self.say("220 2.0.0 go on").await?;
        let (nothing, _) = tokio::io::duplex(1);
        let plain = mem::replace(&mut self.stream, BufReader::new(Box::new(nothing)));
        self.stream = BufReader::new(Box::new(self.state.acceptor.accept(plain.into_inner()).await?));
        self.encrypted = true;
        Ok(())
    }

    async fn log_in(&mut self, command: &str) -> io::Result<()> {
        let expected =
            self.state.login.as_ref().map(|(user, password)| STANDARD.encode(format!("\0{user}\0{password}")));
        let given = command.strip_prefix("AUTH PLAIN ").map(str::to_owned);
        self.logged_in = given.is_some() && given == expected;
        let answer = if self.logged_in { "235 2.7.0 welcome" } else { "535 5.7.8 bad user or password" };
        self.say(answer).await
    }

    async fn take_mail(&mut self) -> io::Result<()> {
        self.say("354 end with a dot").await?;
        let Some(source) = self.source().await? else {
            return Err(io::ErrorKind::ConnectionAborted.into());
        };
        match self.state.fault(".") {
            Some(Fault::Answer(line)) => self.say(line).await,
            Some(Fault::Drop) => Err(io::ErrorKind::ConnectionAborted.into()),
            Some(Fault::Hang) => pending().await,
            None => {
                self.keep(source);
                self.say("250 2.0.0 taken").await
            }
        }
    }

    /// The mail up to the dot; `None` when the client went away before it.
    async fn source(&mut self) -> io::Result<Option<String>> {
        let mut source = String::new();
        while let Some(line) = self.line().await? {
            if line == "." {
                return Ok(Some(source));
            }
            source.push_str(line.strip_prefix('.').unwrap_or(&line));
            source.push_str("\r\n");
        }
        Ok(None)
    }

    fn keep(&mut self, source: String) {
        self.state.seen().mails.push(ReceivedMail {
            from: self.from.clone(),
            to: self.to.clone(),
            source,
            encrypted: self.encrypted,
        });
    }

    /// The next line without its end; `None` when the client is gone.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).await?;
        Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    async fn say(&mut self, lines: &str) -> io::Result<()> {
        self.stream.write_all(format!("{lines}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }
}

/// What stands between the angle brackets.
fn address(command: &str) -> String {
    let inner = command.split(['<', '>']).nth(1);
    inner.unwrap_or_default().to_owned()
}
