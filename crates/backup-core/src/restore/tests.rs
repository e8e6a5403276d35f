//! The restore, checked as a value and against the mock portal.

mod end;
mod follow;
mod plan;
mod played;
mod script;
mod sockets;
mod start;
