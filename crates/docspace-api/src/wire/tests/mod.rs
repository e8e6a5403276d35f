//! Answers as portals send them, hostile ones too.

mod account;
mod envelope;
mod files;
mod history;
mod limits;
mod progress;
mod reply;
mod restore;
mod schedule;
mod start;

use std::fmt::{Debug, Display};

use serde_json::Value;

use crate::{Address, PlainHttp};

fn address() -> Address {
    Address::parse("https://portal.example.com", PlainHttp::LoopbackOnly).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn shown<T: Debug, E: Display>(result: Result<T, E>) -> String {
    match result {
        Ok(value) => format!("{value:#?}"),
        Err(error) => format!("error: {error}"),
    }
}
