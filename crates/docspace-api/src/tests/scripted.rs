//! A server that gives one planned answer to each call, and fails the test if there were more calls or fewer.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// What the server does once it has read a call.
#[derive(Clone)]
pub(super) enum Turn {
    /// Writes the bytes and closes.
    Write(Vec<u8>),
    /// Writes the bytes and breaks the connection off.
    WriteThenReset(Vec<u8>),
    /// Writes the bytes, then the last one of them once a second without end.
    Drip(Vec<u8>),
    /// Writes the bytes and falls silent.
    WriteThenHang(Vec<u8>),
    /// Does what the call makes of it.
    By(fn(&str) -> Turn),
}

impl Turn {
    /// A whole answer with this status and body.
    pub(super) fn answer(status: u16, body: &str) -> Self {
        Self::with_headers(status, "", body.as_bytes())
    }

    /// A whole answer; each of the `headers` ends with a line break.
    pub(super) fn with_headers(status: u16, headers: &str, body: &[u8]) -> Self {
        let length = body.len();
        let mut bytes = head(status, &format!("{headers}content-length: {length}\r\n"));
        bytes.extend_from_slice(body);
        Self::Write(bytes)
    }

    /// A success with this `response`.
    pub(super) fn response(json: &str) -> Self {
        Self::answer(200, &format!(r#"{{"response":{json},"count":1,"status":0,"statusCode":200}}"#))
    }
}

/// The status line and headers, up to and with the empty line.
pub(super) fn head(status: u16, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Scripted\r\nconnection: close\r\n{headers}\r\n").into_bytes()
}

#[derive(Default)]
struct Seen {
    turns: VecDeque<Turn>,
    calls: Vec<String>,
    unplanned: usize,
}

/// The running server; [`finish`](Self::finish) must be called, or the test fails.
pub(super) struct Scripted {
    base: String,
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
    finished: bool,
}

impl Scripted {
    pub(super) async fn start(turns: impl IntoIterator<Item = Turn>) -> Self {
        Self::listen(turns, None).await
    }

    pub(super) async fn start_tls(turns: impl IntoIterator<Item = Turn>, tls: TlsAcceptor) -> Self {
        Self::listen(turns, Some(tls)).await
    }

    async fn listen(turns: impl IntoIterator<Item = Turn>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let base = format!("{scheme}://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen { turns: turns.into_iter().collect(), ..Seen::default() }));
        let task = tokio::spawn(serve(listener, tls, Arc::clone(&seen)));
        Self { base, seen, task, finished: false }
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The calls as they came, head and body.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.finished = true;
        self.task.abort();
        let mut seen = self.seen.lock().unwrap();
        assert_eq!((seen.unplanned, seen.turns.len()), (0, 0), "unplanned calls, unused answers");
        std::mem::take(&mut seen.calls)
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        assert!(self.finished || std::thread::panicking(), "the script was never checked: call finish()");
    }
}

async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, seen: Arc<Mutex<Seen>>) {
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let seen = Arc::clone(&seen);
        match tls.clone() {
            Some(tls) => conversations.spawn(async move { converse(tls.accept(stream).await?, seen).await }),
            None => conversations.spawn(converse(stream, seen)),
        };
    }
}

/// A connection, plain or TLS.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {
    fn tcp(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Stream for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

async fn converse(mut stream: impl Stream, seen: Arc<Mutex<Seen>>) -> io::Result<()> {
    let call = read_call(&mut stream).await?;
    match next_turn(&seen, call) {
        None => Ok(()),
        Some(Turn::Write(bytes)) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Some(Turn::WriteThenReset(bytes)) => {
            stream.write_all(&bytes).await?;
            stream.tcp().set_zero_linger()
        }
        Some(Turn::By(_)) => unreachable!("the choice of a call is a turn that writes"),
        Some(Turn::WriteThenHang(bytes)) => {
            stream.write_all(&bytes).await?;
            std::future::pending().await
        }
        Some(Turn::Drip(bytes)) => {
            stream.write_all(&bytes).await?;
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                stream.write_all(bytes.last().map_or(b" ", std::slice::from_ref)).await?;
            }
        }
    }
}

fn next_turn(seen: &Mutex<Seen>, call: String) -> Option<Turn> {
    let mut seen = seen.lock().unwrap();
    let turn = match seen.turns.pop_front() {
        Some(Turn::By(choose)) => Some(choose(&call)),
        turn => turn,
    };
    seen.calls.push(call);
    seen.unplanned += usize::from(turn.is_none());
    turn
}

async fn read_call(stream: &mut impl Stream) -> io::Result<String> {
    let mut call = String::new();
    while !is_whole(&call) {
        let mut buffer = [0; 4096];
        match stream.read(&mut buffer).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => call.push_str(&String::from_utf8_lossy(&buffer[..length])),
        }
    }
    Ok(call)
}

fn is_whole(call: &str) -> bool {
    let Some((head, body)) = call.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_none_or(|length| length.parse().is_ok_and(|length: usize| body.len() >= length))
}
