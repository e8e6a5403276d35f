//! The cancel, checked as a value and against the mock portal.

mod played;
mod sockets;
mod step;
