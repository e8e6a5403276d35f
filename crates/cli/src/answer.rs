//! What a command answers, in each form it may be asked for.

use std::io;

use serde_json::Value;

use crate::{arguments::OutputFormat, console::Console, exit_code::ExitCode};

/// The version of every document that this program prints.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// An answer on standard output, and the exit code that goes with it.
#[derive(Debug)]
pub(crate) struct Answer {
    /// For people; nothing is printed where it is empty.
    pub(crate) text: String,
    /// For the summary page of a CI run.
    pub(crate) markdown: String,
    /// For programs; `None` where the text itself is what was asked for, a script for example.
    pub(crate) document: Option<Value>,
    pub(crate) exit: ExitCode,
}

impl Answer {
    /// A text that is the same in every form.
    pub(crate) fn verbatim(text: String) -> Self {
        Self { text, markdown: String::new(), document: None, exit: ExitCode::Done }
    }

    /// Prints the form that was asked for.
    ///
    /// # Errors
    ///
    /// As for [`Console::data`].
    pub(crate) fn print(&self, console: &Console) -> io::Result<()> {
        let text = match (&self.document, console.format) {
            (None, _) | (_, OutputFormat::Human) => self.text.clone(),
            (_, OutputFormat::Markdown) => self.markdown.clone(),
            (Some(document), OutputFormat::Json) => format!("{document:#}"),
            (Some(document), OutputFormat::Jsonl) => document.to_string(),
        };
        if text.is_empty() { Ok(()) } else { console.data(&text) }
    }
}
