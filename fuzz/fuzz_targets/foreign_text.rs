//! Foreign text on its way to terminal, mail, Slack and Markdown.
//!
//! In no medium does a control character, an escape sequence or a direction mark survive. HTML holds no tag, Slack no
//! mention and a mail no header but ours; nothing is larger than its medium takes. In Markdown, a reader of its own
//! finds the plain text that it was: in a cell, a list, a heading, between asterisks.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{Event, Options, Parser};

fuzz_target!(|data: &[u8]| {
    notify::fuzzing::foreign_text(data);
    let (plain, escaped) = cli::fuzzing::markdown(data);
    if plain.is_empty() {
        return;
    }
    for (before, after) in [("| | |\n|---|---|\n| ", " | |\n"), ("- ", "\n"), ("## ", "\n"), ("Hint: ", "\n")] {
        let page = format!("{before}{escaped}{after}");
        assert_eq!(read(&page).trim_start_matches("Hint: "), plain.trim_start_matches("Hint: "), "{page}");
    }
    assert_eq!(read(&format!("**x{escaped}x**\n")), format!("x{plain}x"), "{escaped}");
});

/// The text of a page in which everything else is ours: tables, lists, headings, emphasis.
fn read(page: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let mut text = String::new();
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::Start(_) | Event::End(_) => {}
            other => panic!("{other:?} in {page}"),
        }
    }
    text
}
