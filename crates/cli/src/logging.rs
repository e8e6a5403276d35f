//! The log on standard error: nothing by default, operations with `-v`, every request with `-vv`, anything with `RUST_LOG`.

use std::io;

use tracing_subscriber::EnvFilter;

use crate::settings::{Talk, Volume};

/// Sets the log up for this process.
pub(crate) fn set_up(talk: &Talk) {
    let filter = talk.log_filter.as_deref().unwrap_or(match talk.volume {
        Volume::Quiet | Volume::Normal => return,
        Volume::Verbose => "docspace_api=info,backup_core=info,notify=info,cli=info",
        Volume::Debug => "docspace_api=debug,backup_core=debug,notify=debug,cli=debug",
    });
    let subscriber = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(filter)).with_writer(io::stderr);
    // An error says that a log is set up already, as in a test of this library.
    let _ = subscriber.with_ansi(false).try_init();
}
