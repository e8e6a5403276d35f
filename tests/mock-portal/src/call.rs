//! The log of calls: what came, and what the caller got.

use std::fmt;
use std::time::Duration;

use crate::credentials::Credentials;
use crate::operation::Operation;

/// One call, as the portal saw it; neither the key nor the body is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Counts from 0 in the order of arrival.
    pub number: usize,
    /// The operation that method and path lead to.
    pub operation: Operation,
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, without its question mark.
    pub query: Option<String>,
    /// How the caller said who it is.
    pub credentials: Credentials,
    /// When it arrived, from the portal's start.
    pub at: Duration,
    /// What the caller got.
    pub reply: Reply,
    /// What happened at the portal, in words; empty when nothing is to be told.
    pub note: String,
}

/// How a call ended for its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The call is still being answered, or its caller left.
    Pending,
    /// A whole answer with this status.
    Status(u16),
    /// The connection was cut within an answer of this status.
    Cut(u16),
    /// The connection was reset before any answer.
    Reset,
    /// The connection was closed before any answer.
    Closed,
    /// No answer will ever come, or no more of it.
    Hanging,
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending => f.write_str("pending"),
            Self::Status(status) => write!(f, "{status}"),
            Self::Cut(status) => write!(f, "{status} cut"),
            Self::Reset => f.write_str("reset"),
            Self::Closed => f.write_str("closed"),
            Self::Hanging => f.write_str("hanging"),
        }
    }
}

/// One line without the time: method, path, reply, and what happened.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if let Some(query) = &self.query {
            write!(f, "?{query}")?;
        }
        write!(f, " -> {}", self.reply)?;
        if self.credentials != Credentials::Key {
            write!(f, " ({})", self.credentials)?;
        }
        if self.note.is_empty() { Ok(()) } else { write!(f, " {}", self.note) }
    }
}
