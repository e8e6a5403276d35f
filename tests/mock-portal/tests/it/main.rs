//! The mock portal over real HTTP: each rule of the contract that it keeps.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod access;
mod busy;
mod cancel;
mod client;
mod copies_in_folders;
mod count;
mod deletion;
mod downloads;
mod faults;
mod fetched;
mod folders;
mod gates;
mod history;
mod log;
mod openapi;
mod outage;
mod program;
mod progress;
mod restore;
mod scenarios;
mod schedule;
mod scheduler;
mod settings;
mod start;
mod storage_providers;
mod temporary_copies;
