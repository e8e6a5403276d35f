//! The log on standard error: what went wrong by default, a line for each call and each notice with `-v`, what the HTTP client
//! does for it with `-vv`, anything with `RUST_LOG`.

use std::io;

use tracing_subscriber::EnvFilter;

use crate::settings::{Talk, Volume};

/// Sets the log up for this process.
pub(crate) fn set_up(talk: &Talk) {
    let filter = talk.log_filter.as_deref().unwrap_or(match talk.volume {
        Volume::Quiet => return,
        Volume::Normal => "docspace_api=warn,notify=warn,cli=warn",
        Volume::Verbose => "docspace_api=debug,notify=debug,cli=debug",
        Volume::Debug => "docspace_api=debug,notify=debug,cli=debug,reqwest=debug,reqwest_retry=debug,hyper_util=debug",
    });
    let subscriber = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(filter)).with_writer(io::stderr);
    // An error says that a log is set up already, as in a test of this library.
    let _ = subscriber.with_ansi(false).try_init();
}
