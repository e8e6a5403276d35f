//! The program `docspace-backup`: arguments, settings, wiring, rendering, exit codes. Thin: it decides nothing about backups.
//!
//! One call goes through the modules in this order: `arguments` (what was typed), `settings` (what it means), `commands`
//! (what is done, by `backup-core`, `docspace-api` and `notify`), `watch` (what is shown meanwhile), `report` and `problem`
//! (what is told at the end), `exit_code` (what the caller gets).
//!
//! A library only so that the tests can build the same program a second time: [`main_impl`] is all of it.

mod answer;
mod arguments;
mod commands;
mod console;
mod dispatch;
mod exit_code;
#[cfg(test)]
mod fixture;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
mod logbook;
mod logging;
mod markdown;
mod notice;
mod problem;
#[cfg(test)]
mod readme;
mod recovery;
mod report;
mod settings;
mod signal;
mod table;
mod template;
mod usage;
mod watch;
mod words;

pub use dispatch::main_impl;
pub use exit_code::ExitCode;
