//! What each command does. One file a command; the long ones are `backup` (run, start, wait) and `config`.

mod audience;
mod backup;
mod before_start;
mod cancel;
mod carry_out;
mod config;
mod consent;
mod delete;
mod doctor;
mod folders;
mod generate;
mod history;
mod notify;
mod plan;
mod portal;
mod restore;
mod runs;
mod schedule;
mod settle;
mod status;
mod tools;

pub(crate) use backup::{run, start, wait};
pub(crate) use cancel::cancel;
pub(crate) use config::config;
#[cfg(any(test, fuzzing))]
pub(crate) use config::show as show_config;
pub(crate) use delete::delete;
pub(crate) use doctor::doctor;
pub(crate) use folders::folders;
pub(crate) use generate::generate;
pub(crate) use history::history;
pub(crate) use notify::notify;
pub(crate) use restore::restore;
pub(crate) use runs::runs;
pub(crate) use schedule::schedule;
pub(crate) use status::status;
