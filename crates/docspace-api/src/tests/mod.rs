//! Whole calls against a scripted server: what is sent, how often, and what is made of the answer.

mod account;
mod changes;
mod downloads;
mod effects;
mod files;
mod limits;
mod network;
mod operations;
mod redirects;
mod request;
mod restores;
mod retries;
mod scripted;
mod secrets;
mod surface;
mod unsupported;

use crate::{Address, ApiError, BackupTarget, ClientOptions, Credential, PlainHttp, Portal, Scope, StartBackup};

const KEY: &str = "sk-0123456789abcdef";

/// A portal at `base`, called with the defaults.
fn portal(base: &str) -> Portal {
    portal_with(base, ClientOptions::default())
}

fn portal_with(base: &str, options: ClientOptions) -> Portal {
    let address = Address::parse(base, PlainHttp::Allowed).unwrap();
    let options = ClientOptions { proxy: crate::Proxy::None, ..options };
    Portal::new(address, Credential::parse(KEY).unwrap(), options).unwrap()
}

fn order() -> StartBackup {
    StartBackup { target: BackupTarget::DataStore, scope: Scope::Portal }
}

/// Kind and tries, in one line.
fn told<T: std::fmt::Debug>(result: &Result<T, ApiError>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("{:?} after {}", error.kind(), error.attempts()),
    }
}

/// The error and all its causes, as a program prints them.
fn chain(error: &ApiError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Seconds on the test's clock since `start`.
fn since(start: tokio::time::Instant) -> f64 {
    start.elapsed().as_secs_f64()
}
