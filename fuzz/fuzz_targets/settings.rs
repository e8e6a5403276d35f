//! The settings file: any text becomes settings or mistakes.
//!
//! What is no TOML is a mistake; every mistake says something; and a secret that was written into the file, in whatever
//! form, is in no mistake, no hint, no `config show` and no `Debug`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cli::fuzzing::settings(data));
