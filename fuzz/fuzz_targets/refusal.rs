//! Refusals: status, headers and any body.
//!
//! The status alone decides the kind; nothing answered makes a start go out again; the message is one line of at most 500
//! characters without controls, direction marks or tags; neither it nor a cause below it holds the key, nor the
//! beginning of a key that was cut.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| docspace_api::fuzzing::refusal(data));
