//! The mock portal over real HTTP: each rule of the contract that it keeps.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod access;
mod busy;
mod cancel;
mod client;
mod faults;
mod history;
mod log;
mod outage;
mod program;
mod progress;
mod scenarios;
mod start;
