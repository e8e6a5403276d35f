//! The libraries' examples, run as whoever starts from them would.
//!
//! An example is built for these tests as a program of this package: see the manifest.

mod backup_core;
mod docspace_api;
mod notify;
