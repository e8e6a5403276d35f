//! The portal's JSON: what it sends and takes, and what that means. Nothing is sent from here.
//!
//! Answers are read field by field instead of into structs, so that every field may be absent or null, a number may be
//! a text and an enumeration either, and a misfit names its path.

mod account;
mod envelope;
mod field;
mod files;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod history;
mod limits;
mod names;
mod params;
mod progress;
mod reply;
mod restore;
mod schedule;
mod start;
mod time;

pub(crate) use account::{key, settings, storage_providers, tenant, user, version};
pub(crate) use envelope::{WireFault, open};
pub(crate) use field::{Field, Misfit};
use field::{object, shown};
pub(crate) use files::{current_folder, folder, folder_page, sections};
pub(crate) use history::history;
pub(crate) use limits::{count, quota, service_state, used_space};
pub(crate) use progress::{progress, restore_progress};
pub(crate) use reply::{cancel_reply, done};
pub(crate) use restore::restore_body;
pub(crate) use schedule::{schedule, schedule_body};
pub(crate) use start::start_body;

#[cfg(test)]
mod tests;
