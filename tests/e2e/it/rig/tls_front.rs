//! TLS in front of a mock portal, as a web server has it there.

use std::net::SocketAddr;

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

use super::certificate::Certificate;

/// A server on `127.0.0.1` that runs until it is dropped, and passes everything on.
pub(crate) struct TlsFront {
    port: u16,
    ca_pem: String,
    task: JoinHandle<()>,
}

impl TlsFront {
    /// Starts it with that certificate before the server at the address.
    pub(crate) async fn before(server: SocketAddr, certificate: Certificate) -> Self {
        let (ca_pem, acceptor) = certificate.issue();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let task = tokio::spawn(accept(listener, acceptor, server));
        Self { port, ca_pem, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, server: SocketAddr) {
    let mut connections = JoinSet::new(); // ends them when the front is dropped
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        connections.spawn(async move {
            // A client that trusts nobody leaves here.
            let mut outside = acceptor.accept(stream).await.ok()?;
            let mut inside = TcpStream::connect(server).await.ok()?;
            copy_bidirectional(&mut outside, &mut inside).await.ok()
        });
    }
}
