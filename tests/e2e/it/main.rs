//! The built program, end to end: spawned as a process, against a portal, mail and web servers over real sockets.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod rig;

mod api_key;
mod bad_channel;
mod bad_file;
mod bad_input;
mod cancel;
mod channels;
mod chaos;
mod delete;
mod doctor;
mod exactly_once;
mod examples;
mod folders;
mod foreign_text;
mod help;
mod history;
mod incidents;
mod leaving;
mod lookers;
mod main_job;
mod money;
mod more_channels;
mod outbox;
mod own_programs;
mod own_words;
mod portals;
mod readme;
mod refusals;
mod report;
mod restore;
mod retry;
mod samples;
mod schedule;
mod secrecy;
mod settings;
mod streams;
mod terminal;
mod untold;
mod verdicts;
mod waiting;
