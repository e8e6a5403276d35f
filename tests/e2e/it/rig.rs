//! What every test stands on: the program as a process, and the servers that it talks to.

mod certificate;
mod channels;
mod finished;
mod mail;
mod program;
mod redact;
mod running;
mod secrets;
mod services;
mod signature;
mod sink;
mod stage;
mod terminal;
mod tls_front;
mod tls_portal;

pub(crate) use certificate::Certificate;
pub(crate) use channels::SIGNING_SECRET;
pub(crate) use finished::Finished;
pub(crate) use mail::{mail_server, part};
pub(crate) use program::Program;
pub(crate) use redact::redact;
pub(crate) use running::Signal;
pub(crate) use services::Service;
pub(crate) use signature::is_signed_with;
pub(crate) use sink::{Reply, Sink};
pub(crate) use stage::{job, portal, portal_of};
pub(crate) use terminal::Terminal;
pub(crate) use tls_front::TlsFront;
pub(crate) use tls_portal::tls_portal;
