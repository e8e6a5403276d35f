//! The settings: which value wins, what is refused, in which words, and that no secret gets out.

mod api_key;
mod channels;
mod file;
mod mistakes;
mod portal;
mod sample;
mod schedule;
mod secret;
mod services;
mod storage;
mod talk;
mod templates;
mod terms;

use std::path::PathBuf;

use expect_test::Expect;

use super::{Environment, Setting, Settings, SettingsError, file::parse};
use crate::arguments::GlobalArguments;

/// A secret that no output may hold.
const SECRET: &str = "sk-0123456789abcdef";

/// The settings of a file of that text at `/etc/c.toml`; without text there is no file.
fn settings<'a>(
    text: &str,
    global: &'a GlobalArguments,
    environment: &'a Environment,
) -> (Settings<'a>, Vec<SettingsError>) {
    let path = PathBuf::from("/etc/c.toml");
    let (file, mistakes) = parse(path.clone(), text.to_owned(), environment);
    let path = (!text.is_empty()).then(|| Setting::by_default(path));
    (Settings { global, environment, path, file, warnings: Vec::new() }, mistakes)
}

/// The same for a file without mistakes.
fn sound<'a>(text: &str, global: &'a GlobalArguments, environment: &'a Environment) -> Settings<'a> {
    let (settings, mistakes) = settings(text, global, environment);
    assert_eq!(mistakes, []);
    settings
}

/// Errors and hints as people see them.
fn told<'a>(mistakes: impl IntoIterator<Item = &'a SettingsError>) -> String {
    let lines = mistakes.into_iter().map(|mistake| {
        let hint = mistake.hint().map(|hint| format!("  hint: {hint}\n")).unwrap_or_default();
        format!("{mistake}\n{hint}")
    });
    lines.collect()
}

/// What is shown of a result: its value, or the error with its hint.
fn shown<T: ToString>(result: Result<T, SettingsError>) -> String {
    match result {
        Ok(value) => format!("{}\n", value.to_string()),
        Err(mistake) => told([&mistake]),
    }
}

/// Compares, after making sure that no secret is in it.
fn compare(expected: Expect, text: &str) {
    assert!(!text.contains(SECRET), "a secret got out: {text}");
    expected.assert_eq(text);
}
