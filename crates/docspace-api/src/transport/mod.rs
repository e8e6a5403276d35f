//! Sending: one call with its tries, limits and failures. What the answers mean is not known here.

mod answer;
mod client;
mod connection;
mod course;
mod download;
mod extent;
mod failure;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod redirect;
mod refusal;
mod retry;
mod retry_after;
mod text;

pub use client::SetupError;
pub(crate) use client::{Auth, Call, Client};
pub(crate) use download::{Fetch, Opened};
pub(crate) use failure::Detail;
pub(crate) use text::{is_invisible, message, one_line};

/// What came back with a status of success.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// How often the request was sent for it.
    pub(crate) attempts: u32,
    pub(crate) body: bytes::Bytes,
}
