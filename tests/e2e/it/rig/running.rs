//! The program while it runs.

use std::{sync::Arc, time::Duration};

use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

use super::{finished::Finished, secrets::Secrets};

/// No call of these tests takes longer, unless something hangs for good. A channel may take a minute.
pub(super) const LIMIT: Duration = Duration::from_secs(100);

/// A signal that a test sends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Signal {
    /// SIGINT, as Ctrl-C sends it.
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// SIGKILL, of which the program learns nothing.
    Kill,
}

/// A process, killed when it is dropped.
pub(crate) struct Running {
    line: String,
    child: Child,
    stdout: Stream,
    stderr: Stream,
    secrets: Secrets,
    /// Kept for as long as the process may read its settings.
    home: Arc<TempDir>,
}

impl Running {
    pub(super) fn new(line: String, mut child: Child, stdin: Vec<u8>, secrets: Secrets, home: Arc<TempDir>) -> Self {
        let mut pipe = child.stdin.take().unwrap();
        // A program that does not read is no failure of the test.
        tokio::spawn(async move { pipe.write_all(&stdin).await.ok() });
        let stdout = Stream::read(child.stdout.take().unwrap());
        let stderr = Stream::read(child.stderr.take().unwrap());
        Self { line, child, stdout, stderr, secrets, home }
    }

    /// Waits until standard error holds the text.
    pub(crate) async fn says(&mut self, text: &str) {
        until_written(&mut self.stderr.text, text).await;
    }

    /// Sends the signal.
    pub(crate) async fn signal(&self, signal: Signal) {
        let name = match signal {
            Signal::Interrupt => "-INT",
            Signal::Terminate => "-TERM",
            Signal::Kill => "-KILL",
        };
        let id = self.child.id().unwrap().to_string();
        let sent = Command::new("kill").args([name, &id]).status().await.unwrap();
        assert!(sent.success());
    }

    /// Waits for its end, but kills it without warning if the moment comes first; `None` then.
    pub(crate) async fn finish_unless(mut self, moment: impl Future<Output = ()>) -> Option<Finished> {
        let is_over = tokio::select! {
            _ = self.child.wait() => true,
            () = moment => false,
        };
        if !is_over {
            self.signal(Signal::Kill).await;
        }
        let finished = self.finish().await;
        is_over.then_some(finished)
    }

    /// Stops reading its standard output, which breaks the pipe.
    pub(super) async fn close_stdout(&mut self) {
        self.stdout.close().await;
    }

    /// Waits for its end, and makes sure that it told no secret.
    pub(crate) async fn finish(self) -> Finished {
        let secrets = self.secrets.clone();
        let finished = self.end().await;
        secrets.check(&finished.line, &[&finished.stdout, &finished.stderr]);
        finished
    }

    /// Waits for its end alone.
    pub(crate) async fn end(mut self) -> Finished {
        let Ok(status) = timeout(LIMIT, self.child.wait()).await else {
            panic!("`{}` did not end within {LIMIT:?}: {}", self.line, self.so_far());
        };
        let (stdout, stderr) = (self.stdout.whole().await, self.stderr.whole().await);
        Finished::new(self.line, status.unwrap(), stdout, stderr, self.home.path())
    }

    fn so_far(&self) -> String {
        format!("--- stdout\n{}\n--- stderr\n{}", *self.stdout.text.borrow(), *self.stderr.text.borrow())
    }
}

/// Waits until an output holds the text.
pub(super) async fn until_written(output: &mut watch::Receiver<String>, text: &str) {
    let found = matches!(timeout(LIMIT, output.wait_for(|output| output.contains(text))).await, Ok(Ok(_)));
    assert!(found, "{text:?} was never written, but {}", *output.borrow());
}

/// One output, read as it comes.
struct Stream {
    text: watch::Receiver<String>,
    reader: JoinHandle<()>,
}

impl Stream {
    fn read(mut source: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let (sender, text) = watch::channel(String::new());
        let reader = tokio::spawn(async move {
            let mut bytes = Vec::new();
            while source.read_buf(&mut bytes).await.unwrap() > 0 {
                sender.send_replace(String::from_utf8_lossy(&bytes).into_owned());
            }
            String::from_utf8(bytes).expect("the program writes UTF-8");
        });
        Self { text, reader }
    }

    async fn close(&mut self) {
        self.reader.abort();
        assert!((&mut self.reader).await.unwrap_err().is_cancelled());
        self.reader = tokio::spawn(async {});
    }

    async fn whole(&mut self) -> String {
        (&mut self.reader).await.unwrap();
        self.text.borrow().clone()
    }
}
