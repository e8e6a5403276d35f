//! The portal's JSON: what it sends and takes, and what that means. Nothing is sent from here.
//!
//! Answers are read field by field instead of into structs, so that every field may be absent or null, a number may be
//! a text and an enumeration either, and a misfit names its path.

mod account;
mod envelope;
mod field;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod history;
mod names;
mod progress;
mod start;
mod time;

pub(crate) use account::{key, tenant, user, version};
pub(crate) use envelope::{WireFault, open};
pub(crate) use field::{Field, Misfit};
pub(crate) use history::history;
pub(crate) use progress::progress;
pub(crate) use start::start_body;

#[cfg(test)]
mod tests;
