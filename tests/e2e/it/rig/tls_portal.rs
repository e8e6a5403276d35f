//! An idle portal behind TLS, with a certificate of its own authority.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use super::certificate::Certificate;

const IDLE: &str = r#"{"count":0,"links":[],"status":0,"statusCode":200}"#;

/// A server on `127.0.0.1` that runs until it is dropped, and says of every slot that it is empty.
pub(crate) struct TlsPortal {
    port: u16,
    ca_pem: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

/// Starts it with a certificate for that name.
pub(crate) async fn tls_portal(name: &'static str) -> TlsPortal {
    let (ca_pem, acceptor) = Certificate::For(name).issue();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let requests = Arc::new(Mutex::new(Vec::new()));
    let task = tokio::spawn(serve(listener, acceptor, Arc::clone(&requests)));
    TlsPortal { port, ca_pem, requests, task }
}

impl TlsPortal {
    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The first line of every request for the progress that came through the TLS.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for TlsPortal {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, requests: Arc<Mutex<Vec<String>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let Ok(mut stream) = acceptor.accept(stream).await else { continue };
        let mut head = [0; 8192];
        let length = stream.read(&mut head).await.unwrap_or_default();
        let head = String::from_utf8_lossy(&head[..length]).into_owned();
        requests.lock().unwrap().extend(head.lines().next().map(str::to_owned));
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{IDLE}",
            IDLE.len()
        );
        // A client that has left is judged by what it tells.
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
    }
}
