//! The restore, checked as a value and against the mock portal.

mod plan;
mod played;
mod sockets;
mod step;
