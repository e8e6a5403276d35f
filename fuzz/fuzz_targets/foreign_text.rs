//! Foreign text on its way to terminal, mail, Slack and Markdown.
//!
//! In no medium does a control character, an escape sequence or a direction mark survive. HTML holds no tag, Slack no
//! mention and a mail no header but ours; Markdown reads as the plain text that it was; nothing is larger than its medium
//! takes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    notify::fuzzing::foreign_text(data);
    cli::fuzzing::markdown(data);
});
