//! Answers of success: jobs, history, schedule, limits, settings, version, key, user and tenant from any bytes.
//!
//! Whatever comes, it is read or told apart without a panic; a percentage is at most 100, an id is an id, a link leads to
//! http or https without a login in it; words are one line of at most 500 characters without controls, direction
//! marks or tags; an error names a place in the answer and nothing that stood there.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| docspace_api::fuzzing::wire(data));
