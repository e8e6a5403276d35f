//! Ctrl-C and SIGTERM: the first ends the waiting in order, the second the program at once.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use crate::{console::Console, exit_code::ExitCode};

/// Who asks to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// SIGINT: somebody at the terminal, most often.
    Interrupt,
    /// SIGTERM: the system.
    Terminate,
}

impl Signal {
    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Self::Interrupt => ExitCode::Interrupted,
            Self::Terminate => ExitCode::Terminated,
        }
    }
}

/// Listens for as long as it lives.
#[derive(Debug)]
pub(crate) struct Signals {
    /// Cancelled by the first signal.
    pub(crate) stop: CancellationToken,
    first: Arc<OnceLock<Signal>>,
}

impl Signals {
    /// Takes the signals over from the system, which would end the program without a word.
    pub(crate) fn listen(console: &Console) -> Self {
        let signals = Self { stop: CancellationToken::new(), first: Arc::default() };
        tokio::spawn(watch(signals.stop.clone(), Arc::clone(&signals.first), console.clone()));
        signals
    }

    /// The result of some work, or `None` if a signal came first.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            () = self.stop.cancelled() => None,
            result = work => Some(result),
        }
    }

    /// The signal that came, if one did.
    pub(crate) fn received(&self) -> Option<Signal> {
        self.first.get().copied()
    }
}

async fn watch(stop: CancellationToken, first: Arc<OnceLock<Signal>>, console: Console) {
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else { return };
    loop {
        let signal = tokio::select! {
            Ok(()) = tokio::signal::ctrl_c() => Signal::Interrupt,
            Some(()) = terminate.recv() => Signal::Terminate,
            else => return,
        };
        if first.set(signal).is_err() {
            std::process::exit(signal.exit_code().number().into());
        }
        console.talk("stopping; once more ends the program at once");
        stop.cancel();
    }
}
