//! The other side of a webhook, for tests: it keeps what comes and answers as it was told.

use std::{
    error::Error,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
};
use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

use super::{HttpSettings, Proxy};
use crate::{Notice, Notifier, test_servers::certificate::authority};

/// The secret part of every sink's address.
pub(crate) const PATH: &str = "/services/T0/B0/secretpart";

/// One answer: status, `Retry-After` or `Location` if not empty, body.
pub(crate) type Reply = (u16, &'static str, &'static str);

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// What follows the `?`; empty without one.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A server on `127.0.0.1` that runs until it is dropped.
pub(crate) struct Sink {
    pub(crate) port: u16,
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Script {
    replies: Vec<Reply>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Sink {
    /// Gives each reply once and the last one from then on.
    pub(crate) async fn start(replies: &[Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Script { replies: replies.to_vec(), received: Arc::default() };
        let received = Arc::clone(&script.received);
        let router = Router::new().fallback(answer).with_state(script);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { port, received, task }
    }

    /// Ends the server, and returns once its port refuses connections.
    pub(crate) async fn stop(mut self) {
        self.task.abort();
        assert!((&mut self.task).await.unwrap_err().is_cancelled());
    }

    pub(crate) fn url(&self) -> SecretString {
        format!("http://127.0.0.1:{}{PATH}", self.port).into()
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    State(script): State<Script>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(&'static str, &'static str); 2], &'static str) {
    let body = String::from_utf8(body.to_vec()).unwrap();
    let mut received = script.received.lock().unwrap();
    let (status, hint, text) = script.replies[received.len().min(script.replies.len() - 1)];
    let (path, query) = (uri.path().to_owned(), uri.query().unwrap_or_default().to_owned());
    received.push(Received { method, path, query, headers, body });
    (StatusCode::from_u16(status).unwrap(), [("retry-after", hint), ("location", hint)], text)
}

/// How one delivery ends, as a person would see it: `delivered`, or error, cause and kind.
pub(crate) async fn outcome(notifier: &dyn Notifier, notice: &Notice) -> String {
    let Err(error) = notifier.deliver(notice).await else { return "delivered".into() };
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{error}{cause} {:?}", error.kind())
}

/// Settings that no proxy of the environment disturbs.
pub(crate) fn direct() -> HttpSettings {
    HttpSettings { proxy: Proxy::Direct, ..HttpSettings::default() }
}

/// A server with a certificate for `host` that answers 200 to whatever it is asked: its port, and the authority to
/// trust.
pub(crate) async fn tls_sink(host: &str) -> (u16, String) {
    let (ca_pem, acceptor) = authority(&[host]).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    (port, ca_pem)
}
